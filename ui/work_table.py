"""The table of what to do next."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from station.codes import grouped
from station.words import _
from ui.chip_delegate import TONE_ROLE
from ui.day_words import age_words
from ui.today import WorkLine

Index = QModelIndex | QPersistentModelIndex

CODE, MACHINE, STEP, AGE = range(4)
NOWHERE = QModelIndex()


class WorkTable(QAbstractTableModel):
    """One line a device."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[WorkLine, ...] = ()
        self._today = date.min

    def show(self, lines: tuple[WorkLine, ...], today: date) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self._lines, self._today = lines, today
        self.endResetModel()

    def line(self, row: int) -> WorkLine:
        """The device in a row."""
        return self._lines[row]

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Device code"), _("Device"), _("Next step"), _("Waiting"))[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == TONE_ROLE and index.column() == STEP:
            return line.tone
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, index.column())
        return None

    def _words(self, line: WorkLine, column: int) -> str:
        if column == CODE:
            return grouped(line.code)
        if column == MACHINE:
            return line.machine
        return line.step if column == STEP else age_words(line.since, self._today)
