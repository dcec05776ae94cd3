"""A laptop whose report is not wanted gives up for good: asked before it is told so."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.reports.inbox_dialogs import line_words
from ui.reports.inbox_lines import InboxLine
from ui.theme import Role, words

WIDTH = 460


class DeclineDialog(QDialog):
    """Waiting is the first choice: Enter and Escape both let the laptop wait on."""

    def __init__(self, line: InboxLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("decline_dialog")
        title = _("Do you not want this laptop's report?")
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.wait = primary_button(_("Let it wait"))
        self.wait.setObjectName("wait")
        self.wait.setDefault(True)
        self.wait.clicked.connect(self.reject)
        self.decline = secondary_button(_("Decline for good"))
        self.decline.setObjectName("decline")
        self.decline.setAutoDefault(False)
        self.decline.clicked.connect(self.accept)
        self._lay_out(title, line)

    def _lay_out(self, title: str, line: InboxLine) -> None:
        why = words(_("The laptop then stops sending, and its report can come on a stick only."))
        why.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.decline)
        buttons.addWidget(self.wait)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(words(title, Role.CARD_TITLE))
        layout.addWidget(words(line_words(line), Role.STRONG))
        layout.addWidget(why)
        layout.addLayout(buttons)
