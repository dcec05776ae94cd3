"""What happened to something, newest first: when, what, and a quiet second line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from ui.theme import Role, words


@dataclass(frozen=True)
class Moment:
    """One row of a timeline, already worded."""

    time: str
    what: str
    second: str = ""
    note: str = ""  # what somebody typed beside it


class Timeline(QScrollArea):
    """Rows of moments that scroll inside the height they have."""

    def __init__(self, moments: Sequence[Moment] = ()) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.show_moments(moments)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these rows instead."""
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, moment in enumerate(moments):
            _add(grid, 4 * number, moment)
        grid.setRowStretch(4 * len(moments), 1)
        self.setWidget(rows)
        rows.setAutoFillBackground(False)  # setWidget turns it on; the card shows through


def _add(grid: QGridLayout, row: int, moment: Moment) -> None:
    grid.addWidget(words(moment.time, Role.MUTED), row, 0, Qt.AlignmentFlag.AlignTop)
    what = words(moment.what)
    what.setWordWrap(True)
    grid.addWidget(what, row, 1)
    if moment.note:
        note = words(f"“{moment.note}”")
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(note, row + 1, 1)
    if moment.second:
        second = words(moment.second, Role.MUTED)
        second.setWordWrap(True)
        grid.addWidget(second, row + 2, 1)
    grid.setRowMinimumHeight(row + 3, 8)
