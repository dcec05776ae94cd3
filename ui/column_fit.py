"""Columns that grow to what stands in them, as far as their table has room."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

REST = 160  # what the column that takes the rest keeps
SQUEEZED = 120  # in a small window: wide columns give way to here, so that it keeps as much


class ColumnFit(QObject):
    """Starts from usual widths, whose order says which column grows first.

    Columns only grow while the same rows are shown, so that nothing jumps under a wheel; the
    stretched one gives them room until it has its own usual width, or `REST`. In a small window
    wide columns become narrower instead.
    """

    def __init__(self, view: QTableView, stretch: int, widths: Mapping[int, int]) -> None:
        super().__init__(view)
        self._view, self._rest = view, widths.get(stretch, REST)
        self._usual = {column: width for column, width in widths.items() if column != stretch}
        self._wanted: dict[int, int] = {}
        self._soon = QTimer(self)  # once for all that changes together
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        header = view.horizontalHeader()
        header.setResizeContentsPrecision(0)  # the rows in sight: a stock has a hundred thousand
        for column, width in self._usual.items():
            header.resizeSection(column, width)
        if stretch < header.count():
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self._connect()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._soon.start()
        return False

    def _connect(self) -> None:
        model = self._view.model()
        model.modelReset.connect(self._begin_anew)
        for changed in (model.rowsInserted, model.dataChanged):
            changed.connect(self._look)
        self._view.verticalScrollBar().valueChanged.connect(self._look)
        self._view.viewport().installEventFilter(self)

    def _begin_anew(self) -> None:
        self._wanted = {}
        self._look()

    def _look(self) -> None:
        self._soon.start()

    def _fit(self) -> None:
        if not self._view.isVisible():
            return
        header = self._view.horizontalHeader()
        spare = self._view.viewport().width() - self._rest - sum(self._usual.values())
        lack = max(min(self._rest, SQUEEZED) - self._rest - spare, 0)
        for column, usual in self._usual.items():
            given = min(max(usual - SQUEEZED, 0), lack)
            lack -= given
            grown = min(max(self._want(column) - usual, 0), max(spare, 0))
            spare -= grown
            header.resizeSection(column, usual + grown - given)

    def _want(self, column: int) -> int:
        title = self._view.horizontalHeader().sectionSizeHint(column)
        needed = max(title, self._view.sizeHintForColumn(column), self._wanted.get(column, 0))
        self._wanted[column] = needed
        return needed
