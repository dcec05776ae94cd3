"""The table model of a device's checks."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from station.words import _
from ui.chip_delegate import TONE_ROLE
from ui.device.check_rows import CheckRow

PART, FIGURES, VERDICT, PROPOSAL = range(4)
NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class ChecksModel(QAbstractTableModel):
    """Part, figures, verdict and proposal of each check."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[CheckRow, ...] = ()
        self._heads = (_("Part"), _("Result"), _("Verdict"), _("Proposal"))

    def show_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these instead; the same rows again disturb nobody's place."""
        if self._rows == tuple(rows):
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

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
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return (row.part, row.figures, row.verdict, row.proposal)[index.column()]
        if role == TONE_ROLE and index.column() == VERDICT:
            return row.tone
        return None
