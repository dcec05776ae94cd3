"""Says that a page was found as the last start left it, and offers to throw that away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.buttons import link_button
from ui.chips import Chip
from ui.theme import Tone


class DraftStrip(QWidget):
    """Hidden unless the last start ended in the middle of something."""

    thrown_away = Signal()

    def __init__(self, throw: str, name: str) -> None:
        super().__init__()
        self._chip = Chip(Tone.WARN, "")
        self.throw = link_button(throw)
        self.throw.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._chip)
        row.addWidget(self.throw)
        row.addStretch()
        self.throw.clicked.connect(self.thrown_away)
        self.hide()

    def show_draft(self, sentence: str) -> None:
        """Say what was found."""
        self._chip.show_verdict(Tone.WARN, sentence)
        self.show()
