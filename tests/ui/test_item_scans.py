"""Two labels that were scanned: a charger and the device that is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, grouped, make
from station.labelled import ItemRole
from station.labelling import LabelItem, label_item
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.desks import desk_at
from tests.ui.device_desk import on_bench, shows
from tests.ui.keyboard import scan
from tests.ui.workplaces import workplace_at
from ui.device.acts import BenchAct
from ui.device.kit_dialog import KitDialog
from ui.device.page import DevicePage
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Workplace]:
    with (
        desk_at(store, TECHNICIAN) as desk,
        workplace_at(qtbot, desk, store, tmp_path) as place,
    ):
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        yield place


def charger(store: SqlStore, device: str | None) -> str:
    command = LabelItem(role=ItemRole.ACCESSORY, item="charger", device=device)
    return label_item(command, store, TECHNICIAN, NOON).header.subject


def shelf(store: SqlStore, name: str) -> str:
    command = LabelItem(role=ItemRole.SHELF, name=name)
    return label_item(command, store, TECHNICIAN, NOON).header.subject


def opened(qtbot: QtBot, place: Workplace, code: str) -> DevicePage:
    place.routes.open_device(code)
    page = place.window.page("device")
    assert isinstance(page, DevicePage)
    qtbot.waitUntil(lambda: shows(page, code) and place.window.current_page == "device")
    place.window.scan_box.setFocus()
    return page


def finding(page: DevicePage) -> str:
    label = page.alarm.findChild(QLabel, "pairFinding")
    assert label is not None
    return label.text() if page.alarm.isVisible() else ""


def owner(store: SqlStore, item: str) -> str | None:
    known = store.labelled(item)
    assert known is not None
    return known.device


def test_the_charger_of_the_open_device_is_told_to_be_its_own(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code = on_bench(store)
    own = charger(store, code)
    page = opened(qtbot, place, code)

    with qtbot.waitSignal(place.items.good):
        scan(own + "\r")

    assert finding(page) == f"Charger {grouped(own)} belongs to this device."
    assert page.alarm.property("tone") == "ok"
    assert not page.alarm.pair.isVisible()


def test_another_devices_charger_raises_an_alarm_and_changes_nothing(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code, other = on_bench(store), life.receive(store, serial="8XK2F33")
    wrong = charger(store, other)
    page = opened(qtbot, place, code)

    with qtbot.waitSignal(place.items.alarmed):
        scan(wrong + "\r")

    assert grouped(other) in finding(page)
    assert page.alarm.property("tone") == "fail"
    assert owner(store, wrong) == other
    qtbot.mouseClick(page.alarm.leave, Qt.MouseButton.LeftButton)
    assert finding(page) == ""
    assert owner(store, wrong) == other


@pytest.mark.parametrize("of_another", [True, False])
def test_a_person_may_pair_it_with_the_open_device(
    qtbot: QtBot, place: Workplace, store: SqlStore, of_another: bool
) -> None:
    code = on_bench(store)
    before = life.receive(store, serial="8XK2F33") if of_another else None
    item = charger(store, before)
    page = opened(qtbot, place, code)
    with qtbot.waitSignal(place.items.found):
        scan(item + "\r")

    qtbot.keyClick(page.alarm.pair, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: owner(store, item) == code)
    assert finding(page) == ""


def test_the_alarm_goes_with_the_device(qtbot: QtBot, place: Workplace, store: SqlStore) -> None:
    code, other = on_bench(store), life.receive(store, serial="8XK2F33")
    page = opened(qtbot, place, code)
    with qtbot.waitSignal(place.items.found):
        scan(charger(store, other) + "\r")

    opened(qtbot, place, other)
    assert finding(page) == ""


def test_a_charger_that_is_scanned_elsewhere_opens_its_device(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code = on_bench(store)
    scan(charger(store, code) + "\r")

    page = place.window.page("device")
    assert isinstance(page, DevicePage)
    qtbot.waitUntil(lambda: shows(page, code))


@pytest.mark.parametrize("known", [True, False])
def test_what_belongs_to_nothing_here_is_refused_beside_the_scan_box(
    qtbot: QtBot, place: Workplace, store: SqlStore, known: bool
) -> None:
    item = charger(store, None) if known else make(CodeKind.PART, 12, 900)
    with qtbot.waitSignal(place.items.refused):
        scan(item + "\r")
    assert grouped(item) in place.window.refusal
    assert place.window.current_page == "today"


def test_a_shelf_that_is_scanned_while_a_device_is_open_takes_it(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code, lies_on = on_bench(store), shelf(store, "A3")
    opened(qtbot, place, code)
    with qtbot.waitSignal(place.items.undoing.done) as said:
        scan(lies_on + "\r")

    assert said.args is not None
    assert said.args[0] == f"{grouped(code)} lies on shelf A3."
    device = store.device(code)
    assert device is not None
    assert device.shelf == lies_on


def test_a_scan_while_the_kit_is_compared_tells_in_the_dialog_and_ticks_the_charger(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code = on_bench(store)
    own = charger(store, code)
    page = opened(qtbot, place, code)
    page.perform(BenchAct.CHECK_KIT)
    dialog = page.findChild(KitDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)

    scan(own + "\r")

    told = dialog.findChild(QLabel, "kitFinding")
    box = dialog.findChild(QCheckBox, "kit.charger")
    assert told is not None
    assert box is not None
    qtbot.waitUntil(lambda: told.text() == f"Charger {grouped(own)} belongs to this device.")
    assert box.isChecked()
    dialog.reject()


def test_a_charger_is_labelled_from_the_device_once_and_printed_again_after(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    code = life.receive(store, kit=("charger",))
    page = opened(qtbot, place, code)
    for _again in range(2):
        link = page.cards.facts.findChild(QPushButton, "labelCharger")
        assert link is not None
        with qtbot.waitSignal(page.print_label) as printed:
            link.click()
        (item,) = store.items_of(code)
        assert printed.args == [item.code]
