"""A password the donor told, shown for a short while because somebody asked for it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.theme import Role, words

SHOWN_S = 60


class SecretDialog(QDialog):
    """Closes by itself; what it showed is in no clipboard, log or event."""

    def __init__(self, what: str, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("secret_dialog")
        self.setWindowTitle(what)
        shown = words(word, Role.FIGURE)
        shown.setObjectName("secret_word")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        close = secondary_button(_("Close"))
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        told = words(
            _("For the work at this device alone. It is purged when the disk is erased."),
            Role.MUTED,
        )
        told.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (words(what, Role.CARD_TITLE), shown, told):
            column.addWidget(widget)
        column.addLayout(foot)
        QTimer.singleShot(SHOWN_S * 1_000, self, self.accept)
