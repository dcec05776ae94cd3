"""A day's sentences of a handover clerk, by scans and keys alone, and how many they take."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from station import bench, handover, refusals
from station.codes import grouped, parse
from station.device import Device, Stage
from station.labelled import ItemRole
from station.labelling import LabelItem, label_item
from station.people import Pupil
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.act_dialog import ActDialog
from ui.giving.handover_page import HandoverPage
from ui.item_scans import ItemScans

SCHOOL = "truong-th-go-dau"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ALONE = Qt.KeyboardModifier.NoModifier


class Clerk:
    """Has a scanner and a keyboard, and counts what both are used for."""

    def __init__(self, bot: QtBot, page: HandoverPage, items: ItemScans, store: SqlStore) -> None:
        self.page, self.scans, self.keys = page, 0, 0
        self.told: list[str] = []
        self.undo: object = None
        self._bot, self._items, self._store = bot, items, store
        page.undoable.connect(self._hear)
        page.said.connect(self.told.append)

    def _hear(self, sentence: str, undo: object) -> None:
        self.told.append(sentence)
        self.undo = undo

    def scan(self, code: str) -> None:
        """As the window's routes do: a thing's label is compared with the device at hand."""
        self.scans += 1
        if code.startswith("V"):
            self._items.take(code, self.page.at_hand)
        else:
            assert self.page.accept_scan(parse(code)), code

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = ALONE) -> None:
        self.keys += 1
        buttons = self.page.findChildren(QAbstractButton)
        # a shortcut holds its button down for 100 ms, and a held one takes no other key
        self._bot.waitUntil(lambda: not any(button.isDown() for button in buttons))
        widget = QApplication.focusWidget() or self.page
        self._bot.keyClick(widget, key, modifier)

    def until(self, code: str, stage: Stage) -> None:
        self._bot.waitUntil(lambda: self.device(code).stage is stage)

    def device(self, code: str) -> Device:
        found = self._store.device(code)
        assert found is not None
        return found

    def hears(self, word: str) -> None:
        """What was done is said, with its way back."""
        self._bot.waitUntil(lambda: any(word in told for told in self.told))

    def take_back(self) -> None:
        """Alt+Z in the message line."""
        assert callable(self.undo)
        self.undo()


@pytest.fixture
def clerk(qtbot: QtBot, store: SqlStore) -> Iterator[Clerk]:
    with desk_at(store, GIVER, NOON.at + timedelta(days=1)) as desk:
        page, items = HandoverPage(desk), ItemScans(desk)
        items.found.connect(page.show_finding)
        qtbot.addWidget(page)
        page.resize(1100, 640)
        yield Clerk(qtbot, page, items, store)


def case_of(store: SqlStore, name: str) -> str:
    pupil = Pupil(name=name, school_class="4A2", guardian="Ba")
    command = handover.EnterCase(level="primary", school=SCHOOL, pupil=pupil)
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def kept(store: SqlStore, serial: str) -> str:
    device, case = life.ready_laptop(store, serial), case_of(store, f"Em {serial}")
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device


def charger_of(store: SqlStore, device: str) -> str:
    label = LabelItem(role=ItemRole.ACCESSORY, item="charger", device=device)
    return label_item(label, store, CLERK, NOON).header.subject


def open_tab(qtbot: QtBot, clerk: Clerk, tab: str, lines: int) -> None:
    page = clerk.page
    page.show()
    page.activateWindow()
    page.show_tab(tab)
    model = {
        "match": page.match.cases.view,
        "school": page.school.schools.view,
        "lines": page.lines.devices.view,
        "back": page.back.devices.view,
    }[tab].model()
    qtbot.waitUntil(lambda: page.isActiveWindow() and model.rowCount() == lines)


def test_two_scans_pack_a_device_and_a_wrong_charger_packs_nothing(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    first, second, third = (kept(store, serial) for serial in ("S1", "S2", "S3"))
    its, anothers = charger_of(store, first), charger_of(store, second)
    open_tab(qtbot, clerk, "school", 1)

    clerk.scan(first)
    clerk.scan(anothers)
    qtbot.waitUntil(clerk.page.school.alarm.isVisible)
    assert not clerk.device(first).packed
    clerk.scan(its)
    qtbot.waitUntil(lambda: clerk.told[-1:] == ["012 000001 5 is packed for Em S1."])
    assert clerk.device(first).packed

    clerk.scans = 0
    for device in (second, third):  # the third has no labelled charger: it is scanned again
        clerk.scan(device)
        clerk.scan(anothers if device == second else device)
        clerk.hears(grouped(device))
    assert (clerk.scans, clerk.keys) == (4, 0)

    clerk.take_back()
    qtbot.waitUntil(lambda: not clerk.device(third).packed)
    qtbot.waitUntil(lambda: len(clerk.page.school.schools.model.lines[0].packed) == 2)
    assert "2/3 packed" in clerk.page.school._told.text()


def test_devices_are_packed_in_a_row_by_one_scan_each(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    devices = [kept(store, serial) for serial in ("S1", "S2", "S3")]
    stranger = life.receive(store, serial="S9")
    open_tab(qtbot, clerk, "school", 1)
    page, row = clerk.page, clerk.page.school.row
    assert not page.take_scan(parse(devices[0]))  # not wanted yet
    row.wanted.setChecked(True)

    for device in devices:
        with qtbot.waitSignal(page.good):
            assert page.take_scan(parse(device))
    with qtbot.waitSignal(page.doubted):
        page.take_scan(parse(devices[1]))
    with qtbot.waitSignal(page.alarmed):
        page.take_scan(parse(stranger))

    assert "kept for no pupil" in page.school._acts.problem
    assert row.streak.codes == tuple(devices)
    row.streak.back.click()
    qtbot.waitUntil(lambda: not clerk.device(devices[2]).packed)
    assert clerk.device(devices[1]).packed
    page.show_tab("match")
    assert not page.take_scan(parse(devices[2]))  # another tab


def test_what_is_packed_goes_and_the_rest_stays_and_one_goes_along_after_all(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    packed, forgotten = kept(store, "S1"), kept(store, "S2")
    open_tab(qtbot, clerk, "school", 1)
    clerk.scan(packed)
    clerk.scan(packed)
    qtbot.waitUntil(lambda: len(clerk.page.school.schools.model.lines[0].packed) == 1)

    with qtbot.waitSignal(clerk.page.print_minutes) as printed:
        clerk.press(Qt.Key.Key_Return, CONTROL)
    assert printed.args is not None
    batch = printed.args[0]
    assert [clerk.device(d).stage for d in (packed, forgotten)] == [
        Stage.WITH_SCHOOL,
        Stage.RESERVED,
    ]

    qtbot.waitUntil(lambda: clerk.page.school._batch.findData(batch) > 0)
    clerk.page.school._batch.choose(batch)
    clerk.undo = None
    clerk.press(Qt.Key.Key_Return, CONTROL)
    clerk.until(forgotten, Stage.WITH_SCHOOL)
    qtbot.waitUntil(lambda: clerk.undo is not None)
    lot = store.lot(batch)
    assert lot is not None
    assert lot.devices == (packed, forgotten)

    clerk.take_back()
    clerk.until(forgotten, Stage.RESERVED)


def test_who_hands_over_right_after_packing_hands_over_what_is_packed(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    packed, left = kept(store, "S1"), kept(store, "S2")
    open_tab(qtbot, clerk, "school", 1)
    school = clerk.page.school
    clerk.page._desk.recorded.disconnect()  # the lists are on their way still

    clerk.scan(packed)
    clerk.scan(packed)
    clerk.hears("is packed for")
    assert "1/2 packed" in school._told.text()
    with qtbot.waitSignal(clerk.page.print_minutes):
        clerk.press(Qt.Key.Key_Return, CONTROL)

    clerk.until(packed, Stage.WITH_SCHOOL)
    assert clerk.device(left).stage is Stage.RESERVED


def test_a_batch_of_forty_is_confirmed_from_its_paper_in_few_actions(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    devices = batch_of_forty(store)
    batch = clerk.device(devices[0]).batch
    assert batch is not None
    open_tab(qtbot, clerk, "match", 0)
    qtbot.waitUntil(lambda: bool(clerk.page.lines._batches))

    clerk.press(Qt.Key.Key_4, ALT)
    clerk.scan(batch)
    for home in devices[:2]:
        clerk.scan(home)
    assert clerk.page.lines._told.text() == "38 pupils signed, 2 devices came back"
    clerk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    clerk.until(devices[-1], Stage.HANDED_OVER)

    assert clerk.scans + clerk.keys == 5, "of the ten that are allowed"
    stages = [clerk.device(device).stage for device in devices]
    assert stages == [Stage.WITH_SCHOOL] * 2 + [Stage.HANDED_OVER] * 38
    assert {clerk.device(device).undelivered for device in devices[:2]} == {"undelivered"}
    assert clerk.device(devices[0]).place == "point-012"

    qtbot.waitUntil(lambda: clerk.undo is not None)
    clerk.take_back()
    clerk.until(devices[-1], Stage.WITH_SCHOOL)


def batch_of_forty(store: SqlStore) -> list[str]:
    """Forty devices with a school; monitors, of which the gate asks least."""
    devices = [ready_monitor(store, number) for number in range(40)]
    for number, device in enumerate(devices):
        case = case_of(store, f"Em {number}")
        handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    command = handover.HandOverBatch(school=SCHOOL, devices=tuple(devices))
    handover.hand_over_batch(command, store, GIVER, NOON)
    return devices


def ready_monitor(store: SqlStore, number: int) -> str:
    device = life.receive(store, kind="monitor", serial=f"N{number}", serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    rules = store.reference.release_policy(NOON.day).rules("monitor")
    life.try_by_hand(store, device, *rules.checks)
    kit = bench.CheckKit(device=device, present=rules.kit)
    bench.check_kit(kit, store, TECHNICIAN, NOON)
    bench.confirm_grade(bench.ConfirmGrade(device=device, grade="b"), store, TECHNICIAN, NOON)
    life.make_ready(store, device)
    return device


def test_cases_are_matched_one_after_the_other_by_keys_and_each_can_be_undone(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    devices = [life.ready_laptop(store, serial) for serial in ("S1", "S2")]
    for name in ("An", "Bình"):
        case_of(store, name)
    open_tab(qtbot, clerk, "match", 2)
    match = clerk.page.match

    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: match.cases.chosen is not None)
    assert match.devices.chosen is None, "nothing is chosen by itself"
    clerk.press(Qt.Key.Key_D, CONTROL | SHIFT)
    clerk.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: match.devices.chosen is not None)
    assert "Not known whether it is enough for Primary school" in match._why.text()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    clerk.until(devices[0], Stage.RESERVED)
    qtbot.waitUntil(lambda: len(match.cases.model.lines) == 1)
    assert match.cases.chosen is not None
    assert match.devices.chosen is None

    clerk.take_back()
    clerk.until(devices[0], Stage.READY)


def test_lines_that_are_left_keep_their_state_when_the_rest_is_confirmed(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    first, second = kept(store, "S1"), kept(store, "S2")
    command = handover.HandOverBatch(school=SCHOOL, devices=(first, second))
    batch = handover.hand_over_batch(command, store, GIVER, NOON).batch
    absent = handover.ConfirmHandover(device=first, result="absent")
    handover.confirm_handover(absent, store, GIVER, NOON)
    open_tab(qtbot, clerk, "lines", 2)

    clerk.scan(batch)
    assert clerk.page.lines._told.text() == (
        "1 pupil signed, 0 devices came back, 1 line left open"
    )
    clerk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    clerk.until(second, Stage.HANDED_OVER)

    assert clerk.device(first).undelivered == "absent"


def test_what_came_home_waits_while_another_batch_is_looked_at_and_after_an_undo(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    batches = []
    for serials in (("S1", "S2"), ("S3", "S4")):
        devices = tuple(kept(store, serial) for serial in serials)
        command = handover.HandOverBatch(school=SCHOOL, devices=devices)
        batches.append((handover.hand_over_batch(command, store, GIVER, NOON).batch, devices))
    (batch, (home, signed)), (other, _devices) = batches
    open_tab(qtbot, clerk, "lines", 4)
    lines = clerk.page.lines

    clerk.scan(batch)
    clerk.scan(home)
    clerk.scan(other)
    assert lines._told.text() == "2 pupils signed, 0 devices came back"
    assert lines.unfinished()
    clerk.scan(batch)
    assert lines._told.text() == "1 pupil signed, 1 device came back"
    clerk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    clerk.until(signed, Stage.HANDED_OVER)
    qtbot.waitUntil(lambda: not lines.unfinished())

    qtbot.waitUntil(lambda: clerk.undo is not None)
    clerk.take_back()
    clerk.until(signed, Stage.WITH_SCHOOL)
    clerk.scan(batch)
    qtbot.waitUntil(lambda: lines._told.text() == "1 pupil signed, 1 device came back")


def test_a_broken_device_is_taken_in_and_given_back_by_keys_and_its_data_stay_the_pupils(
    qtbot: QtBot, store: SqlStore, clerk: Clerk
) -> None:
    device = kept(store, "S1")
    case = clerk.device(device).case_code()
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    page = clerk.page
    open_tab(qtbot, clerk, "back", 1)

    clerk.scan(device)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    in_dialog(qtbot, page, "take_back_dialog")
    clerk.press(Qt.Key.Key_Down)  # the first reason
    with qtbot.waitSignal(page.papers_offered) as receipt:
        clerk.press(Qt.Key.Key_Return, CONTROL)
    assert receipt.args is not None
    assert receipt.args[0] == device
    clerk.until(device, Stage.IN_REPAIR_FOR_PUPIL)
    erasure = bench.RecordErasure(device=device, disk=life.DISK, method="overwrite", passed=True)
    with pytest.raises(refusals.PupilsDevice):
        bench.record_erasure(erasure, store, TECHNICIAN, NOON)

    qtbot.waitUntil(lambda: page.back.devices.chosen is not None)
    page.activateWindow()  # as a window manager does once a dialog is gone
    qtbot.waitUntil(lambda: page.back._give.isVisible() and page.isActiveWindow())
    clerk.press(Qt.Key.Key_Return, CONTROL)
    in_dialog(qtbot, page, "give_back_dialog")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    clerk.until(device, Stage.HANDED_OVER)
    assert (clerk.scans, clerk.keys) == (1, 5)


def in_dialog(qtbot: QtBot, page: HandoverPage, name: str) -> None:
    """The dialog is open, and has the keys."""
    qtbot.waitUntil(lambda: page.findChild(ActDialog, name) is not None)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page.findChild(ActDialog, name))
