"""Printing labels from the stock: of the chosen device or of all that are shown, in copies."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.field import Field
from ui.number_box import NumberBox
from ui.theme import Role, words

MOST_COPIES = 20
WIDTH = 400

Choice = tuple[str, tuple[str, ...]]
"""What is offered in words, and the codes of its labels."""


class LabelsDialog(QDialog):
    """Asks which labels and how many of each; `wanted` tells the codes and the copies."""

    wanted = Signal(tuple, int)

    def __init__(self, choices: Iterable[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("labelsDialog")
        self.setWindowTitle(_("Print labels"))
        self._choices = [(QRadioButton(word), codes) for word, codes in choices]
        self.copies = NumberBox()
        self.copies.setObjectName("labelCopies")
        self.copies.setRange(1, MOST_COPIES)
        self.confirm = primary_button(_("Print"), "print")
        self.confirm.setObjectName("confirm")
        self.confirm.setDefault(True)
        cancel = secondary_button(_("Cancel"))
        self.confirm.clicked.connect(self._confirm)
        cancel.clicked.connect(self.reject)
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(words(_("Print labels"), Role.CARD_TITLE))
        for number, (button, _codes) in enumerate(self._choices):
            button.setObjectName(f"labels.{number}")
            button.setChecked(number == 0)
            column.addWidget(button)
        column.addWidget(Field(_("Copies of each"), self.copies))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.confirm)
        column.addLayout(row)
        self.copies.setFocus()
        self.copies.selectAll()

    def _confirm(self) -> None:
        codes = next((codes for button, codes in self._choices if button.isChecked()), ())
        self.accept()
        self.wanted.emit(codes, self.copies.value())
