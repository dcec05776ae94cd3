"""Confirming the grade a person stands for."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget
from typing_extensions import override

from station import bench, words
from station.device import Device
from station.reference import Entry, ReasonUse, Reference, Table
from station.words import _
from ui.act_dialog import ActDialog
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field


class GradeDialog(ActDialog):
    """Asks for one of the grades, and why where that is not plain."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.CONFIRM_GRADE
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, act_words(act), parent)
        self._device = device.code
        self.grades = {entry.id: _button(entry) for entry in reference.entries(Table.GRADES)}
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(24)
        for button in self.grades.values():
            inside.addWidget(button)
        inside.addStretch()
        self._grade_field = Field(_("Grade"), row)
        self.reason = Choice("reason", reference.reasons(ReasonUse.GRADE), _("No reason needed"))
        self.add(self._grade_field, Field(_("Reason (optional)"), self.reason))
        current = device.grade or next(iter(self.grades))
        self.grades[current].setChecked(device.grade is not None)
        self.grades[current].setFocus()

    @override
    def act(self) -> Act[Any] | None:
        grade = next((id_ for id_, button in self.grades.items() if button.isChecked()), None)
        if grade is None:
            self._grade_field.show_error(_("Please choose."))
            return None
        confirmed = bench.ConfirmGrade(device=self._device, grade=grade, reason=self.reason.chosen)
        return partial(bench.confirm_grade, confirmed)


def _button(entry: Entry) -> QRadioButton:
    button = QRadioButton(entry.word(words.language()))
    button.setObjectName(f"grade.{entry.id}")
    return button
