"""Handing a promised device to its pupil, with the minutes; or freeing it for another."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station import events as e
from station.batches import withdraw_handover
from station.codes import Code, grouped
from station.events import Event
from station.handover import HandOver, Reserve, hand_over, reserve
from station.ledger import Moment
from station.operators import Operator
from station.packing import Pack, pack
from station.people import Pupil
from station.ports import Store
from station.words import _
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState
from ui.desk import Desk
from ui.duty import Duty
from ui.giving.given_dialogs import FreeDialog
from ui.giving.given_list import given_list, scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.pupil_words import pupil_word
from ui.giving.recap import Recap
from ui.giving.receiver_fields import FamilyReceiver
from ui.open_dialog import open_dialog
from ui.side_by_side import fill, form_card, list_card, side_by_side
from ui.undoing import Undoing


class PupilPanel(QWidget):
    """Trao cho học sinh: the device, the people who came, what goes with it."""

    said = Signal(str)
    print_minutes = Signal(str)  # of a case or a batch

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about = ""  # the device whose receiver is being filled in
        self.undoing = Undoing(desk, self)
        how = _("Keep a device for a pupil first.")
        self.devices = given_list(desk, EmptyState(_("No device is promised"), how)).named(
            "promisedDevices", _("Promised devices")
        )
        self._recap = Recap(desk, _("Choose a line, or scan the device's label."))
        self._receiver = FamilyReceiver(desk.reference)
        self._give = primary_button(_("Hand over, print minutes"), "print", "Ctrl+Return")
        self._give.setObjectName("handOver")
        self._free = secondary_button(_("Free the device"))
        self._free.setObjectName("freeDevice")
        self._acts = ActLine(desk, "pupilProblem", self._free, self._give)
        self._giving = Duty(desk, self._give, e.HandedOver, self._acts)
        self._freeing = Duty(desk, self._free, e.ReservationReleased, self._acts)
        fill(
            self,
            side_by_side(
                list_card(_("Promised to pupils"), self.devices),
                form_card(_("Hand over"), self._recap, self._receiver, self._acts),
            ),
        )
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show what is promised."""
        self.devices.show_lines(lists.promised)

    def accept_scan(self, code: Code) -> bool:
        """Choose the device that was scanned, or the one kept for the scanned case."""
        found = scanned_key(self.devices.model.lines, code)
        if found is None:
            return False
        self.devices.choose(found)
        self._give.setFocus()
        return True

    def _connect(self) -> None:
        self._give.clicked.connect(self._hand_over)
        self._free.clicked.connect(self._open_free)
        self.devices.chosen_changed.connect(self._show_choice)
        self.undoing.said.connect(self.said)
        for duty in (self._giving, self._freeing):
            duty.told.connect(self.said)

    def _show_choice(self) -> None:
        line = self.devices.chosen
        for duty in (self._giving, self._freeing):
            duty.offer(line is not None)
        self._recap.show_line(line)
        about = line.device.code if line else ""
        if about != self._about:  # a list read again leaves what was typed
            self._about = about
            self._acts.clear()
            self._receiver.propose(line.pupil if line else Pupil(name=""))

    def _hand_over(self) -> None:
        line = self.devices.chosen
        if line is not None and self._receiver.check():
            command = HandOver(
                device=line.device.code, case=line.case.code, receiver=self._receiver.person
            )
            self._acts.take(partial(hand_over, command), partial(self._given, line))

    def _given(self, line: GivenLine, events: tuple[Event, ...]) -> None:
        codes = tuple(event.header.subject for event in events)
        given = _("{device} is handed over to {pupil}.")
        self.undoing.tell(
            given.format(device=grouped(codes[0]), pupil=pupil_word(line.pupil)),
            partial(withdraw_handover, codes[:1]),
        )
        self.print_minutes.emit(line.case.code)
        self.devices.setFocus()

    def _open_free(self) -> None:
        line = self.devices.chosen
        if line is not None:
            dialog = FreeDialog(line, self._desk.reference, self)
            open_dialog(dialog, self._desk, lambda _events: self._freed(line))

    def _freed(self, line: GivenLine) -> None:
        freed = _("{device} is free for another pupil.")
        again = partial(_keep_again, line)
        self.undoing.tell(freed.format(device=grouped(line.device.code)), again)


def _keep_again(line: GivenLine, store: Store, by: Operator, when: Moment) -> None:
    """Kept for the same pupil, and in its pack where it lay in one."""
    reserve(Reserve(device=line.device.code, case=line.case.code), store, by, when)
    if line.device.packed:
        pack(Pack(device=line.device.code), store, by, when)
