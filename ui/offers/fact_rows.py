"""Rows of a card: what is known about one thing, its name before it."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.theme import Role, words

NAME_WIDTH = 92


class FactRows(QWidget):
    """Name and value under each other; what is empty is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: QWidget) -> None:
        """Put a row below those that are there."""
        row = self._grid.rowCount()
        label = words(name, Role.MUTED)
        label.setBuddy(value)
        self._labels[value] = label
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(value, row, 1)

    def show_row(self, value: QWidget, shown: bool) -> None:
        """Show or hide a row by its value."""
        value.setVisible(shown)
        self._labels[value].setVisible(shown)
