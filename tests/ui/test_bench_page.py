from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from station import bench, intake
from station.codes import grouped
from station.ledger import Moment
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.bench.in_work import Place
from ui.bench.page import BenchPage

LONG_AGO = Moment(NOON.at - timedelta(days=9))


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore) -> Iterator[BenchPage]:
    with desk_at(store, TECHNICIAN) as desk:
        page = BenchPage(desk)
        for model in (page.table.model(), *(c.model() for c in page.board.columns.values())):
            QAbstractItemModelTester(model, page)
        qtbot.addWidget(page)
        yield page


def rows(page: BenchPage) -> list[list[str]]:
    model = page.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_longest_waiting_stands_first_with_its_age_and_next_step(
    qtbot: QtBot, store: SqlStore, page: BenchPage
) -> None:
    life.receive(store)
    life.receive(store, LONG_AGO, maker="HP", model="Compaq 6200")
    life.ready_laptop(store)

    page.show()

    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert rows(page)[0][1:5] == ["HP Compaq 6200", "Laptop", "Received", "9 days"]
    assert rows(page)[1][4] == "today"
    assert rows(page)[0][5] == "Not examined yet"


def test_a_filter_shows_what_is_on_hold(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    life.receive(store)
    held = life.receive(store)
    bench.put_on_hold(
        bench.PutOnHold(device=held, reason="waiting-for-part"), store, TECHNICIAN, NOON
    )
    page.show()
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    tabs = page.findChild(QTabBar, "bench_filter")
    assert tabs is not None

    tabs.setCurrentIndex(3)

    assert tabs.tabText(3) == "On hold  1"
    assert [row[5] for row in rows(page)] == ["Waiting for a part"]


def test_enter_on_a_row_opens_its_device(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    code = life.receive(store)
    page.show()
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    page.table.selectRow(0)

    with qtbot.waitSignal(page.open_device) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)

    assert opened.args == [code]


def test_what_others_record_leaves_the_keys_on_their_row(
    qtbot: QtBot, store: SqlStore, page: BenchPage
) -> None:
    first, second = (life.receive(store, LONG_AGO, serial=f"K{n}") for n in range(2))
    page.show()
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    page.table.selectRow(1)
    third = life.receive(store, LONG_AGO, serial="K3")

    page._desk.recorded.emit()
    qtbot.waitUntil(lambda: len(rows(page)) == 3)
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [1]

    bench.put_on_hold(
        bench.PutOnHold(device=first, reason="waiting-for-part"), store, TECHNICIAN, NOON
    )
    tabs = page.findChild(QTabBar, "bench_filter")
    assert tabs is not None
    tabs.setCurrentIndex(1)  # those that wait
    page._desk.recorded.emit()
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    code = rows(page)[page.table.currentIndex().row()][0]
    assert code in {grouped(second), grouped(third)}


def test_what_is_recorded_appears_by_itself(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    page.show()
    life.receive(store)

    page._desk.recorded.emit()

    qtbot.waitUntil(lambda: len(rows(page)) == 1)


def made_active(qtbot: QtBot, page: BenchPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def column(page: BenchPage, place: Place) -> list[str]:
    return [line.device.code for line in page.board.columns[place].column.lines]


def test_each_device_stands_in_the_column_of_its_work(
    qtbot: QtBot, store: SqlStore, page: BenchPage
) -> None:
    waiting = life.receive(store)
    held, graded = life.receive(store), life.receive(store, serial="8XK2F32")
    bench.take_to_bench(held, store, TECHNICIAN, NOON)
    hold = bench.PutOnHold(device=held, reason="waiting-for-part")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    life.refurbish(store, graded)
    described = intake.Describe(device=graded, serial="8XK2F32", serial_known_by="second-scan")
    intake.describe(described, store, TECHNICIAN, NOON)

    page.show()

    qtbot.waitUntil(lambda: len(page._in_work.lines) == 3)
    assert column(page, Place.WAITING) == [waiting]
    assert column(page, Place.HELD) == [held]
    assert column(page, Place.NEARLY) == [graded]


def test_arrows_walk_over_the_board_and_the_space_bar_takes(
    qtbot: QtBot, store: SqlStore, page: BenchPage
) -> None:
    waiting, another = life.receive(store, LONG_AGO), life.receive(store)
    bench.take_to_bench(another, store, LEAD, NOON)
    page.show()
    qtbot.waitUntil(lambda: len(page._in_work.lines) == 2)
    made_active(qtbot, page)
    page.focus_work()
    first = page.board.columns[Place.WAITING]
    assert first.selectionModel().isSelected(first.currentIndex())  # it is seen where the keys are

    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(column(page, Place.IN_WORK)) == 2)

    taken = store.device(waiting)
    assert taken is not None
    assert taken.technician == TECHNICIAN.id

    work = page.board.columns[Place.IN_WORK]
    work.choose_row(work.column.row_of(another))
    qtbot.keyClick(work, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: store.device(another).technician == TECHNICIAN.id)  # type: ignore[union-attr]


def test_mine_are_mine_alone(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    mine, theirs = life.receive(store), life.receive(store)
    bench.take_to_bench(mine, store, TECHNICIAN, NOON)
    bench.take_to_bench(theirs, store, LEAD, NOON)
    page.show()
    qtbot.waitUntil(lambda: len(page._in_work.lines) == 2)
    made_active(qtbot, page)

    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)

    assert column(page, Place.IN_WORK) == [mine]
