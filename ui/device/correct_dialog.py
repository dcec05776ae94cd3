"""Đính chính: putting right what an earlier entry said; both versions stay in the history."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import correction, refusals
from station import events as e
from station.reference import ReasonUse, Reference
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.correct_forms import FORMS, TakeBackForm
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.correctable import correctable
from ui.device.judged import JudgedDevice
from ui.device_words import device_line
from ui.field import Field
from ui.theme import Role, words
from ui.wording import explain


class CorrectDialog(ActDialog):
    """Asks which entry, what it should have said, and why it did not."""

    def __init__(self, judged: JudgedDevice, reference: Reference, parent: QWidget) -> None:
        act, device = BenchAct.CORRECT, judged.device
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record the correction"), parent)
        self._reference = reference
        entries = correctable(judged.opened.timeline, device.code, reference)
        self._entries = {entry.event.hex(): entry for entry in entries}
        self._forms = {
            key: (
                TakeBackForm()
                if entry.withdrawn
                else FORMS[type(entry.said)](entry.said, reference)
            )
            for key, entry in self._entries.items()
        }
        self.entry = Choice("entry")
        self.entry.offer((key, entry.words) for key, entry in self._entries.items())
        self.reason = Choice("reason", reference.reasons(ReasonUse.CORRECT), _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self.reason)
        told = _("Only the head of the point corrects what a device is and whether it was erased.")
        self._for_lead = words(told, Role.MUTED)
        self._for_lead.setWordWrap(True)
        self.add(Field(_("Entry"), self.entry), self._for_lead, *self._forms.values())
        self.add(self._reason_field)
        self.entry.currentIndexChanged.connect(self._show_entry)
        self.entry.setCurrentIndex(0)
        self._show_entry()
        self.entry.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        chosen = self._entries[self.entry.chosen or ""]
        changes = self._forms[chosen.event.hex()].changes()
        if changes is None:
            return None
        if not changes and not chosen.withdrawn:
            error = refusals.NothingToRecord()
            self.refuse(error, explain(error, self._reference))
            return None
        reason = self.reason.chosen
        if reason is None:
            missing(self._reason_field)
            return None
        if chosen.withdrawn:
            return partial(withdraw, Withdraw(events=(chosen.event,), reason=reason))
        corrected = correction.Correct(event=chosen.event, fields=changes, reason=reason)
        return partial(correction.correct, corrected)

    def _show_entry(self) -> None:
        chosen = self.entry.chosen or ""
        for key, form in self._forms.items():
            form.setVisible(key == chosen)
        kind = type(self._entries[chosen].said).__name__
        self._for_lead.setVisible(kind in e.IDENTITY_AND_ERASURE)
        self.adjustSize()
