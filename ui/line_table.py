"""A table of lines that are all known: each column says how it words a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.chip_delegate import TONE_ROLE
from ui.theme import Tone
from ui.tips import plain

L = TypeVar("L")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column; with a tone its words stand in a chip."""

    title: str
    words: Callable[[L], str]
    tone: Callable[[L], Tone] | None = None
    width: int = 0  # pixels; 0 takes the rest


class LineTable(QAbstractTableModel, Generic[L]):
    """For lists of hundreds; the table of all devices fetches its rows as they are needed."""

    def __init__(self, columns: Sequence[Column[L]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: tuple[L, ...] = ()

    def show_lines(self, lines: Sequence[L]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self.columns[section].title

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, line = self.columns[index.column()], self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(column.words(line))
        return column.tone(line) if role == TONE_ROLE and column.tone else None
