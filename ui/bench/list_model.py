"""The table model of the devices in work: the longest waiting first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from station.codes import grouped
from station.ledger import Moment
from station.reference import Reference, Table
from station.words import _
from ui.bench.in_work import BenchLine
from ui.chip_delegate import TONE_ROLE
from ui.coded_words import coded, stage_word
from ui.day_words import age_words
from ui.device_words import device_name

CODE, NAME, KIND, STAGE, AGE, STEP, WHO = range(7)
NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class BenchModel(QAbstractTableModel):
    """Code, device, kind, where it stands, for how long, what is next and who works at it."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._lines: tuple[BenchLine, ...] = ()
        self._when: Moment | None = None
        self._heads = (
            _("Code"),
            _("Device"),
            _("Kind"),
            _("Where"),
            _("Since"),
            _("Next"),
            _("Technician"),
        )

    def show_lines(self, lines: Sequence[BenchLine], when: Moment) -> None:
        """Show these, as they stand at that moment."""
        self.beginResetModel()
        self._lines, self._when = tuple(lines), when
        self.endResetModel()

    def code_at(self, row: int) -> str:
        """Which device stands in a row."""
        return self._lines[row].device.code

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._when is None:
            return None
        line = self._lines[index.row()]
        if index.column() == STEP and role in {Qt.ItemDataRole.DisplayRole, TONE_ROLE}:
            return line.tone if role == TONE_ROLE else line.step
        if role == Qt.ItemDataRole.DisplayRole:
            return self._word(line, index.column(), self._when.day)
        return None

    def _word(self, line: BenchLine, column: int, today: date) -> str:
        device = line.device
        match column:
            case 0:
                return grouped(device.code)
            case 1:
                return device_name(device, self._reference)
            case 2:
                return coded(Table.KINDS, device.kind, self._reference)
            case 3:
                return stage_word(device.stage)
            case 6:
                return line.technician
        return age_words(device.since, today) if device.since else ""
