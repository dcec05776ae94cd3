"""Recording that a disk left the device for good."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import bench
from station.device import Device
from station.reference import Reference, Table
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.disk_fields import DiskFields
from ui.device_words import device_line
from ui.field import Field


class RemovalDialog(ActDialog):
    """Asks which disk, and where it went."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.REMOVE_DISK
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record that it is out"), parent)
        self._device = device.code
        self.disk = DiskFields(device, reference, dirty_only=False)
        self.destiny = Choice("destiny", reference.entries(Table.DESTINIES), _("Choose where"))
        self._destiny_field = Field(_("Where it went"), self.destiny)
        self.add(self.disk, self._destiny_field)
        self.destiny.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        disk = self.disk.chosen()
        if disk is None:
            return None
        if self.destiny.chosen is None:
            missing(self._destiny_field)
            return None
        removed = bench.RemoveStorage(device=self._device, disk=disk, destiny=self.destiny.chosen)
        return partial(bench.remove_storage, removed)

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.disk.field_of(error)
