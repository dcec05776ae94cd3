"""Recording that one disk was erased, or that the attempt failed."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget
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
from ui.number_box import NumberBox

WHOLE = 100
PERMILLE = 10


class ErasureDialog(ActDialog):
    """Asks which disk, how, and whether reading it back proved it."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.RECORD_ERASURE
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record the erasure"), parent)
        self._device = device.code
        self.disk = DiskFields(device, reference, dirty_only=True)
        self.method = Choice("method", reference.entries(Table.ERASURES), _("Choose the method"))
        self._method_field = Field(_("Method"), self.method)
        self.passed = QRadioButton(_("Erased"))
        self.passed.setObjectName("passed")
        self.failed = QRadioButton(_("The erasure failed"))
        self.failed.setObjectName("failed")
        self.verified = NumberBox()
        self.verified.setObjectName("verified")
        self.verified.setRange(0, WHOLE)
        self.verified.setSuffix(" %")
        self.verified.setEnabled(False)
        self.passed.toggled.connect(self.verified.setEnabled)
        share = Field(
            _("Read back and found empty"), self.verified, _("0 % when nobody read it back.")
        )
        self._outcome_field = Field(_("How it ended"), self._outcome())
        self.add(self.disk, self._method_field, self._outcome_field, share)
        self.method.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        disk = self.disk.chosen()
        if disk is None:
            return None
        if self.method.chosen is None:
            missing(self._method_field)
            return None
        if not (self.passed.isChecked() or self.failed.isChecked()):  # an Enter is no answer
            missing(self._outcome_field)
            return None
        passed = self.passed.isChecked()
        erasure = bench.RecordErasure(
            device=self._device,
            disk=disk,
            method=self.method.chosen,
            passed=passed,
            verified_permille=self.verified.value() * PERMILLE if passed else 0,
        )
        return partial(bench.record_erasure, erasure)

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.disk.field_of(error)

    def _outcome(self) -> QWidget:
        outcome = QWidget()
        row = QHBoxLayout(outcome)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.passed)
        row.addWidget(self.failed)
        row.addStretch()
        return outcome
