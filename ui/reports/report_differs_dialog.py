"""A report names another machine: a person decides whether it is of this device."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import bench
from station.device import Device
from station.reference import Reference
from station.words import _
from ui.act_dialog import ActDialog
from ui.desk import Act
from ui.device_words import device_line
from ui.reports.diagnosing import KeptReport, command_for
from ui.theme import words


class ReportDiffersDialog(ActDialog):
    """Shows both serial numbers; recording anyway leaves the serial number unconfirmed."""

    def __init__(
        self, device: Device, kept: KeptReport, reference: Reference, parent: QWidget
    ) -> None:
        about = device_line(device, reference)
        title = _("This report seems to be of another machine")
        super().__init__("report_differs", title, about, _("Record it anyway"), parent)
        self._device, self.kept = device.code, kept
        system = kept.report.machine.system
        told = " ".join(part for part in (system.manufacturer, system.model) if part)
        for sentence in (
            _("The machine that was read: {machine}, S/N {serial}.").format(
                machine=told or "–", serial=system.serial_number
            ),
            _("The device on this page: S/N {serial}.").format(serial=device.serial),
            _("If you opened the wrong device, cancel and scan the right label."),
        ):
            label = words(sentence)
            label.setWordWrap(True)
            self.add(label)
        self.cancel.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        return partial(bench.record_checks, command_for(self._device, self.kept))
