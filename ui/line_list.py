"""A list on a page: the table, what stands there while it is empty, and the one line chosen."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QTableView

from ui.cards import EmptyState
from ui.line_table import Column, LineTable
from ui.tables import Listing, dress_table

L = TypeVar("L")

CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class LineList(Listing, Generic[L]):
    """Lines known by a key, so that the chosen one stays chosen when the list is read again."""

    chosen_changed = Signal()
    opened = Signal()  # a click or Enter on the chosen line

    def __init__(
        self, columns: Sequence[Column[L]], key: Callable[[L], str], empty: EmptyState
    ) -> None:
        model, view = LineTable[L](columns), QTableView()
        view.setModel(model)
        super().__init__(view, empty)
        model.setParent(self)
        self.model, self.view, self._key = model, view, key
        self._chosen: str | None = None
        stretch = next(at for at, column in enumerate(columns) if not column.width)
        widths = {at: column.width for at, column in enumerate(columns) if column.width}
        dress_table(view, stretch=stretch, widths=widths)
        view.selectionModel().currentRowChanged.connect(self._note)
        view.activated.connect(self.opened)
        view.clicked.connect(self.opened)

    def named(self, name: str, title: str) -> "LineList[L]":
        """Name the table for whoever looks for it: tests and screen readers."""
        self.view.setObjectName(name)
        self.view.setAccessibleName(title)
        return self

    @property
    def chosen(self) -> L | None:
        """The chosen line."""
        row = self._row_of(self._chosen)
        return None if row is None else self.model.lines[row]

    def show_lines(self, lines: Sequence[L], *, go_on: bool = False) -> None:
        """Show these lines; what was chosen stays chosen while it is among them.

        With `go_on` the line after it is chosen when it has gone, as down a list that is signed.
        Where nothing changed nothing moves, and the view is not laid out anew.
        """
        if tuple(lines) == self.model.lines:
            self.view.viewport().update()  # what a column says of a line may be news all the same
            self.chosen_changed.emit()
            return
        before, row = self._chosen, self._row_of(self._chosen)
        self._chosen = None
        self.model.show_lines(lines)
        if before is not None and not self.choose(before) and go_on and row is not None:
            self._choose_row(min(row, len(lines) - 1))
        self.chosen_changed.emit()

    def choose(self, key: str) -> bool:
        """Choose a line by its key; False when it is not here."""
        row = self._row_of(key)
        if row is not None:
            self._choose_row(row)
        return row is not None

    def _choose_row(self, row: int) -> None:
        if row >= 0:
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))

    def _row_of(self, key: str | None) -> int | None:
        return next(
            (at for at, line in enumerate(self.model.lines) if self._key(line) == key), None
        )

    def _note(self, current: QModelIndex) -> None:
        valid = current.isValid()
        self._chosen = self._key(self.model.lines[current.row()]) if valid else None
        if valid:  # a table that gets the focus goes to its first line without showing it chosen
            self.view.selectionModel().select(current, CHOSEN)
        self.chosen_changed.emit()
