"""What one line of a list is about, in a few lines above its acts."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.codes import grouped
from station.reference import Table
from station.words import _
from ui.coded_words import coded
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.giving.given_list import kit_words, set_word
from ui.giving.handover_lists import GivenLine
from ui.giving.pupil_words import pupil_line
from ui.theme import Role


class Recap(QWidget):
    """Pupil, guardian, device and kit: what the clerk compares with the people at the desk."""

    def __init__(self, desk: Desk, hint: str) -> None:
        super().__init__()
        self._desk, self._hint = desk, hint
        self._pupil, self._device = ElidedLabel("", Role.STRONG), ElidedLabel("")
        self._guardian, self._kit = ElidedLabel("", Role.MUTED), ElidedLabel("", Role.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self._pupil, self._guardian, self._device, self._kit):
            column.addWidget(label)
        self.show_line(None)

    def show_line(self, line: GivenLine | None) -> None:
        """Say what this line is about."""
        if line is None:
            texts = (self._hint, "", "", "")
        else:
            texts = (
                pupil_line(line, self._desk.reference, self._desk.now().day),
                self._guardian_words(line),
                f"{grouped(line.device.code)} · {set_word(line.device, self._desk)}",
                kit_words(line.device, self._desk),
            )
        labels = (self._pupil, self._guardian, self._device, self._kit)
        for label, text in zip(labels, texts, strict=True):
            label.setText(text)

    def _guardian_words(self, line: GivenLine) -> str:
        pupil = line.pupil
        if not pupil.guardian:
            return _("Case {case}").format(case=grouped(line.case.code))
        relation = (
            coded(Table.RELATIONS, pupil.relation, self._desk.reference) if pupil.relation else ""
        )
        named = " · ".join(
            part for part in (pupil.guardian, relation, pupil.guardian_phone) if part
        )
        return _("Case {case} · {guardian}").format(case=grouped(line.case.code), guardian=named)
