"""Bộ máy: joining a device to a computer's set, and taking one out of it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import refusals, sets
from station.codes import BadCode, grouped
from station.device import Device
from station.reference import Reference
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.other_device import OtherDeviceDialog
from ui.wording import explain

HEAD, MEMBER = "head", "member"
ABOUT_OTHER = (
    BadCode,
    refusals.UnknownDevice,
    refusals.SameDevice,
    refusals.PartOfSet,
    refusals.HeadsSet,
    refusals.CannotHeadSet,
    refusals.NotInThisStage,
)


class JoinSetDialog(OtherDeviceDialog):
    """Asks for the other device, and which of the two is the computer the set is named by."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.JOIN_SET
        super().__init__(act, act_words(act), device_line(device, reference), _("Join"), parent)
        self._device, self._reference = device.code, reference
        self.way = Choice("way")
        self.way.offer(_ways(device, reference))
        self.way.setCurrentIndex(0)
        self.add(self.other_field, Field(_("Which belongs to which"), self.way))
        self.other.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        try:
            other = self.other_code()
        except BadCode as error:
            self.refuse(error, explain(error, self._reference))
            return None
        head, member = (self._device, other) if self.way.chosen == HEAD else (other, self._device)
        return partial(sets.join_set, sets.JoinSet(head=head, member=member))

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.other_field if isinstance(error, ABOUT_OTHER) else None


class PartSetDialog(ActDialog):
    """Asks which device leaves; of a device that heads no set it is the device itself."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.PART_SET
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, act_words(act), parent)
        self.member = Choice("member", placeholder=_("Choose the device"))
        leaving = device.members or (device.code,)
        self.member.offer((code, grouped(code)) for code in leaving)
        self._member_field = Field(_("Device that leaves the set"), self.member)
        self.add(self._member_field)
        self.member.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.member.chosen is None:
            missing(self._member_field)
            return None
        return partial(sets.part_set, self.member.chosen)


def _ways(device: Device, reference: Reference) -> list[tuple[str, str]]:
    """Only a computer heads a set, and what heads one joins no other; the likeliest first."""
    other_joins = (HEAD, _("The other one belongs to this computer"))
    this_joins = (MEMBER, _("This one belongs to the other, a computer"))
    kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
    if kind is None or not kind.is_computer:
        return [this_joins]
    return [other_joins] if device.members else [other_joins, this_joins]
