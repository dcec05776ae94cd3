"""Devices of which one paper is made: those that are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from station.codes import grouped
from station.device import Device
from station.reference import Reference
from station.words import _
from ui.device_words import device_name

CODE = Qt.ItemDataRole.UserRole
HEIGHT, SPARE = 180, 16


class DeviceTicks(QListWidget):
    """All of them are ticked until a person thinks otherwise."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.setObjectName("paperDevices")
        self.setAccessibleName(_("Devices on the paper"))

    @property
    def ticked(self) -> tuple[str, ...]:
        """Their codes, in order."""
        items = map(self.item, range(self.count()))
        return tuple(
            str(item.data(CODE)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Offer these; what was unticked stays unticked."""
        before = {str(self.item(at).data(CODE)) for at in range(self.count())}
        left_out = before.difference(self.ticked)
        self.clear()
        for device in devices:
            item = QListWidgetItem(
                f"{grouped(device.code)} · {device_name(device, self._reference)}"
            )
            item.setData(CODE, device.code)
            ticked = device.code not in left_out
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.addItem(item)
        rows = max(self.count(), 1) * self.sizeHintForRow(0) if devices else 0
        self.setFixedHeight(min(HEIGHT, rows + SPARE))
