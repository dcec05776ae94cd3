from datetime import date

from diagnostics.report import encode, identity
from diagnostics.sheet import describe
from station import words
from station.checks import Outcome
from station.machine import Machine, Reading
from tests.diagnostics.reports import READ, report, sections

DIGEST = identity(encode(report()))


def test_the_sheet_says_who_the_machine_is_and_how_it_stands() -> None:
    sheet = describe(report(), DIGEST, day=date(2021, 10, 11), code="012 000345 7", language="en")

    assert sheet.machine == "ACME Notebook 14"
    said = {line.name: line.words for line in sheet.identity}
    assert said == {
        "Code of the device": "012 000345 7",
        "Serial number (S/N)": "AC-0001",
        "Day": "11/10/2021",
    }
    assert (sheet.outcome, sheet.answer) == (Outcome.FAIL, "Not fit for online lessons as it is")
    assert sheet.to_do[0] == "Add memory (RAM): 8 GB altogether"
    assert "Keyboard" in sheet.untested
    assert sheet.digest == DIGEST


def test_verdicts_stand_with_figures_reasons_and_the_way_out() -> None:
    first = describe(report(), DIGEST, language="en").verdicts[0]

    assert (first.outcome, first.title) == (Outcome.FAIL, "Memory size")
    assert first.why == "4096 MiB · there is little memory · Add memory (RAM): 8 GB altogether"


def test_the_sheet_is_vietnamese_whatever_the_screen_speaks() -> None:
    sheet = describe(report(), DIGEST)

    assert "Sức khỏe ổ cứng" in sheet.untested
    assert words.language() == "en"


def test_a_report_that_could_read_nothing_says_so_at_its_foot() -> None:
    silent = report(sections=sections(*READ, reading=Reading.NOT_PERMITTED))

    foot = {line.name: line.words for line in describe(silent, DIGEST, language="en").foot}

    assert "Disks (partly closed to this account)" in foot["Not read"]
    assert foot["Thresholds"] == "judge-2021-09-10"


def test_a_machine_without_a_name_has_a_sheet() -> None:
    nameless = describe(report(system=Machine().system, board=Machine().board), DIGEST)

    assert nameless.machine == ""
    assert nameless.identity[0].words == "–"
