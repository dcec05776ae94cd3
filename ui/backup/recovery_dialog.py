"""The recovery code, shown once: it is written down before the dialog can be left as done."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station.ports import PointStore
from station.words import _
from ui.buttons import primary_button
from ui.desk import Desk
from ui.field import Field
from ui.fitted_dialog import FittedDialog
from ui.theme import Role, words
from ui.wording import explain

WIDTH = 520
ASKED = 4  # the last digits, typed again
GROUP = 4


class RecoveryDialog(FittedDialog):
    """Accepted once its last digits were typed from the paper."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk = desk
        self._code = ""
        self.setObjectName("recoveryDialog")
        self.setWindowTitle(_("Recovery code"))
        self.code = words("", Role.FIGURE)
        self.code.setObjectName("recoveryCode")
        self.told = words(
            _(
                "Write it on paper now and keep it in the safe, away from this PC and from the "
                "backups. With it and a backup the point works again on any PC; without it nobody "
                "can read the names in a backup. It stands here once. The one before opens only "
                "older backups."
            )
        )
        self.told.setWordWrap(True)
        self.again = QLineEdit()
        self.again.setObjectName("recoveryAgain")
        asked = _("The last {count} digits, from the paper").format(count=ASKED)
        self._again_field = Field(asked, self.again)
        self._done = primary_button(_("It is written down"))
        self._done.setObjectName("recoveryDone")
        self._done.setDefault(True)
        self._done.setEnabled(False)
        self._done.clicked.connect(self._compare)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (self.code, self.told, self._again_field, self._done):
            layout.addWidget(part)
        self.fit()
        desk.ask(_draw, self._show, self._refuse, owner=self)

    def _show(self, code: str) -> None:
        self._code = code
        self.code.setText(" ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)))
        self._done.setEnabled(True)
        self.again.setFocus()

    def _refuse(self, error: Exception) -> None:
        self.told.setText(explain(error, self._desk.reference))

    def _compare(self) -> None:
        """Before that the code in the safe stays good: this one may have been asked by mistake."""
        if "".join(self.again.text().split()) == self._code[-ASKED:]:
            keep = partial(_keep, self._code)
            self._desk.ask(keep, lambda _none: self.accept(), self._refuse, owner=self)
        else:
            self._again_field.show_error(_("These are not its last digits. Look at the paper."))
            self.again.selectAll()


def _draw(store: PointStore) -> str:
    return store.draw_recovery_code()


def _keep(code: str, store: PointStore) -> None:
    store.keep_recovery_code(code)
