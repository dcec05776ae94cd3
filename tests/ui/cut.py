"""What a window shows only in part."""

from PySide6.QtWidgets import QCheckBox, QTableView, QWidget


def cut_cells(view: QTableView, *columns: int) -> list[str]:
    """The words in these columns that have less room than they need, of the rows in sight."""
    indexes = [
        view.model().index(row, column)
        for row in range(view.model().rowCount())
        for column in columns
        if view.visualRect(view.model().index(row, column)).intersects(view.viewport().rect())
    ]
    needed = [(index, view.sizeHintForIndex(index).width()) for index in indexes]
    return [
        str(index.data()) for index, width in needed if width > view.columnWidth(index.column())
    ]


def cut_boxes(page: QWidget) -> list[str]:
    """The boxes to tick whose words have less room than they need."""
    boxes = [box for box in page.findChildren(QCheckBox) if box.isVisibleTo(page)]
    return [box.text() for box in boxes if box.width() < box.sizeHint().width()]
