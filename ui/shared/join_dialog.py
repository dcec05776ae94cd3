"""Another PC of a point that works already: the file that the main PC wrote, and its passcode."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout
from typing_extensions import override

from station.store.shared.passes import PASSCODE_DIGITS, SharedPass
from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.field import Field, mark_wrong
from ui.fitted_dialog import FittedDialog
from ui.theme import Role, words

WIDTH = 520
ENDING = ".may-phu"

AskPass = Callable[[Path, str, Callable[[SharedPass], None], Callable[[str], None]], None]
"""Open a file with a passcode and look whether its store answers; what is wrong comes in words."""


class JoinDialog(FittedDialog):
    """Closes with `shared` once the main PC answered."""

    def __init__(self, ask: AskPass, why: str = "") -> None:
        super().__init__(WIDTH)
        self._ask, self._why = ask, why
        self.shared: SharedPass | None = None
        self.setObjectName("joinDialog")
        self.setWindowTitle(_("Another PC of a point"))
        self.file = QLineEdit()
        self.file.setObjectName("joinFile")
        self.browse = secondary_button(_("Choose…"), shortcut="Alt+O")
        self.browse.setObjectName("joinBrowse")
        self.browse.setAutoDefault(False)  # Enter joins
        self.browse.clicked.connect(self._browse)
        self.passcode = QLineEdit()
        self.passcode.setObjectName("joinPasscode")
        self._file_field = Field(_("File of the main PC"), self.file)
        digits = _("{count} digits; the main PC showed them when it wrote the file")
        hint = digits.format(count=PASSCODE_DIGITS)
        self._passcode_field = Field(_("Passcode"), self.passcode, hint)
        self._asking = words("", Role.MUTED)
        self._asking.hide()
        self.go = primary_button(_("Join the main PC"))
        self.go.setObjectName("joinGo")
        self.go.setDefault(True)
        self.go.clicked.connect(self._join)
        self._lay_out()

    def propose(self, file: str) -> None:
        """A file that was found, while nobody named another."""
        if file and not self.file.text():
            self.file.setText(file)
            self.passcode.setFocus()

    @override
    def accept(self) -> None:
        """Only an answer of the main PC closes the dialog well."""
        if self.shared is not None:
            super().accept()

    def _join(self) -> None:
        digits = "".join(self.passcode.text().split())
        self._passcode_field.clear_error()
        self._file_field.clear_error()
        if not self.file.text().strip():
            self._file_field.show_error(_("Choose the file that the main PC wrote."))
        elif len(digits) != PASSCODE_DIGITS or not digits.isdecimal():
            wrong = _("The passcode has {count} digits.").format(count=PASSCODE_DIGITS)
            self._passcode_field.show_error(wrong)
        else:
            self._wait(_("The main PC is asked…"))
            self._ask(Path(self.file.text().strip()), digits, self._know, self._refuse)

    def _know(self, shared: SharedPass) -> None:
        self.shared = shared
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self._wait("")
        self._passcode_field.show_error(sentence)
        self.passcode.setFocus()
        self.passcode.selectAll()

    def _wait(self, told: str) -> None:
        self._asking.setText(told)
        self._asking.setVisible(bool(told))
        for part in (self.file, self.browse, self.passcode, self.go):
            part.setEnabled(not told)

    def _browse(self) -> None:
        kinds = _("Files of a main PC ({ending})").format(ending=f"*{ENDING}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File of the main PC"), "", kinds)
        if chosen:
            self.file.setText(chosen)
            self.passcode.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        title = _("This PC joins a main PC") if not self._why else _("This PC joins anew")
        layout.addWidget(words(title, Role.CARD_TITLE))
        if self._why:
            layout.addWidget(_warning(self._why))
        how = words(
            _(
                "On the main PC open Settings → PCs of this point → Add a PC, and bring the file "
                "here on a stick. Both PCs must be on the same network."
            ),
            Role.MUTED,
        )
        how.setWordWrap(True)
        layout.addWidget(how)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._file_field, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        for part in (self._passcode_field, self._asking, self.go):
            layout.addWidget(part)
        self.fit()
        self.browse.setFocus()


def _warning(sentence: str) -> QLabel:
    label = words(sentence)
    label.setObjectName("joinWhy")
    label.setWordWrap(True)
    mark_wrong(label, True)
    return label
