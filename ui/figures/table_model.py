"""Figures as a table: the total with its adjustments, or the rows of one heading."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from typing_extensions import override

from station.report import Amount, Report
from station.words import _
from sync.report import words
from sync.report.words import Told
from ui.theme import Role, font
from ui.tips import plain

NAME, BESIDE, FIRST_FIGURE = range(3)
COLUMNS: Final = 8
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Span(StrEnum):
    """Which days a figure is of."""

    WITHIN = "within"
    TOTAL = "total"


class Line(Struct, frozen=True):
    """One row as it is read."""

    name: str
    beside: str
    figures: tuple[int, ...]
    strong: bool = False


class Shown(Struct, frozen=True):
    """Everything the table shows."""

    heads: tuple[str, ...]  # of the names, beside them, and of each figure
    lines: tuple[Line, ...]


def of_total(report: Report) -> Shown:
    """Every figure of the point."""
    heads = (_("Figure"), "", *words.column_words())
    lines = tuple(
        Line(name, "", (amount.before, amount.adjusted, amount.within, amount.total))
        for name, amount in words.lines_of_total(report)
    )
    return Shown(heads, lines)


def of_heading(told: Told, span: Span) -> Shown:
    """The rows of one heading, and their sum."""
    lines = [Line(row.name, row.beside, _figures(row.amounts, span)) for row in told.rows]
    if lines:
        lines.append(Line(_("Total"), "", _figures(told.total, span), strong=True))
    return Shown((told.first, told.beside, *told.figures), tuple(lines))


def _figures(amounts: tuple[Amount, ...], span: Span) -> tuple[int, ...]:
    return tuple(a.within if span is Span.WITHIN else a.total for a in amounts)


class FiguresModel(QAbstractTableModel):
    """Has as many columns as the widest table; the view hides those that are of no use."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown((), ())

    def show(self, shown: Shown) -> None:
        """Show this instead."""
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    def in_use(self, column: int) -> bool:
        """Whether anything stands in a column."""
        return column < len(self.shown.heads) and bool(self.shown.heads[column])

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else COLUMNS

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        head = self.shown.heads[section] if section < len(self.shown.heads) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return head
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(head)
        figure = section >= FIRST_FIGURE
        return RIGHT if figure and role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.shown.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain(_text(line, column)) if column < FIRST_FIGURE else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column >= FIRST_FIGURE else None
            case Qt.ItemDataRole.FontRole:
                return _strong() if line.strong else None
        return None


def _text(line: Line, column: int) -> str:
    if column < FIRST_FIGURE:
        return (line.name, line.beside)[column]
    place = column - FIRST_FIGURE
    return f"{line.figures[place]:,}".replace(",", ".") if place < len(line.figures) else ""


def _strong() -> QFont:
    return font(Role.STRONG)
