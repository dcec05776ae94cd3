"""Direct gifts: one entered that went past the point, and a donor's choice that is released."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from station.device import Device
from station.direct_gifts import GiveDirectly, ReleasePromise, give_directly, release_promise
from station.people import Donor
from station.reference import ReasonUse, Reference, Table
from station.refusals import CaseHasDevice, Refusal
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device_words import device_line
from ui.field import Field
from ui.name_field import NameField
from ui.note_field import NoteField

WIDTH = 560


class DirectGiftDialog(ActDialog):
    """What a donor gave this pupil without the point, which checked nothing."""

    def __init__(self, case: str, about: str, reference: Reference, parent: QWidget) -> None:
        title = _("Direct gift outside the point")
        super().__init__("direct_gift", title, about, _("Record the gift"), parent)
        self.setMinimumWidth(WIDTH)
        self._case = case
        self._kind = Choice("giftKind", reference.entries(Table.KINDS), _("Choose a kind"))
        self._maker, self._model = _edit("giftMaker"), _edit("giftModel")
        self._serial, self._donor = _edit("giftSerial"), _edit("giftDonor")
        self._phone, self._note = _edit("giftDonorPhone"), NoteField()
        self._kind_field = Field(_("Kind of device"), self._kind)
        self._donor_field = NameField(_("Donor"), self._donor, reference)
        self._serial_field = Field(_("Serial number"), self._serial)
        self.beside = QCheckBox(_("The pupil has another device already, and got this one too"))
        self.beside.setObjectName("giftBeside")
        self.beside.hide()
        self.add(self._grid(), self._note, self.beside)
        self._kind.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self._kind.chosen is None:
            missing(self._kind_field)
            return None
        if not self._donor_field.check():
            return None
        name = self._donor.text()
        command = GiveDirectly(
            kind=self._kind.chosen,
            case=self._case,
            donor=Donor(name=name, phone=self._phone.text()) if name.strip() else None,
            maker=self._maker.text(),
            model=self._model.text(),
            serial=self._serial.text(),
            note=self._note.text,
            beside_another=self.beside.isChecked(),
        )
        return partial(give_directly, command)

    @override
    def refuse(self, error: Exception, sentence: str) -> None:
        """Two devices for one pupil may be true: whoever knows it says so."""
        super().refuse(error, sentence)
        if isinstance(error, CaseHasDevice):
            self.beside.show()
            self.beside.setFocus()

    @override
    def field_of(self, error: Exception) -> Field | None:
        about_serial = isinstance(error, BadText | Refusal) and error.code.startswith("serial")
        return self._serial_field if about_serial else None

    def _grid(self) -> QWidget:
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._kind_field, 0, 0)
        grid.addWidget(self._serial_field, 0, 1)
        grid.addWidget(Field(_("Maker"), self._maker), 1, 0)
        grid.addWidget(Field(_("Model"), self._model), 1, 1)
        grid.addWidget(self._donor_field, 2, 0)
        grid.addWidget(Field(_("Donor's phone"), self._phone), 2, 1)
        return fields


class ReleasePromiseDialog(ActDialog):
    """The donor's choice does not come about: the lead says why."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        title = _("Release the donor's choice")
        super().__init__("release_promise", title, device_line(device, reference), title, parent)
        self._device = device.code
        reasons = reference.reasons(ReasonUse.RELEASE_RESERVATION)
        self._reason = Choice("reason", reasons, _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self._reason)
        self.add(self._reason_field)
        self._reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self._reason.chosen is None:
            missing(self._reason_field)
            return None
        released = ReleasePromise(device=self._device, reason=self._reason.chosen)
        return partial(release_promise, released)


def _edit(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    return edit
