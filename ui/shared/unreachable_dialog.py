"""The main PC cannot be worked with at the start of another one: what to do, and the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from station.words import _
from ui.buttons import link_button, primary_button, secondary_button
from ui.field import Field
from ui.fitted_dialog import FittedDialog
from ui.theme import Role, words

WIDTH = 520


class UnreachableDialog(FittedDialog):
    """Accepted to try again, at `host` where one was typed; `rejoin` to bring a new file instead.

    A PC that was locked out, or whose main PC was set up anew, comes back by that file alone.
    """

    rejoin = Signal()

    def __init__(self, title: str, told: str, *, elsewhere: bool) -> None:
        """`elsewhere`: the main PC is another one, so it may have another address now."""
        super().__init__(WIDTH)
        self.setObjectName("unreachableDialog")
        self.setWindowTitle(_("Main PC"))
        self.host_line = QLineEdit()
        self.host_line.setObjectName("mainHost")
        hint = _("Only if it changed: the main PC shows it under Settings → PCs of this point")
        self.again = primary_button(_("Try again"))
        self.again.setObjectName("tryAgain")
        self.again.setDefault(True)
        self.again.clicked.connect(self.accept)
        close = secondary_button(_("Close"))
        close.setAutoDefault(False)  # Enter tries again
        close.clicked.connect(self.reject)
        self.join = link_button(_("Join with a new file of the main PC…"), "Alt+M")
        self.join.setObjectName("joinAnew")
        self.join.clicked.connect(self._leave_for_joining)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(title, Role.CARD_TITLE))
        sentence = words(told)
        sentence.setObjectName("whyUnreachable")
        sentence.setWordWrap(True)
        layout.addWidget(sentence)
        where = Field(_("Name or address of the main PC"), self.host_line, hint)
        for part in (where, self.again, close, self.join):
            layout.addWidget(part)
        for part in (where, self.join):
            part.setVisible(elsewhere)
        self.fit()
        self.again.setFocus()

    @property
    def host(self) -> str:
        """Where else the main PC is; "" for where it was."""
        return self.host_line.text().strip()

    def _leave_for_joining(self) -> None:
        """Another dialog follows, so this is no end of the start."""
        self.rejected.disconnect()
        self.reject()
        self.rejoin.emit()
