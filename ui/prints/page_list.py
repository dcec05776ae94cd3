"""The pages of a long document by number, beside them: a click or the arrow keys go there."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView
from typing_extensions import override

from station.words import _
from ui.prints.paper_view import PaperView

WIDTH = 104
ROW_HEIGHT = 30
NOWHERE = QModelIndex()


class PageNumbers(QAbstractListModel):
    """As many numbers as there are pages."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def show(self, count: int) -> None:
        """There are this many now."""
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | QSize | None:
        if index.isValid() and role == Qt.ItemDataRole.SizeHintRole:
            return QSize(WIDTH - 16, ROW_HEIGHT)
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("Page {number}").format(number=index.row() + 1)


class PageList(QListView):
    """Hidden where there is but one page."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view, self._numbers = view, PageNumbers()
        self.setAccessibleName(_("Pages"))
        self.setObjectName("pageList")
        self.setFixedWidth(WIDTH)
        self.setUniformItemSizes(True)
        self.setModel(self._numbers)
        self.hide()
        view.opened.connect(self._count)
        view.page_changed.connect(self._mark)
        self.selectionModel().currentChanged.connect(self._go)

    def _count(self) -> None:
        if self._numbers.rowCount() != self._view.page_count:
            self._numbers.show(self._view.page_count)
        self.setVisible(self._view.page_count > 1)
        self._mark(self._view.page)

    def _mark(self, page: int) -> None:
        if self.currentIndex().row() != page:
            self.setCurrentIndex(self._numbers.index(page))

    def _go(self, current: QModelIndex) -> None:
        if current.isValid() and current.row() != self._view.page:
            self._view.go_to(current.row())
