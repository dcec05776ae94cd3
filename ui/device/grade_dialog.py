"""Confirming the grade a person stands for."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget
from typing_extensions import override

from station import bench
from station import words as spoken
from station.reference import Entry, ReasonUse, Reference, Table
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.judged import JudgedDevice
from ui.device_words import device_line
from ui.field import Field
from ui.grade_words import grade_sentence
from ui.theme import Role, words


class GradeDialog(ActDialog):
    """Asks for one of the grades; the proposed one stands chosen, another one needs a reason."""

    def __init__(self, judged: JudgedDevice, reference: Reference, parent: QWidget) -> None:
        act, device, proposal = BenchAct.CONFIRM_GRADE, judged.device, judged.proposal
        self._proposed = proposal.grade if proposal else None
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
        self._reason_field = Field(_("Reason, where it is not the proposed grade"), self.reason)
        self._why = words(grade_sentence(proposal, reference) if proposal else "", Role.MUTED)
        self._why.setObjectName("proposal")
        self._why.setWordWrap(True)
        self.add(self._why, self._grade_field, self._reason_field)
        told = self.grades.get(device.grade or self._proposed or "")  # None: of a newer version
        if told is not None:
            told.setChecked(True)
        (told or next(iter(self.grades.values()))).setFocus()

    @override
    def act(self) -> Act[Any] | None:
        grade = next((id_ for id_, button in self.grades.items() if button.isChecked()), None)
        if grade is None:
            self._grade_field.show_error(_("Please choose."))
            return None
        if self._proposed is not None and grade != self._proposed and self.reason.chosen is None:
            missing(self._reason_field)
            return None
        confirmed = bench.ConfirmGrade(device=self._device, grade=grade, reason=self.reason.chosen)
        return partial(bench.confirm_grade, confirmed)


def _button(entry: Entry) -> QRadioButton:
    button = QRadioButton(entry.word(spoken.language()))
    button.setObjectName(f"grade.{entry.id}")
    return button
