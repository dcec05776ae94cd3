from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from station import bench, handover
from station.ledger import Moment
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at, point_store
from ui.printers import NamedPrinter, Printers, write_printers
from ui.readiness import ReadyRow
from ui.theme import Tone
from ui.today_page import TodayPage


def ago(days: int) -> Moment:
    return Moment(NOON.at - timedelta(days=days))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


@pytest.fixture
def printers(tmp_path: Path) -> Path:
    return tmp_path / "printers.json"


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore, printers: Path) -> Iterator[TodayPage]:
    with desk_at(store, CLERK) as desk:
        page = TodayPage(desk, printers)
        QAbstractItemModelTester(page.work.model, page)
        qtbot.addWidget(page)
        yield page


def table(page: TodayPage) -> QTableView:
    return page.work.view


def steps(page: TodayPage) -> list[tuple[str, str, str]]:
    return [(line.code, line.machine, line.step) for line in page.work.model.lines]


def row(page: TodayPage, name: str) -> ReadyRow:
    found = page.findChild(ReadyRow, name)
    assert found is not None
    return found


def test_a_new_store_says_how_to_begin(qtbot: QtBot, page: TodayPage) -> None:
    page.show()

    qtbot.waitUntil(lambda: not page.figures.isVisible())
    receive = page.findChild(QPushButton, "todayReceive")
    assert receive is not None
    with qtbot.waitSignal(page.open_page) as asked:
        qtbot.mouseClick(receive, Qt.MouseButton.LeftButton)
    assert asked.args == ["intake"]


def test_the_figures_count_what_waits_and_since_when(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    life.receive(store, ago(6))
    life.receive(store)
    held = life.receive(store)
    bench.take_to_bench(held, store, TECHNICIAN, NOON)
    hold = bench.PutOnHold(device=held, reason="waiting-for-part")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    ready, promised = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    case = life.enter_case(store)
    life.enter_case(store, "Lê Thị Bình")
    handover.reserve(handover.Reserve(device=promised, case=case), store, GIVER, NOON)

    page.show()

    qtbot.waitUntil(lambda: page.figures.received.accessibleName() == "2 wait for the bench")
    assert ready
    assert page.figures.received.accessibleDescription() == "oldest: 6 days"
    assert page.figures.on_bench.accessibleName() == "1 on the bench"
    assert page.figures.on_hold.accessibleName() == "1 on hold"
    assert page.figures.on_hold.accessibleDescription() == "Waiting for a part"
    assert page.figures.ready.accessibleDescription() == "1 Laptop"
    assert page.figures.kept.accessibleDescription() == "1 here"
    assert page.figures.cases.accessibleName() == "1 cases waiting"


def test_what_to_do_next_begins_with_the_oldest_and_opens_the_device(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    fresh = life.receive(store)
    old = life.receive(store, ago(6), locks=("google-account",))
    life.ready_laptop(store)

    page.show()

    qtbot.waitUntil(lambda: [code for code, _, _ in steps(page)] == [old, fresh])
    assert page.work.model.lines[0].tone is Tone.FAIL
    shown = table(page).visualRect(page.work.model.index(0, 0)).center()
    with qtbot.waitSignal(page.open_device) as opened:
        qtbot.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=shown)
    assert opened.args == [old]


def test_what_is_recorded_elsewhere_appears_by_itself(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    page.show()
    qtbot.waitUntil(lambda: not page.figures.isVisible())

    life.receive(store)
    page._desk.recorded.emit()

    qtbot.waitUntil(lambda: len(steps(page)) == 1)
    assert page.figures.isVisible()


def test_a_clock_set_back_is_told_and_what_nobody_tried_is_unknown(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    life.receive(store, Moment(NOON.at + timedelta(days=2)))

    page.show()

    qtbot.waitUntil(lambda: "stands before" in row(page, "readyClock").words)
    assert row(page, "readyClock").tone is Tone.WARN
    assert row(page, "readySync").tone is Tone.WARN
    assert row(page, "readyScanner").tone is Tone.UNKNOWN
    assert row(page, "readyScanner").words == "not checked yet"


def told_of_printers(qtbot: QtBot, page: TodayPage) -> tuple[tuple[Tone, str], tuple[Tone, str]]:
    page.show()
    page.refresh()
    rows = row(page, "readyLabelPrinter"), row(page, "readyPaperPrinter")
    qtbot.waitUntil(lambda: all(each.words != "not checked yet" for each in rows))
    labels, papers = ((each.tone, each.words) for each in rows)
    return labels, papers


def test_without_a_printer_the_day_says_that_prints_open_as_pdf(
    qtbot: QtBot, page: TodayPage
) -> None:
    none = (Tone.WARN, "none set up: prints open as PDF")

    assert told_of_printers(qtbot, page) == (none, none)


@pytest.mark.parametrize(
    ("proven", "told"),
    [
        (date(2021, 10, 4), (Tone.OK, "Xprinter, a label was scanned back on 04/10/2021")),
        (None, (Tone.UNKNOWN, "Xprinter, no label scanned back yet")),
    ],
)
def test_a_label_printer_is_in_order_once_its_label_was_scanned_back(
    qtbot: QtBot, page: TodayPage, printers: Path, proven: date | None, told: tuple[Tone, str]
) -> None:
    one = NamedPrinter("Xprinter", proven=proven)
    write_printers(printers, Printers((one,), labels_on="Xprinter"))

    assert told_of_printers(qtbot, page)[0] == told


def test_a_file_of_printers_that_cannot_be_read_is_named(
    qtbot: QtBot, page: TodayPage, printers: Path
) -> None:
    printers.write_text("no json")

    tone, sentence = told_of_printers(qtbot, page)[1]
    assert tone is Tone.FAIL
    assert "printers.json" in sentence
