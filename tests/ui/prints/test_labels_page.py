"""Tem cần dán: what has no label yet catches up, by printer or by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from station import events as e
from station.codes import CodeKind, make, parse
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.print_desks import network, printing_at
from ui.desk import Desk
from ui.prints.labels_page import LabelsPage
from ui.prints.printers import Printers
from ui.prints.printing import Printing

ROLL_OF_THREE, SHEET = "35x22-3up-104", "a4-tomy-145"


@pytest.fixture
def desk(store: SqlStore) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


@pytest.fixture
def printers() -> Printers:
    return Printers()


@pytest.fixture
def printing(desk: Desk, tmp_path: Path, printers: Printers) -> Iterator[Printing]:
    with printing_at(desk, tmp_path, printers) as printing:
        yield printing


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printing: Printing) -> LabelsPage:
    page = LabelsPage(desk, printing)
    qtbot.addWidget(page)
    page.resize(1106, 620)
    return page


def shown(qtbot: QtBot, page: LabelsPage, count: int) -> list[str]:
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: len(page.devices.model.lines) == count, timeout=20_000)
    return [device.code for device in page.devices.model.lines]


def click(qtbot: QtBot, page: LabelsPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def received(store: SqlStore, count: int) -> list[str]:
    return [life.receive(store, serial=f"8XK2F3{number}") for number in range(count)]


def test_a_point_with_all_labels_stuck_on_is_told_so(qtbot: QtBot, page: LabelsPage) -> None:
    shown(qtbot, page, 0)
    assert "Every device has its label" in [label.text() for label in page.findChildren(QLabel)]
    qtbot.waitUntil(lambda: not page.print_all.isEnabled())


def test_all_are_printed_in_the_order_they_came_and_leave_the_list(
    qtbot: QtBot, page: LabelsPage, printing: Printing, store: SqlStore
) -> None:
    codes = received(store, 3)
    assert shown(qtbot, page, 3) == codes[::-1]

    click(qtbot, page, "printAllLabels")

    shown(qtbot, page, 0)
    (job,) = printing.queue.jobs()
    assert job.pages[0].codes == tuple(codes)


def test_what_the_buttons_act_on_is_seen_to_be_chosen(
    qtbot: QtBot, page: LabelsPage, store: SqlStore
) -> None:
    received(store, 2)
    page.show()
    page.setFocus()  # before the list is here, as when the page is opened
    shown(qtbot, page, 2)
    qtbot.waitUntil(page.print_one.isEnabled)

    (chosen,) = page.devices.view.selectionModel().selectedRows()

    assert page.devices.chosen == page.devices.model.lines[chosen.row()]


def test_one_is_printed_and_the_others_stay(
    qtbot: QtBot, page: LabelsPage, store: SqlStore
) -> None:
    codes = received(store, 2)
    shown(qtbot, page, 2)
    page.devices.choose(codes[0])

    click(qtbot, page, "printOneLabel")

    assert shown(qtbot, page, 1) == [codes[1]]


def test_a_code_written_by_hand_counts_as_a_label(
    qtbot: QtBot, page: LabelsPage, store: SqlStore
) -> None:
    codes = received(store, 2)
    shown(qtbot, page, 2)
    page.devices.choose(codes[1])

    click(qtbot, page, "writtenByHand")

    assert shown(qtbot, page, 1) == [codes[0]]
    said = store.timeline(codes[1])[-1].event.said
    assert isinstance(said, e.LabelPrinted)
    assert said.stock == "hand"


def test_a_scan_chooses_its_device_while_it_is_listed(
    qtbot: QtBot, page: LabelsPage, store: SqlStore
) -> None:
    codes = received(store, 2)
    shown(qtbot, page, 2)

    assert page.accept_scan(parse(codes[0]))
    assert page.devices.chosen is not None
    assert page.devices.chosen.code == codes[0]
    assert not page.accept_scan(parse(make(CodeKind.DEVICE, 12, 900)))


@pytest.mark.parametrize("printers", [network("127.0.0.1:1")])
def test_what_is_being_printed_already_is_not_asked_for_twice(
    qtbot: QtBot, page: LabelsPage, printing: Printing, store: SqlStore
) -> None:
    received(store, 1)
    shown(qtbot, page, 1)
    told: list[int] = []
    printing.already.connect(told.append)
    click(qtbot, page, "printAllLabels")  # not on the disk yet when it is asked for again
    click(qtbot, page, "printOneLabel")
    qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)

    click(qtbot, page, "printAllLabels")

    assert told == [1, 1]
    qtbot.wait(100)
    assert len(printing.queue.jobs()) == 1


@pytest.mark.parametrize("printers", [network("127.0.0.1:1", ROLL_OF_THREE)])
def test_a_row_that_is_not_full_is_printed_when_somebody_says_so(
    qtbot: QtBot, page: LabelsPage, printing: Printing, store: SqlStore
) -> None:
    codes = received(store, 2)
    shown(qtbot, page, 2)
    click(qtbot, page, "printAllLabels")
    qtbot.waitUntil(lambda: "1 label stays blank" in page.row.print.text())
    assert printing.queue.jobs() == ()

    click(qtbot, page, "printRow")

    qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
    assert printing.queue.jobs()[0].pages[0].codes == tuple(codes)
    qtbot.waitUntil(lambda: not page.row.print.isEnabled())


@pytest.mark.parametrize("printers", [network("127.0.0.1:1", SHEET)])
def test_a_sheet_asks_where_it_goes_on_and_remembers_it(
    qtbot: QtBot, page: LabelsPage, printing: Printing, store: SqlStore
) -> None:
    received(store, 2)
    shown(qtbot, page, 2)
    click(qtbot, page, "printAllLabels")
    qtbot.waitUntil(page.row.print.isEnabled)
    qtbot.keyClick(page.row.picture, Qt.Key.Key_Down)  # one row of five labels further
    place = page.findChild(QSpinBox, "startPlace")
    assert place is not None
    assert place.value() == 6

    click(qtbot, page, "printRow")

    qtbot.waitUntil(lambda: place.value() == 8)
    qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
