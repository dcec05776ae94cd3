"""What was just received, with the codes large enough to be written down by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from station.codes import grouped
from station.words import _
from ui.cards import Card
from ui.elided import ElidedLabel
from ui.theme import Role, words

COLUMNS = 3


class ReceivedCard(Card):
    """Codes in the order the devices were listed."""

    def __init__(self) -> None:
        super().__init__(_("Write or print these codes"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.show_codes(())

    def show_codes(self, received: Sequence[tuple[str, str]]) -> None:
        """Show codes and what each stands for."""
        cells = QWidget()
        cells.setObjectName("receivedCodes")
        grid = QGridLayout(cells)
        grid.setContentsMargins(0, 8, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(20)
        for number, (code, name) in enumerate(received):
            grid.addLayout(_cell(code, name), number // COLUMNS, number % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(received) // COLUMNS + 1, 1)
        self._scroll.setWidget(cells)
        cells.setAutoFillBackground(False)  # setWidget turns it on; the card shows through


def _cell(code: str, name: str) -> QVBoxLayout:
    figure = words(grouped(code), Role.FIGURE)
    figure.setObjectName(f"code.{code}")
    figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(figure)
    column.addWidget(ElidedLabel(name, Role.MUTED))
    return column
