"""The lead lets one open condition of the gate go, for a coded reason that stands in the event."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import release
from station.device import Device
from station.events import Override
from station.reference import ReasonUse, Reference
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.gate_words import condition_name
from ui.theme import Role, words


class ExceptionDialog(ActDialog):
    """Asks which of the open conditions, and why."""

    def __init__(
        self, device: Device, waivable: tuple[str, ...], reference: Reference, parent: QWidget
    ) -> None:
        act = BenchAct.MAKE_READY_WITH_EXCEPTION
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, act_words(BenchAct.MAKE_READY), parent)
        self._device = device.code
        self.condition = Choice("condition", placeholder=_("Choose the condition"))
        self.condition.offer((name, condition_name(name, reference)) for name in waivable)
        self._condition_field = Field(_("Condition to let go"), self.condition)
        self.reason = Choice("reason", reference.reasons(ReasonUse.OVERRIDE), _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self.reason)
        warning = words(_("One exception for each device; it stays on record."), Role.MUTED)
        self.add(warning, self._condition_field, self._reason_field)
        self.condition.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.condition.chosen is None:
            missing(self._condition_field)
            return None
        if self.reason.chosen is None:
            missing(self._reason_field)
            return None
        override_ = Override(self.condition.chosen, self.reason.chosen)
        ready = release.MakeReady(device=self._device, overrides=(override_,))
        return partial(release.make_ready, ready)
