"""Closing the window while something half done would be lost: said before it is."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.theme import Role, words

WIDTH = 440


class LeaveDialog(QDialog):
    """Stay is the first choice: Enter and Escape both keep what was entered."""

    def __init__(self, unfinished: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("leave_dialog")
        self.setWindowTitle(_("Close the program"))
        self.setMinimumWidth(WIDTH)
        self.stay = primary_button(_("Stay"))
        self.stay.setObjectName("stay")
        self.stay.setDefault(True)
        self.stay.clicked.connect(self.reject)
        self.leave = secondary_button(_("Close and lose it"))
        self.leave.setObjectName("leave")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.accept)
        self._lay_out(unfinished)

    def _lay_out(self, unfinished: str) -> None:
        said = words(unfinished, Role.STRONG)
        said.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(said)
        layout.addLayout(buttons)
