"""A school takes all devices promised to its pupils, on one paper."""

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station import events as e
from station.codes import Code, grouped
from station.handover import BatchOut, HandOverBatch, hand_over_batch
from station.words import _, _n
from ui.act_line import ActLine
from ui.buttons import primary_button
from ui.cards import EmptyState
from ui.desk import Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.giving.given_list import given_list, scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.pupil_words import school_word
from ui.giving.receiver_fields import SchoolReceiver
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import fill, list_card, side_by_side
from ui.theme import Role


class SchoolLine(Struct, frozen=True):
    """A school and what it may take now."""

    school: str
    lines: tuple[GivenLine, ...]


class SchoolPanel(QWidget):
    """Trao theo trường: each pupil's line is confirmed later, when the school has passed it on."""

    said = Signal(str)
    print_minutes = Signal(str)  # of a case or a batch

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.schools = self._school_list()
        how = _("Devices that are promised to its pupils stand here.")
        self.devices = given_list(desk, EmptyState(_("Choose a school"), how)).named(
            "schoolDevices", _("Devices for the school")
        )
        self._recap = ElidedLabel("", Role.STRONG)
        self._receiver = SchoolReceiver(desk.reference)
        self._give = primary_button(_("Hand over, print minutes"), "print", "Ctrl+Return")
        self._give.setObjectName("handOverBatch")
        self._acts = ActLine(desk, "schoolProblem", self._give)
        self._giving = Duty(desk, self._give, e.BatchTakenOut, self._acts)
        right = list_card(
            _("Devices for the school"), self.devices, self._recap, self._receiver, self._acts
        )
        left = list_card(_("Schools"), self.schools)
        fill(self, side_by_side(left, right, weights=(2, 5)))
        self._give.clicked.connect(self._hand_over)
        self._giving.told.connect(self.said)
        self.schools.chosen_changed.connect(self._show_choice)
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show which schools may take something now."""
        self.schools.show_lines(by_school(lists.promised))

    def accept_scan(self, code: Code) -> bool:
        """Choose the school of the device or case that was scanned."""
        for line in self.schools.model.lines:
            found = scanned_key(line.lines, code)
            if found is not None:
                self.schools.choose(line.school)
                return self.devices.choose(found)
        return False

    def _school_list(self) -> LineList[SchoolLine]:
        reference, desk = self._desk.reference, self._desk
        columns = (
            Column[SchoolLine](
                _("School"), lambda line: school_word(line.school, reference, desk.now().day)
            ),
            Column[SchoolLine](_("How many"), lambda line: str(len(line.lines)), width=84),
        )
        how = _("Keep devices for pupils of a school first.")
        empty = EmptyState(_("No school has promised devices"), how)
        return LineList(columns, lambda line: line.school, empty).named(
            "schoolsWaiting", _("Schools")
        )

    def _show_choice(self) -> None:
        chosen = self.schools.chosen
        lines = chosen.lines if chosen else ()
        self._giving.offer(bool(lines))
        self._acts.clear()
        self.devices.show_lines(lines)
        words = _n("{count} device goes to {school}", "{count} devices go to {school}", len(lines))
        self._recap.setText(
            words.format(count=len(lines), school=self._school_name(chosen)) if chosen else ""
        )

    def _school_name(self, line: SchoolLine) -> str:
        return school_word(line.school, self._desk.reference, self._desk.now().day)

    def _hand_over(self) -> None:
        chosen = self.schools.chosen
        if chosen is not None and self._receiver.check():
            command = HandOverBatch(
                school=chosen.school,
                devices=tuple(line.device.code for line in chosen.lines),
                receiver=self._receiver.person,
            )
            self._acts.take(partial(hand_over_batch, command), partial(self._given, chosen))

    def _given(self, line: SchoolLine, out: BatchOut) -> None:
        given = _("{school} took batch {batch}.")
        batch = grouped(out.batch)
        self.said.emit(given.format(school=self._school_name(line), batch=batch))
        self._receiver.clear()
        self.print_minutes.emit(out.batch)


def by_school(promised: tuple[GivenLine, ...]) -> tuple[SchoolLine, ...]:
    """Promised devices by the pupils' school; what is on hold stays here."""
    free = [line for line in promised if line.case.school and not line.device.hold]
    schools = dict.fromkeys(line.case.school for line in free if line.case.school)
    return tuple(
        SchoolLine(school, tuple(line for line in free if line.case.school == school))
        for school in schools
    )
