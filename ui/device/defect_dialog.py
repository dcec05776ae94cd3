"""Telling what is wrong at a place of the device, and how much."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget
from typing_extensions import override

from station import defects, words
from station.device import Device
from station.reference import Entry, Reference, Table
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.coded_words import coded
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.drawings import zones_of
from ui.device_words import device_line
from ui.field import Field
from ui.note_field import NoteField


class DefectDialog(ActDialog):
    """Place first, then what is looked for there, then how bad it is."""

    def __init__(
        self, device: Device, reference: Reference, parent: QWidget, zone: str = ""
    ) -> None:
        act = BenchAct.FIND_DEFECT
        super().__init__(
            act, act_words(act), device_line(device, reference), _("Record the defect"), parent
        )
        self._device, self._reference = device.code, reference
        self.zone = Choice("zone", placeholder=_("Choose where it is"))
        drawn = zones_of(device.kind) or tuple(reference.tables.zones)
        self.zone.offer((id_, coded(Table.ZONES, id_, reference)) for id_ in drawn)
        self.defect = Choice("defect", placeholder=_("Choose the defect"))
        self._zone_field = Field(_("Where on the device"), self.zone)
        self._defect_field = Field(_("Defect"), self.defect)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(20)
        self.severities = {e.id: _button(e) for e in reference.entries(Table.SEVERITIES)}
        for button in self.severities.values():
            inside.addWidget(button)
        inside.addStretch()
        self._severity_field = Field(_("How bad"), row)
        self.note = NoteField()
        self.add(self._zone_field, self._defect_field, self._severity_field, self.note)
        self.zone.currentIndexChanged.connect(self._offer_defects)
        self.zone.choose(zone or None)
        self._offer_defects()
        (self.defect if zone else self.zone).setFocus()

    @override
    def act(self) -> Act[Any] | None:
        severity = next((id_ for id_, b in self.severities.items() if b.isChecked()), None)
        if self.zone.chosen is None:
            missing(self._zone_field)
        elif self.defect.chosen is None:
            missing(self._defect_field)
        elif severity is None:
            self._severity_field.show_error(_("Please choose."))
            next(iter(self.severities.values())).setFocus()
        else:
            found = defects.FindDefect(
                device=self._device,
                defect=self.defect.chosen,
                zone=self.zone.chosen,
                severity=severity,
                note=self.note.text,
            )
            return partial(defects.find_defect, found)
        return None

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.note if isinstance(error, BadText) else None

    def _offer_defects(self) -> None:
        """What is looked for at this place stands first; anything may be told anywhere."""
        kept, zone = self.defect.chosen, self.zone.chosen
        known = self._reference.tables.defects.values()
        order = sorted(known, key=lambda entry: zone not in entry.zones)
        self.defect.offer((e.id, e.word(words.language())) for e in order)
        self.defect.choose(kept)


def _button(entry: Entry) -> QRadioButton:
    button = QRadioButton(entry.word(words.language()))
    button.setObjectName(f"severity.{entry.id}")
    return button
