"""Naming one disk of a device: chosen from those a report saw, or read off its label."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station import refusals
from station.device import Device, DiskState
from station.events import DiskId
from station.reference import Reference
from station.text import BadText, serial_word
from station.words import _
from ui.act_dialog import missing
from ui.choice import Choice
from ui.field import Field
from ui.sizes import disk_figure
from ui.wording import explain

OTHER = "other"


class DiskFields(QWidget):
    """Which disk, bound to a serial number or WWN."""

    def __init__(self, device: Device, reference: Reference, *, dirty_only: bool) -> None:
        super().__init__()
        self._reference = reference
        disks = tuple(disk for disk in device.disks or () if not disk.removed)
        self._disks = {str(n): d for n, d in enumerate(disks) if not (dirty_only and d.clean)}
        self._device = device
        self.disk = Choice("disk")
        self.disk.offer(
            [*((key, disk_words(d)) for key, d in self._disks.items()), (OTHER, _("Another disk"))]
        )
        self.disk.setCurrentIndex(0)
        self.serial = QLineEdit()
        self.serial.setObjectName("disk_serial")
        self.disk_field = Field(_("Disk"), self.disk)
        self.serial_field = Field(
            _("Serial number of the disk"), self.serial, _("As it stands on the disk's label.")
        )
        self.disk.currentIndexChanged.connect(self._fill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.disk_field)
        layout.addWidget(self.serial_field)
        self._fill()

    def chosen(self) -> DiskId | None:
        """The disk that is meant; None once its field says what is missing."""
        disk = self._chosen_state()
        if disk is not None and (disk.serial or disk.wwn):
            return DiskId(serial=disk.serial, wwn=disk.wwn)
        if not self.serial.text().strip():
            missing(self.serial_field)
            return None
        try:
            return DiskId(serial=serial_word(self.serial.text()))
        except BadText as error:
            self.serial_field.show_error(explain(error, self._reference))
            return None

    def field_of(self, error: Exception) -> Field | None:
        """The field an error is about."""
        return self.serial_field if isinstance(error, refusals.DiskNotNamed) else None

    def _chosen_state(self) -> DiskState | None:
        return self._disks.get(self.disk.chosen or "")

    def _fill(self) -> None:
        """A disk that told its number needs none typed; a tablet's storage has the tablet's own."""
        disk = self._chosen_state()
        named = disk is not None and bool(disk.serial or disk.wwn)
        self.serial_field.setVisible(not named)
        own = self._device.serial if self._device.disks is None else None
        self.serial.setText(own or "")


def disk_words(disk: DiskState) -> str:
    """A disk in one line: model, size, serial number."""
    size = f"{disk_figure(disk.capacity_bytes)} GB" if disk.capacity_bytes else None
    mark = disk.serial or disk.wwn or _("without a serial number")
    return " · ".join(part for part in (disk.model, size, mark) if part)
