"""Shelves: named, labelled, and what lies on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from station.labelled import ItemRole
from station.labelling import LabelItem, PutOnShelf, label_item, put_on_shelf
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, NOON
from tests.ui.desks import desk_at
from tests.ui.keyboard import scan
from tests.ui.workplaces import workplace_at
from ui.shelves_page import ShelvesPage


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore) -> Iterator[ShelvesPage]:
    with desk_at(store, CLERK) as desk:
        page = ShelvesPage(desk)
        qtbot.addWidget(page)
        page.resize(1106, 620)
        page.show()
        yield page


def shelf(store: SqlStore, name: str) -> str:
    command = LabelItem(role=ItemRole.SHELF, name=name)
    return label_item(command, store, CLERK, NOON).header.subject


def test_a_new_shelf_gets_a_label_at_once(qtbot: QtBot, page: ShelvesPage, store: SqlStore) -> None:
    line = page.findChild(QLineEdit, "shelfName")
    assert line is not None
    line.setText("Kệ A3")

    with qtbot.waitSignal(page.print_labels) as printed:
        qtbot.keyClick(line, Qt.Key.Key_Return)

    (kept,) = store.shelves()
    assert printed.args == [(kept.code,)]
    qtbot.waitUntil(lambda: page.shelves.chosen is not None)
    assert page.shelves.chosen is not None
    assert page.shelves.chosen.name == "Kệ A3"


def test_a_shelf_that_was_named_wrongly_is_taken_back(
    qtbot: QtBot, page: ShelvesPage, store: SqlStore
) -> None:
    page.name.setText("Kệ A33")
    with qtbot.waitSignal(page.undoing.done) as told:
        page.add.click()

    told.args[1]()

    qtbot.waitUntil(lambda: store.shelves() == ())
    qtbot.waitUntil(lambda: page.shelves.model.lines == ())


def test_a_shelf_is_shown_with_what_lies_on_it_before_anybody_chooses(
    qtbot: QtBot, page: ShelvesPage, store: SqlStore
) -> None:
    code, lies_on = life.receive(store), shelf(store, "A3")
    put_on_shelf(PutOnShelf(device=code, shelf=lies_on), store, CLERK, NOON)

    page.refresh()

    qtbot.waitUntil(lambda: [device.code for device in page.devices.model.lines] == [code])
    assert page.print.isEnabled()


def test_a_shelf_without_a_name_is_refused_in_words(
    qtbot: QtBot, page: ShelvesPage, store: SqlStore
) -> None:
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)

    problem = page.findChild(QLabel, "shelvesProblem")
    assert problem is not None
    qtbot.waitUntil(lambda: "name of the shelf" in problem.text())
    assert store.shelves() == ()


def test_a_shelf_that_is_scanned_without_an_open_device_shows_what_lies_there(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    code, lies_on, _other = life.receive(store), shelf(store, "B1"), shelf(store, "A1")
    put_on_shelf(PutOnShelf(device=code, shelf=lies_on), store, CLERK, NOON)
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)

        scan(lies_on + "\r")

        page = place.window.page("shelves")
        assert isinstance(page, ShelvesPage)
        qtbot.waitUntil(lambda: page.shelves.chosen is not None)
        assert page.shelves.chosen is not None
        assert page.shelves.chosen.code == lies_on
        qtbot.waitUntil(lambda: [device.code for device in page.devices.model.lines] == [code])
        assert [(line.name, line.count) for line in page.shelves.model.lines] == [
            ("A1", 0),
            ("B1", 1),
        ]


def test_devices_are_scanned_onto_a_shelf_one_after_the_other(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    first, second = life.receive(store, serial="S1"), life.receive(store, serial="S2")
    here, before = shelf(store, "A1"), shelf(store, "B1")
    put_on_shelf(PutOnShelf(device=second, shelf=before), store, CLERK, NOON)
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        place.routes.take(here)
        page = place.window.page("shelves")
        assert isinstance(page, ShelvesPage)
        qtbot.waitUntil(lambda: page.shelves.chosen is not None)
        page.row.setChecked(True)
        heard: list[str] = []
        page.good.connect(lambda: heard.append("good"))
        page.doubted.connect(lambda: heard.append("warning"))

        for code in (first, second):
            with qtbot.waitSignal(page.good):
                place.routes.take(code)
        place.routes.take(first)

        assert heard == ["good", "good", "warning"]
        assert page.streak.codes == (first, second)
        with qtbot.waitSignal(desk.recorded):
            page.streak.back.click()
        assert [device.code for device in store.on_shelf(before)] == [second]
        assert [device.code for device in store.on_shelf(here)] == [first]
        with qtbot.waitSignal(desk.recorded):
            page.streak.back.click()
        assert store.on_shelf(here) == ()  # the first lay nowhere before


def test_a_stocktake_is_taken_in_a_row_and_each_can_be_taken_back(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    first, second = life.receive(store, serial="S1"), life.receive(store, serial="S2")
    shelf(store, "A1")
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        place.window.show_page("shelves")
        page = place.window.page("shelves")
        assert isinstance(page, ShelvesPage)
        qtbot.waitUntil(lambda: page.shelves.chosen is not None)
        page.row.setChecked(True)
        page.seen.setChecked(True)
        assert not page.row.isChecked()  # one thing at a time

        for code in (first, second):
            with qtbot.waitSignal(page.good):
                place.routes.take(code)
        with qtbot.waitSignal(page.doubted):
            place.routes.take(first)
        assert store.counted_since(NOON.day) == (first, second)
        with qtbot.waitSignal(desk.recorded):
            page.streak.back.click()

        assert page.streak.codes == (first,)
        assert store.counted_since(NOON.day) == (first,)
