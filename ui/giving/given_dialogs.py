"""The exceptions of giving, each with its coded reason: freed, broken, given back, returned."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from station import returns
from station.handover import ReleaseReservation, release_reservation
from station.people import Person
from station.reference import ReasonUse, Reference
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device_words import device_line
from ui.field import Field
from ui.giving.handover_lists import GivenLine
from ui.giving.pupil_words import pupil_word
from ui.name_field import NameField
from ui.note_field import NoteField


class _ReasonDialog(ActDialog):
    """Asks why; what follows is recorded for this reason."""

    def __init__(
        self,
        name: str,
        title: str,
        line: GivenLine,
        reference: Reference,
        parent: QWidget,
        *,
        use: ReasonUse,
    ) -> None:
        super().__init__(name, title, _about(line, reference), title, parent)
        self._device = line.device.code
        self._reason = Choice("reason", reference.reasons(use), _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self._reason)
        self.add(self._reason_field)
        self._reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self._reason.chosen is None:
            missing(self._reason_field)
            return None
        return self.act_because(self._reason.chosen)

    def act_because(self, reason: str) -> Act[Any]:
        """The act for this reason."""
        raise NotImplementedError


class FreeDialog(_ReasonDialog):
    """The device is kept for nobody any more."""

    def __init__(self, line: GivenLine, reference: Reference, parent: QWidget) -> None:
        title, use = _("Free the device"), ReasonUse.RELEASE_RESERVATION
        super().__init__("free_device", title, line, reference, parent, use=use)

    @override
    def act_because(self, reason: str) -> Act[Any]:
        freed = ReleaseReservation(device=self._device, reason=reason)
        return partial(release_reservation, freed)


class TakeBackDialog(_ReasonDialog):
    """The pupil's device is broken. Only with the guardian's word may its data be erased."""

    def __init__(self, line: GivenLine, reference: Reference, parent: QWidget) -> None:
        title, use = _("Take back for repair"), ReasonUse.TAKE_BACK
        super().__init__("take_back", title, line, reference, parent, use=use)
        self._guardian = QLineEdit()
        self._guardian.setObjectName("guardian")
        hint = _("Leave empty when the data must stay: then nobody may erase it.")
        self._note = NoteField()
        named = _("Guardian who allows an erasure")
        self._guardian_field = NameField(named, self._guardian, reference, hint)
        self.add(self._guardian_field, self._note)

    @override
    def act(self) -> Act[Any] | None:
        return super().act() if self._guardian_field.check() else None

    @override
    def act_because(self, reason: str) -> Act[Any]:
        guardian = self._guardian.text()
        taken = returns.TakeBackForRepair(
            device=self._device,
            reason=reason,
            erasure_consent_by=Person(name=guardian) if guardian.strip() else None,
            note=self._note.text,
        )
        return partial(returns.take_back_for_repair, taken)


class ReturnDialog(_ReasonDialog):
    """The device is nobody's again and passes the whole gate anew."""

    def __init__(self, line: GivenLine, reference: Reference, parent: QWidget) -> None:
        title, use = _("Return to stock"), ReasonUse.RETURN_TO_STOCK
        super().__init__("return_to_stock", title, line, reference, parent, use=use)
        self._note = NoteField()
        self.add(self._note)

    @override
    def act_because(self, reason: str) -> Act[Any]:
        returned = returns.ReturnToStock(device=self._device, reason=reason, note=self._note.text)
        return partial(returns.return_to_stock, returned)

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self._note if isinstance(error, BadText) else None


class GiveBackDialog(ActDialog):
    """The repaired device goes back to its pupil."""

    def __init__(self, line: GivenLine, reference: Reference, parent: QWidget) -> None:
        title = _("Give back to the pupil")
        super().__init__("give_back", title, _about(line, reference), title, parent)
        self._device = line.device.code
        self._receiver = QLineEdit(line.pupil.guardian)
        self._receiver.setObjectName("receiver")
        self._receiver_field = NameField(_("Who receives it"), self._receiver, reference)
        self.add(self._receiver_field)
        self._receiver.setFocus()  # not the button: Enter would give the device back unread

    @override
    def act(self) -> Act[Any] | None:
        if not self._receiver_field.check():
            return None
        name = self._receiver.text()
        receiver = Person(name=name) if name.strip() else None
        return partial(returns.give_back, returns.GiveBack(device=self._device, receiver=receiver))


def _about(line: GivenLine, reference: Reference) -> str:
    return f"{device_line(line.device, reference)} · {pupil_word(line.pupil)}"
