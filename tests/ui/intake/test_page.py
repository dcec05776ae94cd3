from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station import events as e
from station import words
from station.codes import CodeKind, grouped, make, parse
from station.device import Device
from station.ledger import Header, Source
from station.people import Donor, Text
from station.ports import DeviceFilter
from station.reference import Table
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON
from tests.ui.cut import cut_boxes, cut_cells
from tests.ui.desks import desk_at, desk_with
from tests.ui.keyboard import scan, type_by_hand
from ui.choice import Choice
from ui.desk import Desk
from ui.intake.lot_table import NUMBER, SERIAL
from ui.intake.page import IntakePage
from ui.intake.print_habits import PrintHabits
from ui.intake.refuse_dialog import RefuseDialog
from ui.settings import Settings, read_settings

W = TypeVar("W", bound=QWidget)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
PAGE_ROOM = (1096, 676)  # of a page on a screen of 1366x768, beside a scroll bar


class Clerk:
    """Somebody at the intake page, and what the page says to them."""

    def __init__(self, qtbot: QtBot, store: SqlStore, page: IntakePage) -> None:
        self.qtbot, self.store, self.page = qtbot, store, page
        self.said: list[str] = []
        page.said.connect(self.said.append)
        page.undoable.connect(lambda told, _back: self.said.append(told))
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def choose(self, name: str, id_: str) -> None:
        choice = self.find(Choice, name)
        choice.choose(id_)
        choice.activated.emit(choice.currentIndex())  # as a person's choice does

    def type_into(self, name: str, text: str) -> None:
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.clear()
        type_by_hand(text)

    def type_day(self, day: str) -> None:
        line = self.find(QLineEdit, "paperDay")
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, day)

    def scan_serial(self, serial: str) -> None:
        self.find(QLineEdit, "serial").setFocus()
        scan(serial + "\r")

    def press(self, key: Qt.Key, more: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        focus = QApplication.focusWidget() or self.page
        self.qtbot.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier | more)
        buttons = self.page.findChildren(QPushButton)  # a shortcut's button shows that it is down
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in buttons))

    def tick(self, name: str) -> None:
        box = self.find(QCheckBox, name)
        self.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(9, box.height() // 2))
        assert box.isChecked()

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def name_donor(self) -> None:
        self.type_into("donorName", "Công ty TNHH Hòa Bình")
        self.tick("donorOrganisation")

    def commit(self) -> None:
        self.said.clear()  # what was said of the list
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(self.said))

    def devices(self) -> list[Device]:
        return [row.device for row in reversed(self.store.devices(DeviceFilter()))]

    def error_at(self, name: str) -> Callable[[], bool]:
        return lambda: bool(self.find(QWidget, name).accessibleDescription())


def print_habits(desk: Desk, folder: Path, *, at_intake: bool = False) -> PrintHabits:
    return PrintHabits(desk, folder / "settings.json", Settings(print_at_intake=at_intake))


@pytest.fixture
def clerk(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Clerk]:
    with desk_at(store, CLERK) as desk:
        page = IntakePage(desk, print_habits(desk, tmp_path))
        QAbstractItemModelTester(page.counter.listed.table, page)
        qtbot.addWidget(page)
        yield Clerk(qtbot, store, page)


def test_a_walk_in_laptop_gets_a_code_shown_large(clerk: Clerk) -> None:
    clerk.type_into("donorName", "Nguyễn Thị Hòa")
    clerk.type_into("donorPhone", "0912345678")
    clerk.tick("mayProcess")
    clerk.choose("kind", "laptop")
    clerk.type_into("maker", "Dell")
    clerk.type_into("model", "Latitude E7450")
    clerk.scan_serial("8XK2F32")
    clerk.scan_serial("8XK2F32")
    clerk.choose("condition", "scratched")
    clerk.tick("kit.charger")
    clerk.commit()

    (device,) = clerk.devices()
    assert (device.name, device.serial, device.serial_confirmed) == (
        "Dell Latitude E7450",
        "8XK2F32",
        True,
    )
    assert (device.condition, device.kit, device.lot) == ("scratched", ("charger",), None)
    assert device.donor is not None
    assert clerk.store.content(device.donor) == Donor(
        name="Nguyễn Thị Hòa", phone="0912 345 678", may_process=True
    )
    shown = clerk.find(QLabel, f"code.{device.code}")
    assert shown.text() == grouped(device.code)
    assert clerk.said == [f"Received as {grouped(device.code)}"]


def test_more_alike_than_go_into_a_list_at_once_are_refused_as_they_are_typed(clerk: Clerk) -> None:
    clerk.choose("kind", "desktop")
    how_many = clerk.find(QSpinBox, "howMany")
    how_many.selectAll()
    how_many.setFocus()
    type_by_hand("300")

    assert how_many.value() == 300
    assert how_many.accessibleDescription() == (
        "At most 200 at a time: list the others after these."
    )
    clerk.press(Qt.Key.Key_D)
    assert len(clerk.page.counter.lot) == 0

    how_many.setValue(200)
    assert not clerk.error_at("howMany")()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_device_fits_the_smallest_screen(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, language: str
) -> None:
    words.use(language)
    with desk_at(store, CLERK) as desk:
        page = IntakePage(desk, print_habits(desk, tmp_path))
        qtbot.addWidget(page)
        page.resize(*PAGE_ROOM)
        page.show()
        for kind in store.reference.entries(Table.KINDS):
            page.counter.form.kind.choose(kind.id)
            page.counter.form.how_many.setValue(150)
            qtbot.wait(1)
            assert page.minimumSizeHint().width() <= PAGE_ROOM[0], kind.id
            assert cut_boxes(page) == [], kind.id
        page.counter.form.kind.choose("laptop")  # the one with the largest kit
        page.counter.form.how_many.setValue(12)
        page.counter.another_like_this()
        assert len(page.counter.lot) == 12
        assert page.heightForWidth(PAGE_ROOM[0]) <= PAGE_ROOM[1]


def test_numbers_and_serials_of_a_long_list_are_whole(clerk: Clerk) -> None:
    clerk.page.resize(*PAGE_ROOM)
    clerk.choose("kind", "desktop")
    clerk.find(QSpinBox, "howMany").setValue(150)
    clerk.press(Qt.Key.Key_D)
    clerk.type_into("serial", "091234565678")
    clerk.press(Qt.Key.Key_D)
    view = clerk.page.counter.listed.view
    view.scrollToBottom()

    clerk.qtbot.waitUntil(lambda: not cut_cells(view, NUMBER, SERIAL))
    title = clerk.page.counter.listed.title
    assert title.text() == "On the counter: 151"
    assert title.toolTip() == ""  # shown whole


def test_a_lot_is_scanned_with_the_keyboard_alone(clerk: Clerk) -> None:
    clerk.name_donor()
    clerk.choose("kind", "desktop")
    clerk.type_into("maker", "HP")
    for number in range(3):
        clerk.scan_serial(f"CZC104{number}")
        if number < 2:
            clerk.press(Qt.Key.Key_D)
    assert clerk.find(QPushButton, "receive").text() == "Receive 3 devices"
    clerk.commit()

    devices = clerk.devices()
    shown = [label.text() for label in clerk.find(QWidget, "receivedCodes").findChildren(QLabel)]
    assert "HP · S/N CZC1041" in shown  # which code is for which of them
    assert [device.serial for device in devices] == ["CZC1040", "CZC1041", "CZC1042"]
    assert {device.maker for device in devices} == {"HP"}
    lots = {device.lot for device in devices}
    assert len(lots) == 1
    assert len({device.donor for device in devices}) == 1


def test_another_alike_that_nobody_touched_is_not_received(clerk: Clerk) -> None:
    clerk.name_donor()
    clerk.choose("kind", "laptop")
    clerk.scan_serial("AAA1111")
    clerk.press(Qt.Key.Key_D)
    clerk.commit()

    assert [device.serial for device in clerk.devices()] == ["AAA1111"]


def test_computers_and_their_monitors_become_sets(clerk: Clerk) -> None:
    clerk.name_donor()
    clerk.choose("kind", "desktop")
    clerk.scan_serial("PC00001")
    clerk.press(Qt.Key.Key_M)
    clerk.type_into("maker", "LG")
    clerk.press(Qt.Key.Key_D)
    clerk.scan_serial("PC00002")
    clerk.press(Qt.Key.Key_M)
    clerk.commit()

    first, first_monitor, second, second_monitor = clerk.devices()
    assert first.members == (first_monitor.code,)
    assert second.members == (second_monitor.code,)
    assert (second.kind, second_monitor.kind, second_monitor.maker) == ("desktop", "monitor", "LG")


def test_a_monitor_cannot_begin_a_set(clerk: Clerk) -> None:
    clerk.choose("kind", "monitor")
    clerk.press(Qt.Key.Key_M)

    assert clerk.error_at("kind")()


def test_several_alike_come_in_at_once(clerk: Clerk) -> None:
    clerk.choose("kind", "monitor")
    clerk.find(QSpinBox, "howMany").setValue(5)
    clerk.commit()

    assert [device.kind for device in clerk.devices()] == ["monitor"] * 5


def test_a_serial_number_belongs_to_one_of_several(clerk: Clerk) -> None:
    clerk.choose("kind", "monitor")
    clerk.scan_serial("LG00001")
    clerk.find(QSpinBox, "howMany").setValue(5)
    clerk.click("receive")

    assert clerk.error_at("howMany")()
    assert clerk.devices() == []


def test_the_list_can_be_edited_and_shortened(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    for serial in ("AAA0001", "AAA0002", "AAA0003"):
        clerk.scan_serial(serial)
        clerk.press(Qt.Key.Key_D)
    clerk.page.counter.listed.view.selectRow(1)
    clerk.click("removeItem")
    clerk.page.counter.listed.view.selectRow(0)
    clerk.click("editItem")
    clerk.type_into("maker", "Asus")
    clerk.commit()

    found = [(device.serial, device.maker) for device in clerk.devices()]
    assert found == [("AAA0001", "Asus"), ("AAA0003", None)]


def test_the_same_serial_number_twice_in_a_list_is_told_at_once(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    clerk.scan_serial("AAA0001")
    clerk.press(Qt.Key.Key_D)

    clerk.scan_serial("AAA0001")

    assert "list already" in clerk.find(QWidget, "serial").accessibleDescription()
    clerk.press(Qt.Key.Key_D)
    assert "list already" in clerk.find(QWidget, "serial").accessibleDescription()
    assert len(clerk.page.counter.lot) == 1


def test_a_serial_number_of_another_device_is_shown_where_it_stands(clerk: Clerk) -> None:
    known = life.receive(clerk.store, serial="OLD0001", maker=None)
    clerk.choose("kind", "laptop")
    for serial in ("OLD0001", "NEW0001"):
        clerk.scan_serial(serial)
        clerk.press(Qt.Key.Key_D)
    clerk.press(Qt.Key.Key_Return)

    clerk.qtbot.waitUntil(clerk.error_at("serial"))
    line = clerk.find(QLineEdit, "serial")
    assert line.text() == "OLD0001"
    assert grouped(known) in line.accessibleDescription()
    assert len(clerk.devices()) == 1
    clerk.type_into("serial", "OLD0002")
    clerk.commit()
    assert len(clerk.devices()) == 3


def test_typed_numbers_are_not_confirmed_until_they_are_scanned(clerk: Clerk) -> None:
    serial = clerk.page.counter.form.serial
    serial.line.setFocus()
    type_by_hand("8XK2F32")
    assert (serial.known_by, serial.chip.word) == ("typed", "Not confirmed")

    scan("8XK2F32\t")
    assert (serial.serial, serial.known_by) == ("8XK2F32", "second-scan")
    assert serial.line.hasFocus()  # the scanner's Tab does not leave

    scan("OTHER99\r")
    assert (serial.serial, serial.known_by) == ("OTHER99", "scan")


@pytest.mark.parametrize(
    ("name", "text"), [("maker", "Máy cũ"), ("model", "gọi 0912345678"), ("labelCode", "12345")]
)
def test_what_an_event_cannot_carry_is_said_beside_its_field(
    clerk: Clerk, name: str, text: str
) -> None:
    clerk.choose("kind", "laptop")
    clerk.type_into(name, text)
    clerk.click("receive")

    assert clerk.error_at(name)()
    assert clerk.devices() == []


def test_a_kind_must_be_chosen(clerk: Clerk) -> None:
    clerk.click("receive")

    assert clerk.error_at("kind")()


def test_a_phone_number_in_a_note_is_warned_of_and_does_not_stop(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    note = clerk.find(QPlainTextEdit, "note")
    note.setFocus()
    type_by_hand("tắt ngang, gọi 0912345678")
    assert "phone number" in note.accessibleDescription()
    clerk.commit()

    (device,) = clerk.devices()
    said = clerk.store.timeline(device.code)[0].event.said
    assert said is not None
    assert said.note is not None
    assert clerk.store.content(said.note.id) == Text("tắt ngang, gọi 0912345678")


def test_a_telephone_number_is_no_donors_name(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    clerk.type_into("donorName", "0912 345 678")
    clerk.tick("mayProcess")
    clerk.press(Qt.Key.Key_Return)

    assert "telephone number" in clerk.find(QWidget, "donorName").accessibleDescription()
    assert clerk.devices() == []


def test_a_person_is_not_kept_without_consent(clerk: Clerk) -> None:
    clerk.type_into("donorName", "Nguyễn Thị Hòa")
    clerk.choose("kind", "laptop")
    assert not clerk.find(QCheckBox, "mayProcess").isChecked()
    clerk.click("receive")

    assert "Ask the donor" in clerk.find(QWidget, "mayProcess").accessibleDescription()
    assert clerk.devices() == []
    clerk.tick("mayProcess")
    clerk.commit()
    assert len(clerk.devices()) == 1


def test_a_phone_number_without_a_name_is_asked_about(clerk: Clerk) -> None:
    clerk.type_into("donorPhone", "0912345678")
    clerk.choose("kind", "laptop")
    clerk.click("receive")

    assert clerk.error_at("donorName")()


def test_a_donor_who_stays_unnamed_is_welcome(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    clerk.commit()

    assert clerk.devices()[0].donor is None


def test_what_is_entered_from_paper_keeps_its_day(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    clerk.tick("fromPaper")
    clerk.type_day("30/09/2021")
    clerk.commit()

    header = clerk.store.timeline(clerk.devices()[0].code)[0].event.header
    assert header.occurred is not None
    assert (header.day, header.occurred.source) == (date(2021, 9, 30), Source.PAPER)


def enter_from_paper(clerk: Clerk) -> Header:
    """Receive a laptop, go on with the next donor; what its first entry says of the time."""
    clerk.said.clear()
    clerk.choose("kind", "laptop")
    clerk.commit()
    clerk.press(Qt.Key.Key_N)
    return clerk.store.timeline(clerk.devices()[-1].code)[0].event.header


def test_a_pile_of_papers_follows_today_until_its_day_is_typed_and_then_keeps_it(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    clock = [NOON.at]
    with desk_with(store, CLERK, lambda: clock[0]) as desk:
        page = IntakePage(desk, print_habits(desk, tmp_path))
        qtbot.addWidget(page)
        clerk = Clerk(qtbot, store, page)
        clerk.tick("fromPaper")

        clock[0] += timedelta(days=1)
        untouched = enter_from_paper(clerk)
        assert untouched.day == clock[0].date()

        clerk.type_day("30/09/2021")
        days = [enter_from_paper(clerk).day for _paper in range(2)]
        assert days == [date(2021, 9, 30)] * 2


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("01/01/2031", "lies in the future"),
        ("31/09/2021", "This is no day"),
        ("3", "This is no day"),
        ("30/09/1021", "had not begun"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    clerk: Clerk, day: str, word: str
) -> None:
    clerk.choose("kind", "laptop")
    clerk.tick("fromPaper")
    clerk.type_day(day)
    clerk.press(Qt.Key.Key_Return)

    clerk.qtbot.waitUntil(clerk.error_at("paperDay"))
    assert word in clerk.find(QWidget, "paperDay").accessibleDescription()
    assert clerk.find(QPushButton, "receive").isEnabled()
    assert clerk.devices() == []


def test_a_label_stuck_on_before_is_scanned_anywhere(clerk: Clerk) -> None:
    label = make(CodeKind.DEVICE, 12, 900)
    clerk.choose("kind", "laptop")
    assert clerk.page.accept_scan(parse(label))
    clerk.qtbot.waitUntil(lambda: clerk.find(QLineEdit, "labelCode").text() == grouped(label))
    clerk.commit()

    assert clerk.devices()[0].code == label


def test_the_label_of_a_known_device_opens_it(clerk: Clerk) -> None:
    known = life.receive(clerk.store)

    with clerk.qtbot.waitSignal(clerk.page.open_device) as opened:
        assert clerk.page.accept_scan(parse(known))
    assert opened.args == [known]


def test_a_used_label_scanned_into_its_field_is_refused_there(clerk: Clerk) -> None:
    known = life.receive(clerk.store)
    clerk.find(QLineEdit, "labelCode").setFocus()
    clerk.page.accept_scan(parse(known))

    clerk.qtbot.waitUntil(clerk.error_at("labelCode"))


def test_a_label_of_another_point_is_refused_beside_its_field(clerk: Clerk) -> None:
    clerk.choose("kind", "laptop")
    clerk.type_into("labelCode", make(CodeKind.DEVICE, 13, 5))
    clerk.press(Qt.Key.Key_Return)

    clerk.qtbot.waitUntil(clerk.error_at("labelCode"))


def test_other_codes_are_not_for_this_page(clerk: Clerk) -> None:
    assert not clerk.page.accept_scan(parse(make(CodeKind.CASE, 12, 1)))


def test_labels_are_printed_for_what_was_just_received(clerk: Clerk) -> None:
    clerk.choose("kind", "tablet")
    clerk.tick("lock.google-account")
    clerk.commit()
    (device,) = clerk.devices()
    assert device.locks == ("google-account",)

    with clerk.qtbot.waitSignal(clerk.page.print_labels) as asked:
        clerk.press(Qt.Key.Key_P)
    assert asked.args == [(device.code,)]


def test_one_key_receives_prints_and_goes_on_to_the_next_donor(clerk: Clerk) -> None:
    printed: list[tuple[str, ...]] = []
    clerk.page.print_labels.connect(printed.append)
    clerk.choose("kind", "laptop")
    clerk.tick("kit.charger")
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    clerk.qtbot.waitUntil(lambda: bool(printed))

    (device,) = clerk.devices()
    assert printed == [(device.code,)]
    assert clerk.said[0] == f"Received as {grouped(device.code)}"
    assert clerk.find(Choice, "kind").chosen is None  # the next donor may begin
    assert clerk.find(QLineEdit, "donorName").hasFocus()


def test_what_is_scanned_while_a_lot_is_recorded_is_the_next_donors(clerk: Clerk) -> None:
    codes = [make(CodeKind.DEVICE, 12, 900 + number) for number in range(2)]
    clerk.choose("kind", "laptop")
    clerk.page.accept_scan(parse(codes[0]))
    clerk.qtbot.waitUntil(lambda: clerk.page.counter.form.has_code == codes[0])

    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    scan("8XK2F32\r")  # a number would go to nobody: the forms rest
    assert clerk.page.accept_scan(parse(codes[1]))

    clerk.qtbot.waitUntil(lambda: clerk.page.counter.form.has_code == codes[1])
    (only,) = clerk.devices()
    assert (only.code, only.serial) == (codes[0], None)
    assert clerk.page.unfinished()


def test_a_refused_commit_gives_the_forms_and_the_keys_back(clerk: Clerk) -> None:
    life.receive(clerk.store, serial="8XK2F32")
    clerk.choose("kind", "laptop")
    clerk.scan_serial("8XK2F32")
    code = make(CodeKind.DEVICE, 12, 900)

    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.accept_scan(parse(code))

    clerk.qtbot.waitUntil(clerk.error_at("serial"))
    clerk.qtbot.waitUntil(lambda: clerk.page.counter.form.has_code == code)
    assert clerk.find(QLineEdit, "serial").hasFocus()


def test_one_key_receives_nothing_while_a_field_is_wrong(clerk: Clerk) -> None:
    printed: list[tuple[str, ...]] = []
    clerk.page.print_labels.connect(printed.append)
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    clerk.qtbot.wait(100)
    assert (printed, clerk.devices()) == ([], [])


def test_a_charger_beside_the_device_gets_a_label_of_its_own_behind_it(clerk: Clerk) -> None:
    printed: list[tuple[str, ...]] = []
    clerk.page.print_labels.connect(printed.append)
    clerk.tick("printChargers")
    clerk.choose("kind", "laptop")
    clerk.tick("kit.charger")
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    clerk.qtbot.waitUntil(lambda: bool(printed))

    (device,) = clerk.devices()
    (charger,) = clerk.store.items_of(device.code)
    assert printed == [(device.code, charger.code)]
    assert charger.item == "charger"


def test_a_point_that_prints_at_intake_has_it_on_the_primary_button_and_remembered(
    clerk: Clerk, tmp_path: Path
) -> None:
    printed: list[tuple[str, ...]] = []
    clerk.page.print_labels.connect(printed.append)
    clerk.tick("printAtIntake")
    clerk.choose("kind", "tablet")
    assert clerk.find(QPushButton, "receive").text() == "Receive and print 1 label"
    clerk.commit()

    (device,) = clerk.devices()
    assert printed == [(device.code,)]
    assert clerk.find(QPushButton, "receive").isVisible()
    kept = read_settings(tmp_path / "settings.json")
    assert (kept.print_at_intake, kept.print_chargers) == (True, False)


def test_the_donors_receipt_is_printed_with_the_labels_where_the_point_chose_so(
    clerk: Clerk,
) -> None:
    receipts: list[str] = []
    clerk.page.print_receipt.connect(receipts.append)
    clerk.tick("printAtIntake")
    clerk.tick("printReceipts")
    clerk.choose("kind", "tablet")
    clerk.commit()

    (device,) = clerk.devices()
    assert receipts == [device.code]


def test_one_key_prints_the_receipt_of_what_was_just_received(clerk: Clerk) -> None:
    receipts: list[str] = []
    papers: list[str] = []
    clerk.page.print_receipt.connect(receipts.append)
    clerk.page.papers_wanted.connect(papers.append)
    clerk.choose("kind", "tablet")
    clerk.commit()
    clerk.press(Qt.Key.Key_R)
    clerk.click("papers")

    (device,) = clerk.devices()
    assert receipts == papers == [device.code]


def test_the_next_donor_begins_with_empty_forms(clerk: Clerk) -> None:
    clerk.name_donor()
    clerk.tick("mayPublish")
    clerk.choose("kind", "laptop")
    clerk.commit()
    clerk.press(Qt.Key.Key_N)

    assert clerk.find(QLineEdit, "donorName").text() == ""
    assert not clerk.find(QCheckBox, "mayPublish").isChecked()
    assert clerk.find(Choice, "kind").chosen is None
    assert len(clerk.page.counter.lot) == 0
    assert clerk.find(QLineEdit, "donorName").hasFocus()


def test_what_is_not_taken_in_is_recorded_with_its_reason(clerk: Clerk) -> None:
    clerk.name_donor()
    clerk.click("refuseItem")
    dialog = clerk.find(RefuseDialog, "refuse_dialog")
    dialog.kind.choose("monitor")
    dialog.count.setValue(3)
    clerk.qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()  # a reason is missing
    dialog.reason.choose("too-old")
    with clerk.qtbot.waitSignal(clerk.page.undoable) as told:
        clerk.qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)

    (row,) = clerk.store.timeline(make(CodeKind.LOT, 12, 1))
    assert isinstance(row.event.said, e.Refused)
    assert (row.event.said.kind, row.event.said.count) == ("monitor", 3)
    told.args[1]()
    clerk.qtbot.waitUntil(lambda: clerk.store.timeline(make(CodeKind.LOT, 12, 1))[0].withdrawn)


def test_who_may_not_receive_is_told_so(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> None:
    with desk_at(store, GIVER) as desk:
        page = IntakePage(desk, print_habits(desk, tmp_path))
        qtbot.addWidget(page)
        clerk = Clerk(qtbot, store, page)
        clerk.choose("kind", "laptop")
        for name in ("receive", "refuseItem"):
            button = clerk.find(QPushButton, name)
            assert not button.isEnabled()
            assert "Intake clerk" in button.toolTip()

        clerk.commit()
        assert "Intake clerk" in clerk.said[0]
        assert clerk.devices() == []

        desk.sign_in(CLERK)
        assert clerk.find(QPushButton, "receive").toolTip() == "Receive 1 device (Ctrl+Return)"
        clerk.commit()
        qtbot.waitUntil(lambda: len(clerk.devices()) == 1)


def test_tab_goes_from_the_donor_through_the_device_to_the_commit(clerk: Clerk) -> None:
    clerk.choose("kind", "monitor")
    clerk.find(QLineEdit, "donorName").setFocus()
    passed = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        passed.append(focus.objectName())
        clerk.qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if passed[-1] == "receive":
            break

    wanted = ["donorName", "donorPhone", "mayProcess", "kind", "maker", "model", "serial"]
    wanted += ["condition", "kit.power-cord", "lock.google-account", "note", "anotherLikeThis"]
    places = [passed.index(name) for name in (*wanted, "receive")]
    assert places == sorted(places)


def test_a_half_entered_lot_is_unfinished_until_it_is_recorded(clerk: Clerk) -> None:
    assert clerk.page.unfinished() == ""

    clerk.type_into("donorName", "UBND")
    assert "not recorded yet" in clerk.page.unfinished()
    clerk.tick("mayProcess")
    clerk.choose("kind", "laptop")
    clerk.press(Qt.Key.Key_D)
    assert "1 device on the counter is not recorded yet." in clerk.page.unfinished()

    clerk.commit()
    assert clerk.page.unfinished() == ""


def test_a_lot_has_a_label_of_its_own(clerk: Clerk) -> None:
    clerk.choose("kind", "monitor")
    clerk.page.counter.form.how_many.setValue(2)
    clerk.commit()
    (lot,) = {device.lot for device in clerk.devices()}

    with clerk.qtbot.waitSignal(clerk.page.print_labels) as asked:
        clerk.click("printLot")
    assert asked.args == [(lot,)]
