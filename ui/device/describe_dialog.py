"""Looking at a device a second time: what it is, its serial number, its looks and locks."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from station import intake, refusals, words
from station.device import Device
from station.reference import Entry, Reference, Table
from station.text import BadText, NotADeviceWord, device_word
from station.words import _
from ui.act_dialog import ActDialog
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.note_field import NoteField

COLUMNS = 2


class DescribeDialog(ActDialog):
    """Shows what is known; only what was changed is recorded."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.DESCRIBE
        super().__init__(act, act_words(act), device_line(device, reference), _("Record"), parent)
        self._device, self._reference = device, reference
        self.kind = Choice("kind", reference.entries(Table.KINDS))
        self.kind.choose(device.kind)
        self.maker = _line("maker", device.maker)
        self.model = _line("model", device.model)
        self.serial = _line("serial", device.serial)
        self.serial_confirmed = QCheckBox(_("I compared it with the device"))
        self.serial_confirmed.setObjectName("serial_confirmed")
        self.condition = Choice("condition", reference.entries(Table.CONDITIONS), _("Not said"))
        self.condition.choose(device.condition)
        self.locks = {lock.id: _box(lock) for lock in reference.entries(Table.LOCKS)}
        for lock, box in self.locks.items():
            box.setChecked(lock in device.locks)
        self.note = NoteField()
        self._lay_out_fields()
        self.serial.setFocus()
        self.serial.selectAll()  # a second scan replaces it

    @override
    def act(self) -> Act[Any] | None:
        return partial(intake.describe, self._command())

    @override
    def field_of(self, error: Exception) -> Field | None:
        if isinstance(error, refusals.SerialInUse):
            return self._serial_field
        if isinstance(error, NotADeviceWord):
            return self._wrong_word()
        return self.note if isinstance(error, BadText) else None

    def _command(self) -> intake.Describe:
        known = self._device
        unknown = (lock for lock in known.locks if lock not in self.locks)  # of a newer version
        ticked = (lock for lock, box in self.locks.items() if box.isChecked())
        locks = (*ticked, *unknown)
        serial = self.serial.text().strip()
        confirmed = self.serial_confirmed.isChecked()
        changed = serial != (known.serial or "") or confirmed
        return intake.Describe(
            device=known.code,
            kind=_changed(self.kind.chosen, known.kind),
            maker=_changed(self.maker.text().strip(), known.maker),
            model=_changed(self.model.text().strip(), known.model),
            serial=serial if changed and serial else None,
            serial_known_by="second-scan" if confirmed else "typed",
            condition=_changed(self.condition.chosen, known.condition),
            locks=locks if set(locks) != set(known.locks) else None,
            note=self.note.text,
        )

    def _wrong_word(self) -> Field:
        """Which of the typed words an event cannot carry."""
        for field, line in ((self._maker_field, self.maker), (self._model_field, self.model)):
            try:
                if line.text().strip():
                    device_word(line.text())
            except BadText:
                return field
        return self._serial_field

    def _lay_out_fields(self) -> None:
        self._maker_field = Field(_("Maker"), self.maker)
        self._model_field = Field(_("Model"), self.model)
        self._serial_field = Field(_("Serial number (S/N)"), self.serial)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._serial_field, 0, 0, 1, COLUMNS)
        grid.addWidget(self.serial_confirmed, 1, 0, 1, COLUMNS)
        grid.addWidget(self._maker_field, 2, 0)
        grid.addWidget(self._model_field, 2, 1)
        grid.addWidget(Field(_("Kind"), self.kind), 3, 0)
        grid.addWidget(Field(_("Condition"), self.condition), 3, 1)
        self.fields.addLayout(grid)
        self.add(Field(_("Locks found"), self._lock_boxes()), self.note)

    def _lock_boxes(self) -> QWidget:
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for number, box in enumerate(self.locks.values()):
            grid.addWidget(box, number // COLUMNS, number % COLUMNS)
        return boxes


def _changed(now: str | None, before: str | None) -> str | None:
    return now if now and now != before else None


def _line(name: str, text: str | None) -> QLineEdit:
    line = QLineEdit(text or "")
    line.setObjectName(name)
    return line


def _box(lock: Entry) -> QCheckBox:
    box = QCheckBox(lock.word(words.language()))
    box.setObjectName(f"lock.{lock.id}")
    return box
