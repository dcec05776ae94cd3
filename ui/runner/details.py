"""The runner's screen of everything that was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diagnostics.report import Report
from station.words import _
from ui.cards import Card
from ui.far import far_button
from ui.report_view import ReportView


class DetailsScreen(QWidget):
    """The whole report, and the way back."""

    back = Signal()

    def __init__(self, report: Report) -> None:
        super().__init__()
        view = ReportView()
        view.show_all(report)
        card = Card(_("All details"))
        card.body.addWidget(view)
        back = far_button("back", _("Back"), "Esc")
        back.clicked.connect(self.back)
        self.setFocusProxy(view)  # the arrows scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(card, 1)
        layout.addWidget(back)
