"""Writing something down about the device."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import bench, refusals
from station.device import Device
from station.reference import Reference
from station.text import BadText
from ui.act_dialog import ActDialog
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field
from ui.note_field import NoteField


class NoteDialog(ActDialog):
    """A few lines; they are sealed, the event only names them."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.WRITE_NOTE
        verb = act_words(act)
        super().__init__(act, verb, device_line(device, reference), verb, parent)
        self._device = device.code
        self.note = NoteField()
        self.add(self.note)
        self.note.edit.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        return partial(bench.write_note, self._device, self.note.text)

    @override
    def field_of(self, error: Exception) -> Field | None:
        told = isinstance(error, BadText | refusals.NothingToRecord)
        return self.note if told else None
