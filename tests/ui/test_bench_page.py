from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from station import bench
from station.ledger import Moment
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.desks import desk_at, point_store
from ui.bench.page import BenchPage

LONG_AGO = Moment(NOON.at - timedelta(days=9))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore) -> Iterator[BenchPage]:
    with desk_at(store, TECHNICIAN) as desk:
        page = BenchPage(desk)
        QAbstractItemModelTester(page.table.model(), page)
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

    tabs.setCurrentIndex(tabs.count() - 1)

    assert tabs.tabText(tabs.count() - 1) == "On hold  1"
    assert [row[5] for row in rows(page)] == ["Waiting for a part"]


def test_enter_on_a_row_opens_its_device(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    code = life.receive(store)
    page.show()
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    page.table.selectRow(0)

    with qtbot.waitSignal(page.open_device) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)

    assert opened.args == [code]


def test_what_is_recorded_appears_by_itself(qtbot: QtBot, store: SqlStore, page: BenchPage) -> None:
    page.show()
    life.receive(store)

    page._desk.recorded.emit()

    qtbot.waitUntil(lambda: len(rows(page)) == 1)
