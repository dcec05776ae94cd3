"""A telephone number that is masked until somebody at the desk must read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.words import _
from ui.buttons import link_button
from ui.theme import Role, words

SHOWN_ENDS = 3
LEAST_HIDDEN = 4
SHOW = "Alt+S"


def masked(phone: str) -> str:
    """Enough of a number to tell two donors apart: 091••••678."""
    digits = "".join(filter(str.isdigit, phone))
    hidden = len(digits) - 2 * SHOWN_ENDS
    if hidden < LEAST_HIDDEN - 1:
        return "•" * len(digits)
    return f"{digits[:SHOWN_ENDS]}{'•' * hidden}{digits[-SHOWN_ENDS:]}"


class PhoneLine(QWidget):
    """The number, and one key that shows it; another person's is masked again."""

    revealed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._phone, self._of = "", ""
        self.number = words("", Role.STRONG)
        self.number.setObjectName("donorPhoneShown")
        self.reveal = link_button(_("Show the number"), SHOW)
        self.reveal.setObjectName("showPhone")
        self.reveal.clicked.connect(self._reveal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.reveal)
        row.addStretch()

    def show_phone(self, phone: str, of: str) -> None:
        """Show somebody's number, masked unless it is already open."""
        if (phone, of) == (self._phone, self._of):
            return
        self._phone, self._of = phone, of
        self.number.setText(masked(phone) if phone else _("no phone number"))
        self.number.setAccessibleName(_("Phone number"))
        self.reveal.setVisible(bool(phone))

    def _reveal(self) -> None:
        self.number.setText(self._phone)
        self.reveal.hide()
        self.revealed.emit(self._phone)
