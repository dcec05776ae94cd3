"""The password of the personal data, on a PC without a keyring: chosen twice, then asked once."""

from collections.abc import Callable
from unicodedata import normalize

from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QVBoxLayout
from typing_extensions import override

from station.words import _
from ui.buttons import link_button, primary_button
from ui.field import Field
from ui.theme import words

WIDTH = 440
LEAST = 8  # characters of a new one: the names of children lie behind it


class PasswordDialog(QDialog):
    """Asks for the password; a new one is typed twice, because nobody sees what is typed.

    It can be shown: an input method may make other letters of it.
    """

    def __init__(self, *, new: bool, problem: str = "") -> None:
        super().__init__()
        self.setWindowTitle(_("Personal data"))
        self.setMinimumWidth(WIDTH)
        self.line, self.again = _hidden_line("password"), _hidden_line("again")
        self._new = new
        self.shown = QCheckBox(_("Show what is typed"))
        self.shown.setObjectName("passwordShown")
        self.shown.toggled.connect(self._show_typed)
        self._field = Field(_("Password"), self.line)
        self._again_field = Field(_("Type it again"), self.again)
        self.go = primary_button(_("Begin"))
        self.go.setObjectName("passwordGo")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self._lay_out()
        if problem:
            self._field.show_error(problem)

    def offer_joining(self, join: Callable[[], None]) -> None:
        """On a PC that works with a main one a new file of it helps whoever forgot the password."""
        self._offer("joinAnew", _("Forgotten? Join with a new file of the main PC…"), join)

    def offer_recovery(self, recover: Callable[[], None]) -> None:
        """Elsewhere the code in the safe does."""
        self._offer("byCode", _("Forgotten? Use the recovery code…"), recover)

    def _offer(self, name: str, told: str, go_there: Callable[[], None]) -> None:
        def chosen() -> None:
            self.rejected.disconnect()  # leaving for there is no end of the start
            self.reject()
            go_there()

        link = link_button(told, "Alt+M")
        link.setObjectName(name)
        link.clicked.connect(chosen)
        self._column.addWidget(link)

    @property
    def password(self) -> str:
        """What was typed."""
        return self.line.text()

    @override
    def accept(self) -> None:
        self._field.clear_error()
        self._again_field.clear_error()
        if not self.password:
            self._field.show_error(_("The password of the personal data is needed."))
            self.line.setFocus()
        elif self._new and len(normalize("NFC", self.password)) < LEAST:
            short = _("Choose a longer one: at least {count} characters.")
            self._field.show_error(short.format(count=LEAST))
            self.line.setFocus()
        elif self._new and not self.again.text():
            self.again.setFocus()
        elif self._new and normalize("NFC", self.again.text()) != normalize("NFC", self.password):
            self.again.clear()
            self._again_field.show_error(_("The two differ."))
            self.again.setFocus()
        else:
            super().accept()

    def _lay_out(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        if self._new:
            layout.addWidget(_what_it_is_for())
        layout.addWidget(self._field)
        if self._new:
            layout.addWidget(self._again_field)
        layout.addWidget(self.shown)
        layout.addWidget(self.go)

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in (self.line, self.again):
            line.setEchoMode(mode)


def _hidden_line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _what_it_is_for() -> QLabel:
    """Said before it is chosen: afterwards it is too late to write it down."""
    choose = _("Choose a password for the personal data. Nobody can replace a lost one.")
    lost = _("Without it nobody reads the names and telephone numbers again: keep it written down.")
    label = words(f"{choose} {lost}")
    label.setWordWrap(True)
    return label
