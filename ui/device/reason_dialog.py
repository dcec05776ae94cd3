"""Acts that need a coded reason and may carry a note: putting on hold, retiring."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import bench, stock
from station.device import Device
from station.reference import ReasonUse, Reference
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.note_field import NoteField


class ReasonDialog(ActDialog):
    """Asks why."""

    def __init__(
        self, act: BenchAct, use: ReasonUse, device: Device, reference: Reference, parent: QWidget
    ) -> None:
        words = act_words(act)
        super().__init__(act, words, device_line(device, reference), words, parent)
        self._device = device.code
        self.reason = Choice("reason", reference.reasons(use), _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self.reason)
        self.note = NoteField()
        self.add(self._reason_field, self.note)
        self.reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.reason.chosen is None:
            missing(self._reason_field)
            return None
        return self.act_because(self.reason.chosen)

    def act_because(self, reason: str) -> Act[Any]:
        """The act for this reason."""
        raise NotImplementedError

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.note if isinstance(error, BadText) else None


class HoldDialog(ReasonDialog):
    """Stop here until something is settled."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        super().__init__(BenchAct.PUT_ON_HOLD, ReasonUse.HOLD, device, reference, parent)

    @override
    def act_because(self, reason: str) -> Act[Any]:
        held = bench.PutOnHold(device=self._device, reason=reason, note=self.note.text)
        return partial(bench.put_on_hold, held)


class RetireDialog(ReasonDialog):
    """The device will not be given."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        super().__init__(BenchAct.RETIRE, ReasonUse.RETIRE, device, reference, parent)

    @override
    def act_because(self, reason: str) -> Act[Any]:
        retired = stock.Retire(device=self._device, reason=reason, note=self.note.text)
        return partial(stock.retire, retired)
