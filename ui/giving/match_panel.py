"""Waiting cases beside the devices that suit the chosen one: a person keeps one for the pupil."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.direct_gifts import Promise, promise, withdraw_gift
from station.events import Event
from station.handover import ReleaseReservation, Reserve, release_reservation, reserve
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.act_line import ActLine
from ui.buttons import link_button, primary_button, secondary_button
from ui.cards import Card
from ui.desk import Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.giving.case_form import CaseForm
from ui.giving.case_list import CaseList
from ui.giving.gift_dialogs import DirectGiftDialog, ReleasePromiseDialog
from ui.giving.given_list import set_word
from ui.giving.handover_lists import CaseLine, HandoverLists
from ui.giving.mistake_dialog import CaseMistakeDialog, may_be_a_mistake
from ui.giving.pupil_words import named_pupil, pupil_line
from ui.giving.ready_list import ReadyList
from ui.open_dialog import open_dialog
from ui.side_by_side import fill, list_card, side_by_side
from ui.theme import Role
from ui.undoing import Undoing

BY_MISTAKE = "reserved-by-mistake"


class MatchPanel(QWidget):
    """Ghép: choose on both sides, or scan both labels in any order."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fresh_case = ""  # just entered: chosen once the list holds it
        self._about = ""  # the case whose devices are shown
        self.undoing = Undoing(desk, self)
        self.waiting, self.ready = CaseList(desk), ReadyList(desk)
        self.cases, self.devices = self.waiting.listing, self.ready.listing
        self.form = CaseForm(desk)
        self._recap, self._why = ElidedLabel("", Role.STRONG), ElidedLabel("", Role.MUTED)
        self._keep = primary_button(_("Keep for this pupil"), "", "Ctrl+Return")
        self._keep.setObjectName("keepForPupil")
        self._release = secondary_button(_("Release the donor's choice…"))
        self._release.setObjectName("releasePromise")
        self._mistake = secondary_button(_("Entered by mistake…"))
        self._mistake.setObjectName("caseMistake")
        acts = (self._mistake, self._release, self._keep)
        self._acts = ActLine(desk, "matchProblem", *acts, beside=self._recap)
        self._keeping = Duty(desk, self._keep, e.Reserved, self._acts)
        self._releasing = Duty(desk, self._release, e.PromiseReleased, self._acts)
        self._dropping = Duty(desk, self._mistake, e.CaseEntered, self._acts)
        self._right = QStackedWidget()
        self._right.addWidget(list_card(_("Ready to give"), self.ready))
        self._right.addWidget(self.form)
        self._bar = Card()
        self._bar.body.addWidget(self._acts)
        self._bar.body.addWidget(self._why)
        fill(self, side_by_side(self._cases_card(), self._right, weights=(1, 1)), self._bar)
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show what waits and what suits it."""
        self.ready.know(lists)
        self._about = "?"  # what is ready may be other devices now
        self.waiting.show_lines(lists.waiting, go_on=True)
        if self._fresh_case and self.waiting.choose(self._fresh_case):
            self._fresh_case = ""

    def accept_scan(self, code: Code) -> bool:
        """Choose what was scanned, if it is here."""
        if code.kind is CodeKind.CASE and self.form.isVisible():
            self.form.take_code(code.text)
            return True
        side = self.waiting if code.kind is CodeKind.CASE else self.ready
        if not side.choose(code.text):
            return False
        self._close_form()
        if self._keep.isEnabled():
            self._keep.setFocus()
        return True

    def _connect(self) -> None:
        self._keep.clicked.connect(self._reserve)
        self._release.clicked.connect(self._open_release)
        self._mistake.clicked.connect(self._open_mistake)
        for duty in (self._keeping, self._releasing, self._dropping):
            duty.told.connect(self.said)
        self.undoing.said.connect(self.said)
        self.cases.chosen_changed.connect(self._show_devices)
        self.devices.chosen_changed.connect(self._show_choice)
        self.form.closed.connect(self._close_form)
        self._desk.operator_changed.connect(self._close_form)
        self.form.entered.connect(self._entered)

    def _cases_card(self) -> Card:
        card = list_card(_("Cases waiting"), self.waiting)
        self._gift = link_button(_("Direct gift…"), "Ctrl+D")
        self._gift.setObjectName("directGift")
        self._gift.clicked.connect(self._open_gift)
        enter = link_button(_("Enter a case"), "Ctrl+E")
        enter.setObjectName("enterCase")
        enter.clicked.connect(self._open_form)
        for button, records in ((self._gift, e.GivenDirectly), (enter, e.CaseEntered)):
            card.add_to_head(button)
            duty = Duty(self._desk, button, records, card)
            duty.told.connect(self.said)
            if button is self._gift:
                self._gifting = duty
        return card

    @property
    def _device(self) -> Device | None:
        line = self.devices.chosen
        return line.device if line else None

    # ---- the case form ----

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

    def _entered(self, event: Event) -> None:
        self._fresh_case = event.header.subject
        told = _("Case {case} is entered.").format(case=grouped(self._fresh_case))
        self.undoing.tell(told, partial(withdraw, Withdraw(events=(event.hash,))))

    # ---- what is chosen ----

    def _show_devices(self) -> None:
        """Another case asks for other devices; the chosen one stays while it suits."""
        case = self.cases.chosen
        about = case.case.code if case else ""
        if about != self._about:
            self._about = about
            self.ready.show_for(case)
        self._show_choice()

    def _show_choice(self) -> None:
        device, case, day = self._device, self.cases.chosen, self._desk.now().day
        self._keeping.offer(device is not None and case is not None)
        self._gifting.offer(case is not None)
        promised = device is not None and device.promised is not None
        self._release.setVisible(promised)
        self._releasing.offer(promised)
        mistaken = may_be_a_mistake(case)
        self._mistake.setVisible(mistaken)
        self._dropping.offer(mistaken)
        self._acts.clear()
        named = [
            f"{grouped(device.code)} {set_word(device, self._desk)}" if device else _("a device?"),
            pupil_line(case, self._desk.reference, day) if case else _("a case?"),
        ]
        hint = _("Choose a case and a device, or scan both.")
        self._recap.setText("  →  ".join(named) if device or case else hint)
        chosen = self.devices.chosen
        gift = self.waiting.gift(case) if case else ""
        self._why.setText(chosen.why if chosen else gift)
        self._why.setVisible(bool(self._why.text()))

    # ---- acts ----

    def _reserve(self) -> None:
        device, case = self._device, self.cases.chosen
        if device is not None and case is not None:
            command = Reserve(device=device.code, case=case.case.code)
            self._acts.take(partial(reserve, command), partial(self._kept, case))

    def _kept(self, case: CaseLine, events: tuple[Event, ...]) -> None:
        code = events[0].header.subject
        kept = _("{device} is kept for {pupil}.")
        back = ReleaseReservation(device=code, reason=BY_MISTAKE)
        self.undoing.tell(
            kept.format(device=grouped(code), pupil=named_pupil(case)),
            partial(release_reservation, back),
        )
        self.cases.view.setFocus()

    def _open_gift(self) -> None:
        case = self.cases.chosen
        if case is not None:
            about = pupil_line(case, self._desk.reference, self._desk.now().day)
            dialog = DirectGiftDialog(case.case.code, about, self._desk.reference, self)
            open_dialog(dialog, self._desk, partial(self._gifted, case))

    def _gifted(self, case: CaseLine, event: Event) -> None:
        code = event.header.subject
        given = _("Recorded as {device}: given directly to {pupil}, not checked.")
        self.undoing.tell(
            given.format(device=grouped(code), pupil=named_pupil(case)),
            partial(withdraw_gift, code),
        )

    def _open_mistake(self) -> None:
        case = self.cases.chosen
        if case is not None:
            about = pupil_line(case, self._desk.reference, self._desk.now().day)
            dialog = CaseMistakeDialog(case.case.code, about, self._desk.reference, self)
            told = _("Case {case} waits no more.").format(case=grouped(case.case.code))
            open_dialog(dialog, self._desk, lambda _events: self.said.emit(told))

    def _open_release(self) -> None:
        device = self._device
        if device is not None and device.promised is not None:
            dialog = ReleasePromiseDialog(device, self._desk.reference, self)
            again = Promise(device=device.code, case=device.promised)
            open_dialog(dialog, self._desk, lambda _event: self._released(again))

    def _released(self, again: Promise) -> None:
        told = _("{device} is for whoever it suits now.")
        self.undoing.tell(told.format(device=grouped(again.device)), partial(promise, again))
