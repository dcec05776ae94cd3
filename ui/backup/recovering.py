"""A store whose password or keyring is lost opens again, by the code in the safe."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from station.store.backup.recovery import open_by_code
from station.store.engine import sqlite_url
from station.words import _
from ui.background import Background
from ui.backup.code_field import CodeField
from ui.backup.restoring import Here, Ways, problem_words
from ui.buttons import primary_button
from ui.fitted_dialog import FittedDialog
from ui.opening import PasswordNeeded
from ui.theme import Role, words

WIDTH = 480


class RecoverDialog(FittedDialog):
    """Accepted with `code`."""

    def __init__(self, why: str = "", problem: str = "") -> None:
        """`why` says what brought a person here, `problem` what was wrong with a code."""
        super().__init__(WIDTH)
        self.setObjectName("recoverDialog")
        self.setWindowTitle(_("Personal data"))
        self._field = CodeField("recoverCode")
        go = primary_button(_("Open by the code"))
        go.setObjectName("recoverGo")
        go.setDefault(True)
        go.clicked.connect(self._go)
        told = words(why or _("A new password is chosen then; the old one opens no more."))
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("Open with the recovery code"), Role.CARD_TITLE))
        for part in (told, self._field, go):
            layout.addWidget(part)
        if problem:
            self._field.show_error(problem)
        self.fit()
        self._field.setFocus()

    @property
    def code(self) -> str:
        """Its digits."""
        return self._field.code

    def _go(self) -> None:
        self._field.clear_error()
        if self._field.check():
            self.accept()


class RecoverStart(QObject):
    """Made when somebody has no other way in."""

    def __init__(self, here: Here, ways: Ways, slow: Background) -> None:
        super().__init__()
        self._here, self._ways, self._slow = here, ways, slow

    def begin(self, why: str = "", problem: str = "") -> None:
        """Ask for the code."""
        dialog = RecoverDialog(why, problem)
        self._ways.ask(dialog, lambda: self._open(why, dialog.code), self._ways.turned_away)

    def _open(self, why: str, code: str) -> None:
        opened = partial(open_by_code, sqlite_url(self._here.store), code, self._ways.password)
        self._slow.run(
            opened,
            lambda _none: self._ways.restored(),
            partial(self._not_opened, why, code),
            self,
        )

    def _not_opened(self, why: str, code: str, error: Exception) -> None:
        if isinstance(error, PasswordNeeded):
            self._ways.ask_password(partial(self._open, why, code))
        else:
            self.begin(why, problem_words(error, self._here.reference))
