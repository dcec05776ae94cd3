"""Records what people do about an offer, says it, and offers the way back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from station import offers
from station.offer import PickUp
from station.words import _
from ui.act_dialog import ActDialog
from ui.desk import Act, Desk
from ui.offers.acts import STATES, OfferAct, act_words
from ui.offers.dialogs import CloseDialog, DayDialog, PlanCallDialog
from ui.offers.expected import ExpectedLine
from ui.offers.offer_dialog import OfferDialog
from ui.wording import explain

Undo = Callable[[], None]


class OfferDesk(QObject):
    """Knows the dialogs of the acts; `parent` is the page they open over."""

    receive_wanted = Signal(str)  # the offer's code
    print_wanted = Signal(object)  # ExpectedLine
    said = Signal(str)
    done = Signal(str, object)  # a sentence, and what takes it back
    entered = Signal(str)  # the code of what was entered just now

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def perform(self, act: OfferAct, line: ExpectedLine) -> None:
        """Do it, after its dialog where it needs one."""
        if act is OfferAct.RECEIVE:
            self.receive_wanted.emit(line.code)
        elif act is OfferAct.PRINT:
            self.print_wanted.emit(line)
        elif act in STATES:
            self._note(act, line)
        else:
            self._open(self._dialog(act, line), act_words(act).rstrip("…"), _undo(act, line))

    def enter(self) -> None:
        """Ask what a donor announces."""
        dialog = OfferDialog(self._desk.reference, self._today, self._page)
        self._open(dialog, _("The offer is entered"), None)

    def record(self, act: Act[Any], sentence: str, undo: Act[Any] | None) -> None:
        """Record something, say it, and offer the way back."""
        done = partial(self._tell, sentence, undo)
        self._desk.do(act, lambda _event: done(), self._refuse, owner=self._page)

    def _note(self, act: OfferAct, line: ExpectedLine) -> None:
        command = offers.NotePickUp(offer=line.code, state=STATES[act])
        told = _("{donor}: {act}").format(
            donor=line.donor.name or line.code, act=act_words(act).lower()
        )
        self.record(partial(offers.note_pick_up, command), told, _undo(act, line))

    def _dialog(self, act: OfferAct, line: ExpectedLine) -> ActDialog:
        reference, page = self._desk.reference, self._page
        if act is OfferAct.CLOSE:
            return CloseDialog(line, reference, page)
        if act is OfferAct.CALL:
            return PlanCallDialog(line.code, line.donor.name, reference, self._today, page)
        if act is OfferAct.AMEND:
            return OfferDialog(reference, self._today, page, line)
        return DayDialog(act, line, reference, self._today, page)

    def _today(self) -> date:
        return self._desk.now().day

    def _open(self, dialog: ActDialog, told: str, undo: Act[Any] | None) -> None:
        dialog.confirmed.connect(partial(self._submit, dialog, told, undo))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _submit(self, dialog: ActDialog, told: str, undo: Act[Any] | None) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)
        done = partial(self._done, dialog, told, undo)
        self._desk.do(act, done, partial(self._refuse_in, dialog), owner=self._page)

    def _done(self, dialog: ActDialog, told: str, undo: Act[Any] | None, event: Any) -> None:
        if isValid(dialog):
            dialog.accept()
        if isinstance(dialog, OfferDialog) and undo is None:
            code = event.header.subject
            mistake = offers.CloseOffer(offer=code, reason=offers.BY_MISTAKE)
            undo = partial(offers.close_offer, mistake)
            self.entered.emit(code)
        if isinstance(dialog, PlanCallDialog):
            undo = dialog.way_back
        self._tell(told, undo)

    def _tell(self, sentence: str, undo: Act[Any] | None) -> None:
        if undo is None:
            self.said.emit(sentence)
        else:
            back = partial(self.record, undo, _("Taken back"), None)
            self.done.emit(sentence, back)

    def _refuse_in(self, dialog: ActDialog, error: Exception) -> None:
        sentence = explain(error, self._desk.reference)
        if isValid(dialog):
            dialog.refuse(error, sentence)
        else:
            self.said.emit(sentence)

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _undo(act: OfferAct, line: ExpectedLine) -> Act[Any] | None:
    """What puts everything back as it stood; None where another act does it."""
    offer = line.offer
    if act is OfferAct.CLOSE:
        return partial(offers.reopen_offer, offer.code)
    if act is OfferAct.CALL or (act is OfferAct.FETCH and offer.published):
        return None
    if act in {OfferAct.AMEND, OfferAct.FETCH}:
        before = offers.EnterOffer(
            items=offer.items,
            donor=line.donor,
            expected_on=offer.expected_on,
            part=offer.part,
            pick_up=line.pick_up,
            unit=offer.unit,
            note=line.note,
        )
        return partial(offers.amend_offer, offer.code, before)
    if offer.pick_up is None:
        moved = offers.MoveAppointment(offer=offer.code, on=offer.expected_on, part=offer.part)
        return partial(offers.move_appointment, moved)
    stood = offers.NotePickUp(
        offer=offer.code,
        state=PickUp(offer.pick_up),
        on=offer.expected_on,
        part=offer.part,
    )
    return partial(offers.note_pick_up, stood)
