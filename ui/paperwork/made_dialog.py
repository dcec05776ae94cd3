"""One paper, opened by a scan of its own code."""

from functools import partial

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.desk import Desk
from ui.first_size import open_within_screen
from ui.paperwork.made_panel import MadePanel
from ui.paperwork.readings import MadePaper, made_paper
from ui.wording import explain

SIZE = (620, 420)


class MadeDialog(QDialog):
    """Shows what is known of it and what one can do with it."""

    def __init__(self, made: MadePaper, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("madePaperDialog")
        self.setWindowTitle(_("Paper"))
        open_within_screen(self, *SIZE)
        self._desk, self._code = desk, made.paper.code
        self.panel = MadePanel(desk)
        self.panel.told.connect(self.panel.say)
        self.panel.show_paper(made)
        close = secondary_button(_("Close"))
        close.clicked.connect(self.reject)
        self.panel.buttons.insertWidget(0, close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addWidget(self.panel)
        desk.recorded.connect(self.refresh)

    def refresh(self) -> None:
        """Read anew what is known of it."""
        self._desk.ask(
            partial(made_paper, self._code), self.panel.show_paper, self._refuse, owner=self
        )

    def _refuse(self, error: Exception) -> None:
        self.panel.refuse(explain(error, self._desk.reference))
