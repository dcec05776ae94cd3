"""The model of one column of the board: a list of cards."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from station.codes import grouped
from station.ledger import Moment
from station.reference import Reference
from ui.bench.in_work import BenchLine
from ui.day_words import age_words
from ui.device_words import device_name
from ui.tips import plain

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
AGE_ROLE = LINE_ROLE + 1
NAME_ROLE = LINE_ROLE + 2
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class ColumnModel(QAbstractListModel):
    """Devices in one stage; a screen reader hears each as one sentence."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._lines: tuple[BenchLine, ...] = ()
        self._when: Moment | None = None

    @property
    def lines(self) -> tuple[BenchLine, ...]:
        """What stands here."""
        return self._lines

    def show_lines(self, lines: Sequence[BenchLine], when: Moment) -> None:
        """Show these, as they stand at that moment."""
        self.beginResetModel()
        self._lines, self._when = tuple(lines), when
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """Where a device stands; -1 when it is not here."""
        return next((at for at, line in enumerate(self._lines) if line.device.code == code), -1)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == AGE_ROLE:
            return self._age(line)
        if role == NAME_ROLE:
            return device_name(line.device, self._reference)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self._sentence(line))
        spoken = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self._sentence(line) if role in spoken else None

    def _age(self, line: BenchLine) -> str:
        since = line.device.since
        return age_words(since, self._when.day) if since and self._when else ""

    def _sentence(self, line: BenchLine) -> str:
        name = device_name(line.device, self._reference)
        parts = (grouped(line.device.code), name, self._age(line), line.step, line.technician)
        return " · ".join(part for part in parts if part)
