"""The reports on a device's page: history, one of them whole, the difference between two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from diagnostics.finding import Finding
from diagnostics.report import Report, encode, identity
from station import bench, words
from station.checks import Outcome
from station.machine import MemoryModule, System
from station.operators import Operator
from station.report_sheet import ReportSheet
from station.store.store import SqlStore
from tests.diagnostics.reports import MODULE, SSD, report
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.cut import cut_cells
from tests.ui.device_desk import Station, child, on_bench, station_at, texts
from tests.ui.english import english_in, said_by
from tests.ui.print_desks import printing_at
from ui.device.recorded_reports import Whole, ask_reports, judge_again, policies
from ui.qt_words import QtWords
from ui.report_view import ReportView
from ui.reports.diagnosing import bring_report, command_for

SECOND = structs.replace(MODULE, serial_number="M-2", slot="DIMM B")
THIS = System(manufacturer="ACME", model="Notebook 14", serial_number="8XK2F32")
BEFORE = structs.replace(report(system=THIS), profile="triage")
AFTER = report(
    Finding("mem.size", Outcome.PASS),
    Finding("sto.type", Outcome.PASS),
    system=THIS,
    memory=(MODULE, SECOND),
    storage=(SSD,),
)


@pytest.fixture
def operator() -> Operator:
    return TECHNICIAN


@pytest.fixture
def at(qtbot: QtBot, store: SqlStore, operator: Operator, tmp_path: Path) -> Iterator[Station]:
    with station_at(qtbot, store, operator, tmp_path / "reports") as station:
        yield station


def record(at: Station, code: str, told: Report) -> Path:
    """Bring the report as a file from a stick and record it; where it is kept."""
    brought = at.reports.parent / "stick.json"
    brought.write_bytes(encode(told))
    kept = bring_report(brought, at.reports, NOON.at)
    bench.record_checks(command_for(code, kept), at.store, TECHNICIAN, NOON)
    return kept.file


def open_reports(at: Station, code: str, count: int) -> None:
    at.open(code)
    at.click(at.page, "open_reports")
    at.until(lambda: len(at.page.history.list.model.lines) == count)


def repaired(at: Station) -> str:
    """A device with a report before and one after its repair."""
    code = on_bench(at.store)
    record(at, code, BEFORE)
    record(at, code, AFTER)
    return code


def shown(view: ReportView) -> str:
    return "\n".join(texts(view))


def test_a_device_without_a_report_says_how_it_comes_to_one(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)

    at.click(at.page, "open_reports")

    at.until(lambda: "No report of this device yet" in texts(at.page))
    assert at.page.cards.isHidden()


def test_the_history_names_day_operator_thresholds_profile_and_bytes(at: Station) -> None:
    code = on_bench(at.store)
    file = record(at, code, BEFORE)
    open_reports(at, code, 1)

    model = at.page.history.list.model
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    expected = ["Quick check", "Nguyễn Minh", "2021-09-10", file.stem[:8]]
    assert cells[1:] == expected
    assert cells[0].startswith("11/10")


def test_the_latest_report_is_open_with_its_verdicts_and_all_its_facts(at: Station) -> None:
    code = repaired(at)
    open_reports(at, code, 2)
    at.page.history.list.choose(identity(encode(BEFORE)))

    verdicts = shown(at.page.history.verdicts)
    assert "4096 MiB · there is little memory\nAdd memory (RAM): 8 GB altogether" in verdicts
    assert "ACME Spin 500" in shown(at.page.history.facts)
    at.page.history.list.choose(identity(encode(AFTER)))
    assert "ACME 256" in shown(at.page.history.facts)


def test_the_difference_is_that_of_the_first_and_the_latest_report(at: Station) -> None:
    code = repaired(at)
    open_reports(at, code, 2)

    text = shown(at.page.history.difference)

    assert "Disk: HDD 500 GB → SSD 256 GB" in text
    assert "RAM: 4 GB → 8 GB" in text
    assert "Memory size: failed (there is little memory) → passed" in text


def test_any_two_reports_can_be_compared(at: Station) -> None:
    code = repaired(at)
    open_reports(at, code, 2)

    at.page.history.before.choose(identity(encode(AFTER)))

    assert "Nothing changed between these two reports." in shown(at.page.history.difference)


def test_two_reports_of_one_minute_are_told_apart_by_their_digests(at: Station) -> None:
    code = repaired(at)
    open_reports(at, code, 2)
    history = at.page.history

    offered = [history.before.itemText(row) for row in range(history.before.count())]

    digests = [identity(encode(told))[:8] for told in (AFTER, BEFORE)]
    assert [text.rpartition(" · ")[2] for text in offered] == digests
    assert all(digest in shown(history.difference) for digest in digests)


def test_a_report_that_is_alone_in_its_minute_is_chosen_by_its_time(at: Station) -> None:
    code = on_bench(at.store)
    file = record(at, code, BEFORE)
    open_reports(at, code, 1)

    assert file.stem[:8] not in at.page.history.before.itemText(0)


def test_a_report_whose_file_another_pc_has_shows_what_the_event_holds(at: Station) -> None:
    code = on_bench(at.store)
    record(at, code, BEFORE).unlink()
    open_reports(at, code, 1)

    assert "Its file is not on this PC" in at.page.history.note.text()
    assert "there is little memory" in shown(at.page.history.verdicts)
    facts = shown(at.page.history.facts)
    assert "ACME Core i3" in facts
    assert "HDD 500 GB" in facts


@pytest.mark.parametrize(
    ("data", "whole"), [(b"{}", Whole.CHANGED), (b"", Whole.CHANGED)], ids=["other", "empty"]
)
def test_a_file_that_was_changed_is_not_believed(at: Station, data: bytes, whole: Whole) -> None:
    code = on_bench(at.store)
    record(at, code, BEFORE).write_bytes(data)

    (known,) = ask_reports(code, at.reports, at.store)

    assert known.whole is whole
    assert known.report.policy == BEFORE.policy


def test_a_missing_file_takes_no_part_away_in_a_comparison(at: Station) -> None:
    code = on_bench(at.store)
    record(at, code, BEFORE).unlink()
    record(at, code, AFTER)
    open_reports(at, code, 2)

    text = shown(at.page.history.difference)

    assert "Disk: HDD 500 GB → SSD 256 GB" in text
    assert "taken out" not in text
    assert "only what was recorded is compared" in text


def test_a_missing_file_makes_no_verdict_and_no_memory_look_changed(at: Station) -> None:
    code = on_bench(at.store)
    disk = Finding("sto.smart", Outcome.PASS, subject="sda")
    record(at, code, report(disk, system=THIS, mem_total_kib=3_700_000)).unlink()
    record(at, code, report(disk, system=THIS, mem_total_kib=3_600_000))
    open_reports(at, code, 2)

    text = shown(at.page.history.difference)

    assert "not tested" not in text
    assert "RAM" not in text


def test_a_report_can_be_judged_again_under_every_policy_and_says_which() -> None:
    known = policies()

    assert BEFORE.policy in {rules.id for rules in known}
    for rules in known:
        again = judge_again(BEFORE, rules)
        assert again.policy == rules.id
        assert {"mem.size", "sto.type"} <= {finding.check for finding in again.findings}


def test_the_policy_of_the_record_is_named_as_such(at: Station) -> None:
    code = on_bench(at.store)
    passed = (Finding("sto.type", Outcome.PASS),)
    record(at, code, structs.replace(BEFORE, findings=passed, policy="judge-2020-01-01"))
    open_reports(at, code, 1)

    history = at.page.history
    offered = [history.policy.itemText(place) for place in range(history.policy.count())]
    assert offered[0] == "judge-2020-01-01 (as recorded)"
    assert "judge-2021-09-10" in offered
    assert "a rotating hard disk" not in shown(history.verdicts)
    history.policy.choose("judge-2021-09-10")
    assert "a rotating hard disk" in shown(history.verdicts)


def test_the_sheet_of_the_chosen_report_is_printed(at: Station, tmp_path: Path) -> None:
    code = on_bench(at.store)
    record(at, code, BEFORE)
    open_reports(at, code, 1)

    with printing_at(at.desk, tmp_path) as printing:
        at.page.print_sheet.connect(printing.print_sheet)
        with (
            at.bot.waitSignal(printing.ready, timeout=15_000) as ready,
            at.bot.waitSignal(at.page.print_sheet) as printed,
        ):
            at.click(at.page, "print_sheet")

    sheet = printed.args[0]
    assert isinstance(sheet, ReportSheet)
    assert {"012 000001 5", "11/10/2021"} <= {line.words for line in sheet.identity}
    assert ready.args[0].read_bytes().startswith(b"%PDF")


def test_the_keyboard_opens_the_reports_and_leads_back(at: Station) -> None:
    code = repaired(at)
    at.open(code)
    at.page.window().activateWindow()
    at.until(at.page.window().isActiveWindow)

    at.bot.keyClick(at.page, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    at.until(lambda: at.page.history.isVisible() and len(at.page.history.list.model.lines) == 2)
    at.bot.keyClick(at.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    at.until(at.page.cards.isVisible)
    assert at.page.history.isHidden()


def test_another_device_begins_with_its_cards(at: Station) -> None:
    code = repaired(at)
    open_reports(at, code, 2)
    other = on_bench(at.store, serial="OTHER1")

    at.open(other)

    at.until(at.page.cards.isVisible)


def test_a_report_that_comes_in_joins_the_open_history(at: Station) -> None:
    code = on_bench(at.store)
    record(at, code, BEFORE)
    open_reports(at, code, 1)
    brought = at.reports.parent / "again.json"
    brought.write_bytes(encode(AFTER))

    at.page.doing.reports.bring(at.device(code), brought)

    at.until(lambda: len(at.page.history.list.model.lines) == 2)


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[None]:
    words.use("vi")
    translator = QtWords(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_no_english_and_no_cut_word_in_vietnamese(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, vietnamese: None
) -> None:
    with station_at(qtbot, store, TECHNICIAN, tmp_path / "reports") as at:
        code = repaired(at)
        panel = at.page.history
        open_reports(at, code, 2)

        table = child(panel, QTableView, "reports")
        at.until(lambda: cut_cells(table, 0, 1, 2, 3, 4) == [])
        found = english_in(said_by(panel))
        assert found == [], "\n".join(found)
        assert child(panel, QPushButton, "print_sheet").isVisible()


def test_many_modules_of_one_kind_stay_apart(at: Station) -> None:
    code = on_bench(at.store)
    four = tuple(MemoryModule(capacity_mib=4096, slot=name) for name in "ABCD")
    record(at, code, report(system=THIS, memory=four))
    record(at, code, report(system=THIS, memory=four[:2]))
    open_reports(at, code, 2)

    assert shown(at.page.history.difference).count("taken out: 4 GB") == 2


def test_while_another_devices_reports_are_asked_nothing_is_shown_and_nothing_claimed(
    at: Station,
) -> None:
    open_reports(at, repaired(at), 2)
    panel = at.page.history

    panel.show_reports(on_bench(at.store, serial="OTHER77"))

    assert not panel.list.isVisible()
    assert not child(panel, QPushButton, "print_sheet").isVisible()
    at.until(lambda: "No report of this device yet" in texts(panel))
