from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from station import bench, stock
from station.labelled import ItemRole
from station.operators import Operator
from station.reference import Table
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.bench.parts_page import PartsPage
from ui.desk import Desk

LEFT = Qt.MouseButton.LeftButton
MEMORY = "ram-ddr3-4gb"


@pytest.fixture
def operator() -> Operator:
    return TECHNICIAN


@pytest.fixture
def desk(store: SqlStore, operator: Operator) -> Iterator[Desk]:
    with desk_at(store, operator) as desk:
        yield desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PartsPage:
    page = PartsPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.parts.model.lines))
    return page


def number(page: PartsPage, name: str) -> QSpinBox:
    found = page.findChild(QSpinBox, name)
    assert found is not None
    return found


def click(qtbot: QtBot, page: PartsPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def in_the_books(store: SqlStore) -> dict[str, int]:
    return {parts.item: parts.quantity for parts in store.parts()}


def shown(page: PartsPage, item: str) -> str:
    row = [line.item for line in page.parts.model.lines].index(item)
    return str(page.parts.model.index(row, 1).data())


def test_every_part_stands_in_the_list_even_when_none_ever_came(
    page: PartsPage, store: SqlStore
) -> None:
    known = [entry.id for entry in store.reference.entries(Table.PARTS)]

    assert [line.item for line in page.parts.model.lines] == known
    assert shown(page, MEMORY) == "0"


def test_nothing_is_recorded_before_a_part_is_chosen(page: PartsPage) -> None:
    assert not page.receive.isEnabled()
    assert not page.count.isEnabled()


def test_what_came_in_is_added_to_the_books(qtbot: QtBot, page: PartsPage, store: SqlStore) -> None:
    stock.receive_parts(MEMORY, 2, store, TECHNICIAN, NOON)
    page.parts.choose(MEMORY)
    number(page, "cameIn").setValue(5)

    with qtbot.waitSignal(page.undoing.done) as told:
        click(qtbot, page, "receiveParts")

    assert told.args[0] == "Recorded: 5 × RAM DDR3 4 GB"
    assert in_the_books(store) == {MEMORY: 7}
    qtbot.waitUntil(lambda: shown(page, MEMORY) == "7")
    assert number(page, "cameIn").value() == 1
    assert number(page, "counted").value() == 7
    told.args[1]()
    qtbot.waitUntil(lambda: shown(page, MEMORY) == "2")
    assert number(page, "counted").value() == 2


def test_a_count_replaces_what_the_books_said(
    qtbot: QtBot, page: PartsPage, store: SqlStore
) -> None:
    stock.receive_parts(MEMORY, 7, store, TECHNICIAN, NOON)
    page.refresh()
    qtbot.waitUntil(lambda: shown(page, MEMORY) == "7")
    page.parts.choose(MEMORY)
    number(page, "counted").setValue(4)

    click(qtbot, page, "countParts")

    qtbot.waitUntil(lambda: shown(page, MEMORY) == "4")
    assert in_the_books(store) == {MEMORY: 4}


def test_a_number_that_is_being_typed_stays_while_others_record(
    qtbot: QtBot, page: PartsPage, store: SqlStore, desk: Desk
) -> None:
    page.parts.choose(MEMORY)
    number(page, "cameIn").setValue(12)
    stock.receive_parts("ssd-240gb", 3, store, TECHNICIAN, NOON)

    desk.recorded.emit()

    qtbot.waitUntil(lambda: shown(page, "ssd-240gb") == "3")
    assert number(page, "cameIn").value() == 12
    assert page.parts.chosen is not None


def test_another_part_begins_with_its_own_numbers(qtbot: QtBot, page: PartsPage) -> None:
    page.parts.choose(MEMORY)
    number(page, "cameIn").setValue(12)

    page.parts.choose("ssd-240gb")

    assert number(page, "cameIn").value() == 1


@pytest.mark.parametrize("operator", [GIVER])
def test_who_may_not_count_is_told_so_and_keeps_the_number(
    qtbot: QtBot, page: PartsPage, store: SqlStore, desk: Desk
) -> None:
    page.parts.choose(MEMORY)
    number(page, "counted").setValue(4)
    assert not page.receive.isEnabled()
    assert not page.count.isEnabled()
    assert "Technician" in page.count.toolTip()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args is not None
    assert "Intake clerk, Technician" in said.args[0]

    desk.sign_in(TECHNICIAN)
    assert number(page, "counted").value() == 4
    click(qtbot, page, "countParts")
    qtbot.waitUntil(lambda: in_the_books(store) == {MEMORY: 4})


def test_a_part_taken_out_of_a_device_is_in_the_books(
    qtbot: QtBot, page: PartsPage, store: SqlStore
) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    moved = bench.MovePart(item=MEMORY, out_of=device)
    bench.move_part(moved, store, TECHNICIAN, NOON)

    page.refresh()

    qtbot.waitUntil(lambda: shown(page, MEMORY) == "1")


def test_a_loose_part_may_get_a_label_of_its_own(
    qtbot: QtBot, page: PartsPage, store: SqlStore
) -> None:
    page.parts.choose(MEMORY)

    with qtbot.waitSignal(page.print_labels) as printed:
        click(qtbot, page, "labelPart")

    (code,) = printed.args[0]
    item = store.labelled(code)
    assert item is not None
    assert (item.item, item.role) == (MEMORY, ItemRole.PART)
