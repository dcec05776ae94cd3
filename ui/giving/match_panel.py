"""Waiting cases beside ready devices: one of each, and the device is kept for the pupil."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.events import Event
from station.handover import Reserve, reserve
from station.reference import Table
from station.words import _
from ui.act_line import ActLine
from ui.buttons import link_button, primary_button
from ui.cards import Card, EmptyState
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.giving.case_form import CaseForm
from ui.giving.given_list import set_word
from ui.giving.handover_lists import CaseLine, HandoverLists
from ui.giving.pupil_words import (
    case_word,
    named_pupil,
    origin_tone,
    origin_word,
    pupil_line,
    school_word,
)
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import fill, list_card, side_by_side
from ui.theme import Role


class MatchPanel(QWidget):
    """Ghép: choose on both sides, or scan both labels in any order."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fresh_case = ""  # just entered: chosen once the list holds it
        self.cases, self.devices = self._case_list(), self._device_list()
        self.form = CaseForm(desk)
        self._recap = ElidedLabel("", Role.STRONG)
        self._keep = primary_button(_("Keep for this pupil"), "", "Ctrl+Return")
        self._keep.setObjectName("keepForPupil")
        self._acts = ActLine(desk, "matchProblem", self._keep, beside=self._recap)
        self._keeping = Duty(desk, self._keep, e.Reserved, self._acts)
        self._right = QStackedWidget()
        self._right.addWidget(list_card(_("Ready to give"), self.devices))
        self._right.addWidget(self.form)
        self._bar = Card()
        self._bar.body.addWidget(self._acts)
        fill(self, side_by_side(self._cases_card(), self._right), self._bar)
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show what waits and what is ready."""
        self.cases.show_lines(lists.waiting)
        if self._fresh_case and self.cases.choose(self._fresh_case):
            self._fresh_case = ""
        self.devices.show_lines(lists.ready)

    def accept_scan(self, code: Code) -> bool:
        """Choose what was scanned, if it is here."""
        if code.kind is CodeKind.CASE and self.form.isVisible():
            self.form.take_code(code.text)
            return True
        side = self.cases if code.kind is CodeKind.CASE else self.devices
        if not side.choose(code.text):
            return False
        self._close_form()
        if self._keep.isEnabled():
            self._keep.setFocus()
        return True

    def _connect(self) -> None:
        self._keep.clicked.connect(self._reserve)
        self._keeping.told.connect(self.said)
        self.cases.chosen_changed.connect(self._show_choice)
        self.devices.chosen_changed.connect(self._show_choice)
        self.form.closed.connect(self._close_form)
        self._desk.operator_changed.connect(self._close_form)
        self.form.entered.connect(self._entered)

    def _cases_card(self) -> Card:
        card = list_card(_("Cases waiting"), self.cases)
        enter = link_button(_("Enter a case"), "Ctrl+E")
        enter.setObjectName("enterCase")
        enter.clicked.connect(self._open_form)
        card.add_to_head(enter)
        Duty(self._desk, enter, e.CaseEntered, card).told.connect(self.said)
        return card

    def _case_list(self) -> LineList[CaseLine]:
        columns = (
            Column[CaseLine](_("Case"), case_word, width=148),
            Column[CaseLine](_("Pupil"), named_pupil),
            Column[CaseLine](_("School"), self._school, width=104),
            Column[CaseLine](_("Waiting"), self._waiting, origin_tone, width=172),
        )
        how = _("Cases come from the programme's service, or are entered from the printed list.")
        empty = EmptyState(_("No case waits for a device"), how)
        return LineList(columns, lambda line: line.case.code, empty).named(
            "waitingCases", _("Cases waiting")
        )

    def _school(self, line: CaseLine) -> str:
        """The school, whose short name says its level; the level alone where it is not known."""
        school = school_word(line.case.school, self._desk.reference, self._desk.now().day)
        return school or coded(Table.LEVELS, line.case.level, self._desk.reference)

    def _waiting(self, line: CaseLine) -> str:
        age = age_words(line.since, self._desk.now().day) if line.since else ""
        return " · ".join(part for part in (origin_word(line), age) if part)

    def _device_list(self) -> LineList[Device]:
        reference = self._desk.reference
        columns = (
            Column[Device](_("Device code"), lambda device: grouped(device.code), width=132),
            Column[Device](_("Device"), lambda device: set_word(device, self._desk)),
            Column[Device](
                _("Grade"),
                lambda device: coded(Table.GRADES, device.grade, reference) if device.grade else "",
                width=92,
            ),
        )
        how = _("Devices come here from the bench, once they meet all conditions.")
        empty = EmptyState(_("No device is ready"), how)
        return LineList(columns, lambda device: device.code, empty).named(
            "readyDevices", _("Ready to give")
        )

    def _open_form(self) -> None:
        self._right.setCurrentWidget(self.form)
        self._bar.hide()
        self.form.setFocus()

    def _close_form(self) -> None:
        """What was begun there is nobody else's: the next case and operator begin anew."""
        self.form.clear()
        self.form.school.choose(None)
        self._right.setCurrentIndex(0)
        self._bar.show()

    def _entered(self, case: str) -> None:
        self._fresh_case = case
        self.said.emit(_("Case {case} is entered.").format(case=grouped(case)))

    def _show_choice(self) -> None:
        device, case = self.devices.chosen, self.cases.chosen
        self._keeping.offer(device is not None and case is not None)
        self._acts.clear()
        named = [
            f"{grouped(device.code)} {set_word(device, self._desk)}" if device else _("a device?"),
            pupil_line(case, self._desk.reference, self._desk.now().day) if case else _("a case?"),
        ]
        hint = _("Choose a case and a device, or scan both.")
        self._recap.setText("  →  ".join(named) if device or case else hint)

    def _reserve(self) -> None:
        device, case = self.devices.chosen, self.cases.chosen
        if device is not None and case is not None:
            command = Reserve(device=device.code, case=case.case.code)
            self._acts.take(partial(reserve, command), partial(self._kept, case))

    def _kept(self, case: CaseLine, events: tuple[Event, ...]) -> None:
        device = grouped(events[0].header.subject)
        kept = _("{device} is kept for {pupil}.")
        self.said.emit(kept.format(device=device, pupil=named_pupil(case)))
        self.cases.setFocus()
