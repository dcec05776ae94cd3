"""Tables as the look wants them, and what stands there while they are empty."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView

from ui.cards import EmptyState
from ui.chip_delegate import ChipDelegate
from ui.column_fit import ColumnFit

ROW_HEIGHT = 38


def dress_table(
    view: QTableView, *, stretch: int, widths: Mapping[int, int] | None = None
) -> QTableView:
    """Give a table with a model its rows, chips and columns; `stretch` takes the rest."""
    view.setItemDelegate(ChipDelegate(view))
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)  # Tab leaves the table, arrows move in it
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = view.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(48)
    ColumnFit(view, stretch, widths or {})
    return view


class Listing(QStackedWidget):
    """A table with a model, or the sentence that says how to fill it."""

    def __init__(self, view: QTableView, empty: EmptyState) -> None:
        super().__init__()
        self._view = view
        self.addWidget(empty)
        self.addWidget(view)
        model = view.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._choose)
        self._choose()

    def _choose(self) -> None:
        model: QAbstractItemModel = self._view.model()
        self.setCurrentIndex(1 if model.rowCount() else 0)
