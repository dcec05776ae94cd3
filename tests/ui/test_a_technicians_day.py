"""A day's sentences of a technician, by keys and scans alone, counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station import bench, intake, stock
from station.checks import CheckResult, Outcome
from station.device import Device, Stage
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON, TECHNICIAN
from tests.ui import keyboard
from tests.ui.bench_day import ALT, CTRL, TechniciansHand
from tests.ui.desks import desk_at
from tests.ui.workplaces import workplace_at
from ui.bench.page import BenchPage
from ui.device.cards import DEFECTS

Key = Qt.Key


@pytest.fixture
def hand(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[TechniciansHand]:
    with (
        desk_at(store, TECHNICIAN) as desk,
        workplace_at(qtbot, desk, store, tmp_path) as place,
    ):
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        yield TechniciansHand(qtbot, place, store)


def device(store: SqlStore, code: str) -> Device:
    known = store.device(code)
    assert known is not None
    return known


def with_troubles(store: SqlStore) -> str:
    """A laptop whose disk is dying and whose camera is dead, its report read."""
    code = life.receive(store, serial="8XK2F32", condition="good")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    failed = (CheckResult("sto.smart", Outcome.FAIL), CheckResult("cam.frames", Outcome.FAIL))
    life.measure(store, code, results=(*life.ALL_PASS, *failed))
    bench.check_kit(bench.CheckKit(device=code, present=("charger",)), store, TECHNICIAN, NOON)
    stock.receive_parts("ssd-240gb", 2, store, TECHNICIAN, NOON)
    stock.receive_parts("webcam-usb", 3, store, TECHNICIAN, NOON)
    return code


def left(store: SqlStore, item: str) -> int:
    return {parts.item: parts.quantity for parts in store.parts()}[item]


def test_the_longest_waiting_is_taken_in_three_keys(hand: TechniciansHand, store: SqlStore) -> None:
    code = life.receive(store)

    hand.key(Key.Key_F4)
    board = hand.place.window.page("bench")
    assert isinstance(board, BenchPage)
    hand.until(lambda: len(board._in_work.lines) == 1)
    hand.key(Key.Key_B, ALT)
    hand.key(Key.Key_Space)

    hand.until(lambda: device(store, code).stage is Stage.ON_BENCH)
    assert device(store, code).technician == TECHNICIAN.id
    assert hand.take_counts() == (3, 0)


def test_a_colleagues_device_is_scanned_and_taken_over_in_one_key(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = life.receive(store)
    bench.take_to_bench(code, store, LEAD, NOON)

    hand.scan(code)
    hand.key(Key.Key_F, ALT)

    hand.until(lambda: device(store, code).technician == TECHNICIAN.id)
    assert hand.take_counts() == (1, 1)


def test_a_dying_disk_is_replaced_from_stock_in_one_key_and_taken_back_in_another(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = with_troubles(store)
    hand.scan(code)
    assert "SSD 240 GB" in hand.page.cards.work.lines[0].what
    assert hand.page.cards.work.lines[0].stock == "2 left"

    hand.key(Key.Key_1, ALT)

    hand.until(lambda: device(store, code).fitted == ("ssd-240gb",))
    assert left(store, "ssd-240gb") == 1
    assert hand.take_counts() == (1, 1)
    hand.until(lambda: "Undo" in _button(hand))
    hand.key(Key.Key_Z, ALT)
    hand.until(lambda: left(store, "ssd-240gb") == 2)


def test_a_dead_camera_is_met_by_a_webcam_from_stock(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = with_troubles(store)
    hand.scan(code)
    at = next(
        number
        for number, line in enumerate(hand.page.cards.work.lines)
        if line.what == "Add USB webcam to the kit"
    )

    hand.key(Key(Key.Key_1.value + at), ALT)

    hand.until(lambda: "webcam-usb" in device(store, code).kit)
    assert left(store, "webcam-usb") == 2
    assert hand.take_counts() == (1, 1)


def test_a_serial_number_is_compared_by_one_scan_of_it(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = life.receive(store, serial="8XK2F32")
    hand.scan(code)

    keyboard.scan("8XK2F32\r")

    hand.until(lambda: device(store, code).serial_confirmed)
    assert hand.take_counts() == (0, 1)


def test_a_defect_is_told_by_keys_and_taken_back(hand: TechniciansHand, store: SqlStore) -> None:
    code = with_troubles(store)
    hand.scan(code)

    hand.key(Key.Key_X, ALT)
    hand.dialog("find_defect")
    hand.key(Key.Key_Down)  # the lid, and its first defect
    hand.key(Key.Key_Tab)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Tab)
    hand.key(Key.Key_Space)  # looks only
    hand.key(Key.Key_Return, CTRL)
    hand.gone("find_defect")

    hand.until(lambda: len(device(store, code).defects) == 1)
    found = device(store, code).defects[0]
    assert (found.zone, found.severity) == ("lid", "cosmetic")
    assert hand.take_counts() == (7, 1)
    hand.until(lambda: "Undo" in _button(hand))
    hand.key(Key.Key_Z, ALT)
    hand.until(lambda: not device(store, code).defects)


def test_the_drawing_is_walked_by_arrows(hand: TechniciansHand, store: SqlStore) -> None:
    code = with_troubles(store)
    hand.scan(code)
    hand.page.cards.side.bar.setCurrentIndex(DEFECTS)
    picture = hand.page.cards.defects.picture
    picture.setFocus()
    hand.until(picture.hasFocus)
    before = picture.zone

    hand.key(Key.Key_Right)
    hand.key(Key.Key_Return)

    dialog = hand.dialog("find_defect")
    assert picture.zone != before
    assert dialog.zone.chosen == picture.zone  # type: ignore[attr-defined]
    dialog.close()


def test_a_hold_is_put_on_with_its_reason_and_lifted_by_the_next_step(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = with_troubles(store)
    hand.scan(code)

    hand.key(Key.Key_H, ALT)
    hand.dialog("put_on_hold")
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Return, CTRL)
    hand.gone("put_on_hold")
    hand.until(lambda: hand.page.head.primary.objectName() == "resume")
    assert device(store, code).hold == "waiting-for-part"
    hand.key(Key.Key_Return, CTRL)

    hand.until(lambda: device(store, code).hold is None)
    assert hand.take_counts() == (4, 1)


def test_a_note_is_written_and_stands_beside_the_device(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = with_troubles(store)
    hand.scan(code)

    hand.key(Key.Key_Q, ALT)
    hand.dialog("write_note")
    hand.type("fan is loud")
    hand.key(Key.Key_Return, CTRL)
    hand.gone("write_note")

    hand.until(lambda: "fan is loud" in hand.page.opened.notes.values())  # type: ignore[union-attr]
    assert hand.take_counts() == (2 + len("fan is loud"), 1)


def test_two_devices_are_open_and_one_key_goes_from_one_to_the_other(
    hand: TechniciansHand, store: SqlStore
) -> None:
    first, second = with_troubles(store), life.receive(store)
    hand.scan(first)
    hand.page.cards.side.bar.setCurrentIndex(DEFECTS)
    hand.scan(second)

    hand.key(Key.Key_Tab, CTRL)
    hand.until(lambda: hand.page.opened is not None and hand.page.opened.device.code == first)
    assert hand.page.cards.side.bar.currentIndex() == DEFECTS  # as it was left
    hand.key(Key.Key_2, CTRL)
    hand.until(lambda: hand.page.opened is not None and hand.page.opened.device.code == second)
    hand.key(Key.Key_W, CTRL)

    hand.until(lambda: hand.page.strip.codes == [first])
    assert hand.take_counts() == (3, 2)


def test_the_proposed_grade_is_confirmed_and_the_device_made_ready(
    hand: TechniciansHand, store: SqlStore
) -> None:
    code = life.receive(store, serial="8XK2F32", condition="scratched")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    life.measure(store, code)
    life.try_by_hand(store, code)
    life.erase_and_install(store, code)
    bench.check_kit(bench.CheckKit(device=code, present=("charger",)), store, TECHNICIAN, NOON)
    confirmed = intake.Describe(device=code, serial="8XK2F32", serial_known_by="second-scan")
    intake.describe(confirmed, store, TECHNICIAN, NOON)
    hand.scan(code)
    assert hand.page.head.primary.objectName() == "confirm_grade"

    hand.key(Key.Key_Return, CTRL)
    hand.dialog("confirm_grade")
    hand.key(Key.Key_Return, CTRL)  # B stands chosen: scratched
    hand.gone("confirm_grade")
    hand.until(lambda: hand.page.head.primary.objectName() == "make_ready")
    hand.key(Key.Key_Return, CTRL)

    hand.until(lambda: device(store, code).stage is Stage.READY)
    assert device(store, code).grade == "b"
    assert hand.take_counts() == (3, 1)


def _button(hand: TechniciansHand) -> str:
    return hand.place.window._message._button.text() if hand.place.window.message else ""
