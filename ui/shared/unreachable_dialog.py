"""The main PC does not answer at the start of another one: what to look at, and another address."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.field import Field
from ui.fitted_dialog import FittedDialog
from ui.theme import Role, words

WIDTH = 520


class UnreachableDialog(FittedDialog):
    """Accepted to try again, at `host` where one was typed."""

    def __init__(self) -> None:
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
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("The main PC does not answer"), Role.CARD_TITLE))
        told = words(
            _(
                "Switch it on and open the program there, and see that both PCs are on the same "
                "network. Nothing is lost; papers can be filled in by hand meanwhile."
            )
        )
        told.setWordWrap(True)
        layout.addWidget(told)
        layout.addWidget(Field(_("Name or address of the main PC"), self.host_line, hint))
        layout.addWidget(self.again)
        layout.addWidget(close)
        self.fit()
        self.again.setFocus()

    @property
    def host(self) -> str:
        """Where else the main PC is; "" for where it was."""
        return self.host_line.text().strip()
