"""A part on its way: out of this device or into it, from stock or straight from another device."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import bench, refusals
from station.codes import BadCode, Code
from station.device import Device
from station.reference import Reference, Table
from station.words import _, _c
from ui.act_dialog import missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.other_device import OtherDeviceDialog
from ui.wording import explain

OUT_TO_STOCK, OUT_TO_DEVICE = "out_to_stock", "out_to_device"
IN_FROM_STOCK, IN_FROM_DEVICE = "in_from_stock", "in_from_device"


class MovePartPanel(OtherDeviceDialog):
    """Asks which part, which way, and for the other device."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.MOVE_PART
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record the move"), parent)
        self._device, self._reference = device.code, reference
        self.item = Choice("item", reference.entries(Table.PARTS), _("Choose the part"))
        self._item_field = Field(_c("spare", "Part"), self.item)
        self.way = Choice("way")
        self.way.offer(_ways())
        self.way.setCurrentIndex(0)
        self.way.currentIndexChanged.connect(self._show_other)
        self._way_field = Field(_("Way"), self.way)
        self.add(self._item_field, self._way_field, self.other_field)
        self._show_other()
        self.item.setFocus()

    @override
    def take_scan(self, code: Code) -> None:
        if self.way.chosen == OUT_TO_STOCK:
            self.way.choose(OUT_TO_DEVICE)
        elif self.way.chosen == IN_FROM_STOCK:
            self.way.choose(IN_FROM_DEVICE)
        super().take_scan(code)
        self.item.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.item.chosen is None:
            missing(self._item_field)
            return None
        try:
            out_of, into = self._ends()
        except BadCode as error:
            self.refuse(error, explain(error, self._reference))
            return None
        moved = bench.MovePart(item=self.item.chosen, out_of=out_of, into=into)
        return partial(bench.move_part, moved)

    @override
    def field_of(self, error: Exception) -> Field | None:
        about_other = isinstance(error, BadCode | refusals.UnknownDevice | refusals.SameDevice)
        if about_other:
            return self.other_field
        return self._item_field if isinstance(error, refusals.NotInStock) else None

    def _ends(self) -> tuple[str | None, str | None]:
        """Where the part comes from and where it goes; None is counted stock."""
        way = self.way.chosen
        other = self.other_code() if way in _BETWEEN_DEVICES else None
        return (self._device, other) if way in _OUT else (other, self._device)

    def _show_other(self) -> None:
        self.other_field.setVisible(self.way.chosen in _BETWEEN_DEVICES)


_BETWEEN_DEVICES = {OUT_TO_DEVICE, IN_FROM_DEVICE}
_OUT = {OUT_TO_STOCK, OUT_TO_DEVICE}


def _ways() -> list[tuple[str, str]]:
    return [
        (OUT_TO_STOCK, _("Out of this device, into stock")),
        (OUT_TO_DEVICE, _("Out of this device, into another")),
        (IN_FROM_STOCK, _("Into this device, from stock")),
        (IN_FROM_DEVICE, _("Into this device, out of another")),
    ]
