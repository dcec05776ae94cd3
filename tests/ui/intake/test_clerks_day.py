"""A day's sentences of an intake clerk, by keys and scans alone, and how many they take."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, make
from station.events import OfferedItem
from station.intake import NewDevice, ReceiveDevice, receive_device
from station.offers import EnterOffer, enter_offer
from station.people import DeviceList, Donor, ListedDevice
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, NOON, STATION
from tests.ui import keyboard
from tests.ui.desks import desk_at
from tests.ui.workplaces import workplace_at
from ui.intake.page import IntakePage
from ui.settings import Settings
from ui.workplace import Workplace

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ALONE = Qt.KeyboardModifier.NoModifier
PRINTS = Settings(open_papers=False, print_at_intake=True, print_receipts=True)
OFFICE = Donor("Công ty TNHH Hòa Bình", organisation=True, phone="0276 382 2322")
KNOWN = Donor("Nguyễn Thị Hòa", phone="0912 345 678", may_process=True)
LABELS = [make(CodeKind.DEVICE, STATION, 700 + number) for number in range(9)]


class Clerk:
    """Has a scanner and a keyboard, and counts what both are used for."""

    def __init__(self, bot: QtBot, place: Workplace, store: SqlStore) -> None:
        self.place, self.store, self.keys, self.scans = place, store, 0, 0
        self._bot = bot
        self.printed: list[Path] = []
        place.printing.ready.connect(self.printed.append)

    @property
    def page(self) -> IntakePage:
        page = self.place.window.page("intake")
        assert isinstance(page, IntakePage)
        return page

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = ALONE) -> None:
        self.keys += 1
        popup = QApplication.activePopupWidget()
        self._bot.keyClick(popup or QApplication.focusWidget() or self.place.window, key, held)
        buttons = self.place.window.findChildren(QPushButton)  # a shortcut's shows that it is down
        self._bot.waitUntil(lambda: not any(button.isDown() for button in buttons))

    def type(self, text: str) -> None:
        self.keys += len(text)
        keyboard.type_by_hand(text)

    def scan(self, text: str) -> None:
        self.scans += 1
        keyboard.scan(f"{text}\r")

    def until(self, holds: Callable[[], object]) -> None:
        self._bot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def take_counts(self) -> tuple[int, int]:
        """Keys and scans since the last count."""
        counts, self.keys, self.scans = (self.keys, self.scans), 0, 0
        return counts

    def received(self) -> int:
        return self.store.count_devices(DeviceFilter())


@pytest.fixture
def clerk(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Clerk]:
    with (
        desk_at(store, CLERK) as desk,
        workplace_at(qtbot, desk, store, tmp_path, PRINTS) as place,
    ):
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        yield Clerk(qtbot, place, store)


def seen_before(store: SqlStore) -> None:
    """The point knows the donor's telephone, and this make."""
    latitude = NewDevice(kind="laptop", maker="Dell", model="Latitude E7450")
    receive_device(ReceiveDevice(device=latitude, donor=KNOWN), store, CLERK, NOON)


def test_a_walk_in_laptop_goes_from_the_first_key_to_its_printed_receipt(
    clerk: Clerk, store: SqlStore
) -> None:
    seen_before(store)

    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    clerk.until(lambda: clerk.page.counter.form.makes.known)
    clerk.key(Key.Key_Tab)
    clerk.type("0912345678")
    clerk.until(clerk.page.donor.name.text)
    clerk.key(Key.Key_Y, ALT)
    clerk.key(Key.Key_K, CTRL)
    clerk.type("E745")
    clerk.key(Key.Key_Down)
    clerk.key(Key.Key_Return)
    clerk.until(lambda: clerk.page.counter.form.kind.chosen == "laptop")
    clerk.scan(LABELS[0])
    clerk.until(lambda: clerk.page.counter.form.has_code == LABELS[0])
    clerk.key(Key.Key_S, ALT)
    clerk.scan("8XK2F32")
    clerk.scan("8XK2F32")
    clerk.key(Key.Key_1, ALT)
    clerk.key(Key.Key_C, ALT)
    clerk.key(Key.Key_Return, CTRL | SHIFT)

    clerk.until(lambda: len(clerk.printed) >= 1)
    device = store.device(LABELS[0])
    assert device is not None
    assert (device.serial, device.serial_confirmed, device.condition) == ("8XK2F32", True, "good")
    assert device.kit == ("charger",)
    keys, scans = clerk.take_counts()
    assert (keys, scans) == (24, 3)


def test_each_further_laptop_alike_takes_two_scans(clerk: Clerk, store: SqlStore) -> None:
    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    form = clerk.page.counter.form
    form.kind.choose("laptop")
    form.fill_from(NewDevice(kind="laptop", maker="Dell", model="Latitude E7450"))
    clerk.scan(LABELS[0])
    clerk.until(lambda: form.has_code == LABELS[0])
    form.serial.line.setFocus()
    clerk.scan("AAA0000")
    clerk.key(Key.Key_D, CTRL)
    clerk.take_counts()

    for number in range(1, 6):
        clerk.scan(LABELS[number])
        clerk.until(lambda number=number: form.has_code == LABELS[number])  # type: ignore[misc]
        clerk.scan(f"AAA000{number}")

    assert clerk.take_counts() == (0, 10)
    clerk.key(Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.received() == 6)
    rows = [row.device for row in reversed(store.devices(DeviceFilter()))]
    assert [(d.code, d.serial) for d in rows] == [
        (LABELS[number], f"AAA000{number}") for number in range(6)
    ]
    assert {d.name for d in rows} == {"Dell Latitude E7450"}


def test_each_further_one_takes_a_single_scan_where_labels_are_printed(
    clerk: Clerk, store: SqlStore
) -> None:
    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    form = clerk.page.counter.form
    form.kind.choose("desktop")
    form.serial.line.setFocus()
    clerk.scan("AAA0000")
    clerk.key(Key.Key_D, CTRL)
    clerk.take_counts()

    for number in range(1, 21):
        clerk.scan(f"AAA00{number:02d}")

    assert clerk.take_counts() == (0, 20)
    clerk.key(Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.received() == 21)


def test_an_offices_list_is_ticked_by_scanning_what_really_came(
    clerk: Clerk, store: SqlStore
) -> None:
    lines = tuple(
        ListedDevice(kind="desktop", maker="HP", model="ProDesk 400", serial=f"8CG70{number}")
        for number in range(3)
    )
    command = EnterOffer(items=(OfferedItem("desktop", 3),), donor=OFFICE, listed=DeviceList(lines))
    offer = enter_offer(command, store, CLERK, NOON).header.subject

    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    clerk.scan(offer)
    clerk.until(lambda: clerk.page.counter.missing)
    clerk.page.counter.form.serial.line.setFocus()
    clerk.scan("8CG700")
    clerk.scan("8CG702")
    clerk.key(Key.Key_Return, CTRL)

    clerk.until(lambda: clerk.received() == 2)
    rows = [row.device for row in store.devices(DeviceFilter())]
    assert {(d.kind, d.name) for d in rows} == {("desktop", "HP ProDesk 400")}
    known = store.offer(offer)
    assert known is not None
    assert known.received == 2


def test_a_whole_intake_is_undone_and_lies_on_the_counter_again(
    clerk: Clerk, store: SqlStore
) -> None:
    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    clerk.page.counter.form.kind.choose("laptop")
    clerk.page.counter.form.serial.line.setFocus()
    clerk.scan("8XK2F32")
    clerk.key(Key.Key_Return, CTRL)
    clerk.until(lambda: "Received" in clerk.place.window.message)

    clerk.key(Key.Key_Z, ALT)

    clerk.until(lambda: clerk.received() == 0)
    clerk.until(lambda: clerk.page.counter.form.serial.serial == "8XK2F32")
    clerk.key(Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.received() == 1)


def test_a_direct_gift_is_kept_for_the_case_that_is_scanned(clerk: Clerk, store: SqlStore) -> None:
    case = life.enter_case(store)
    clerk.key(Key.Key_F3)
    clerk.until(clerk.page.donor.name.hasFocus)
    clerk.page.counter.form.kind.choose("laptop")
    clerk.page.counter.form.serial.line.setFocus()
    clerk.scan("8XK2F32")

    clerk.scan(case)
    clerk.key(Key.Key_Return, CTRL)

    clerk.until(lambda: clerk.received() == 1)
    (row,) = store.devices(DeviceFilter())
    assert row.device.promised == case
