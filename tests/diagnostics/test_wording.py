import re
from pathlib import Path

import pytest

from diagnostics import judge, wording
from diagnostics.catalogue import check_word
from diagnostics.finding import Finding
from diagnostics.remedies import remedy_words
from diagnostics.report import Report
from diagnostics.section_words import section_line, trial_line
from diagnostics.trial import Ending, Trial
from diagnostics.trial_words import ending_word
from diagnostics.verdict_words import troubles_first
from station import words
from station.checks import Measurement, Outcome
from station.machine import Fact, Machine, Reading, Section
from tests.diagnostics.reports import READ

JUDGES = Path(judge.__file__).parent
OTHERS = {"fitness.py", "demands.py"}  # their words are tested with them
FIELDS = {name for fact in Fact.__subclasses__() for name in fact.__struct_fields__}


def test_everything_a_verdict_can_say_has_words() -> None:
    reasons = {
        reason
        for file in JUDGES.glob("*.py")
        if file.name not in OTHERS
        for reason in _reasons(file.read_text("utf-8"))
    }

    assert len(reasons) > 10
    findings = tuple(Finding("sto.smart", Outcome.WARN, (reason,)) for reason in sorted(reasons))
    told = troubles_first(Report(Machine(), findings, "judge"))
    assert [said for verdict in told for said in verdict.reasons if said in reasons] == []
    for section in READ:
        assert wording.section_word(section) != section
    for reading in Reading:
        assert wording.reason_word(f"reading_{reading.value}") == wording.reading_word(reading)
    assert len({wording.outcome_word(outcome) for outcome in Outcome}) == len(Outcome)
    assert len({ending_word(ending) for ending in Ending}) == len(Ending)


def _reasons(source: str) -> set[str]:
    """Every code in a judge's source that names neither a figure nor a field of the machine."""
    codes = set(re.findall(r'"([a-z]+_[a-z_]+)"', source))
    return {code for code in codes if code not in FIELDS and not _is_figure(code, source)}


def _is_figure(code: str, source: str) -> bool:
    named = wording.figure_word(Measurement(code, 1)) != f"{code} 1"
    return named or f'Measurement("{code}"' in source or f'figure(trial, "{code}")' in source


def test_a_code_of_a_newer_version_stands_for_itself() -> None:
    assert wording.reason_word("of_next_year") == "of_next_year"
    assert check_word("new.check") == "new.check"
    assert wording.section_word("antennas") == "antennas"
    assert wording.figure_word(Measurement("lumen", 7)) == "lumen 7"


def test_checks_are_called_as_in_the_catalogue_in_both_languages() -> None:
    english = check_word("sto.smart")
    with words.speaking("vi"):
        vietnamese = check_word("sto.smart")

    assert (english, vietnamese) == ("Disk health", "Sức khỏe ổ cứng")
    assert words.language() == "en"


def test_how_a_section_was_read_names_source_tool_and_time() -> None:
    section = Section("storage", Reading.OK, "smartctl sda", 41, "7.3")

    assert section_line(section) == "Disks: read (smartctl sda 7.3, 41 ms)"


def test_a_test_that_could_not_run_says_why() -> None:
    trial = Trial("sto.speed", Ending.NOT_POSSIBLE, "reading_not_permitted", subject="sda")

    assert trial_line(trial) == (
        "Disk speed sda: not possible here – partly closed to this account – 0 s"
    )


@pytest.mark.parametrize("reason", ["memory_small", "battery_worn", "disk_rotates"])
def test_a_trouble_that_can_be_mended_says_how(reason: str) -> None:
    assert remedy_words(Finding("mem.size", Outcome.FAIL, ("of_next_year", reason)))
