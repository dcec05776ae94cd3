"""Asks for the passcode of a lent laptop: eight digits that somebody was told."""

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout
from typing_extensions import override

from station.words import _
from sync.parcels import PASSCODE_DIGITS
from ui.buttons import primary_button
from ui.field import Field
from ui.theme import Role, words

WIDTH = 440


class PasscodeDialog(QDialog):
    """Digits only, however they are grouped."""

    def __init__(self, until: str, problem: str = "") -> None:
        super().__init__()
        self.setObjectName("passcodeDialog")
        self.setWindowTitle(_("School day"))
        self.setMinimumWidth(WIDTH)
        self.line = QLineEdit()
        self.line.setObjectName("passcode")
        self.line.setMaxLength(PASSCODE_DIGITS + 4)
        self._field = Field(_("Passcode, 8 digits"), self.line)
        self.go = primary_button(_("Begin"))
        self.go.setObjectName("passcodeGo")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("Whoever lent this laptop knows the passcode.")))
        layout.addWidget(words(_("Good until {until}.").format(until=until), Role.MUTED))
        layout.addWidget(self._field)
        layout.addWidget(self.go)
        if problem:
            self._field.show_error(problem)

    @property
    def passcode(self) -> str:
        """The digits."""
        return "".join(self.line.text().split())

    @override
    def accept(self) -> None:
        self._field.clear_error()
        if len(self.passcode) == PASSCODE_DIGITS and self.passcode.isdecimal():
            super().accept()
        else:
            self._field.show_error(_("The passcode has eight digits."))
