"""A line above a list that narrows it as somebody types; no marks are needed."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.text import fold, search_words
from ui.line_list import LineList

L = TypeVar("L")

TWO_LINES = 52  # the height of a row that says two things


class Sought(QWidget, Generic[L]):
    """A list under its filter; Down leads from the filter into the list."""

    def __init__(
        self,
        listing: LineList[L],
        words_of: Callable[[L], str],
        name: str,
        hint: str,
        *beside: QWidget,
        keys: str = "",
        keep: Callable[[L], bool] | None = None,
    ) -> None:
        """`beside` stands in the filter's row; `keep` is what it lets through."""
        super().__init__()
        self.listing, self._words_of, self._keep = listing, words_of, keep
        self._lines: Sequence[L] = ()
        self.text = QLineEdit()
        self.text.setObjectName(name)
        self.text.setPlaceholderText(f"{hint} ({keys})" if keys else hint)
        self.text.setAccessibleName(hint)
        self.text.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in beside:
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(listing, 1)
        self.text.textChanged.connect(self.narrow)
        down = QShortcut(Qt.Key.Key_Down, self.text, self.enter_list)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        if keys:
            go = QShortcut(keys, self, self.text.setFocus)
            go.setWhatsThis(hint)

    def show_lines(self, lines: Sequence[L], *, go_on: bool = False) -> None:
        """Show these, as far as they fit what was typed."""
        self._lines = tuple(lines)
        self.listing.show_lines(self._fitting(), go_on=go_on)

    def narrow(self) -> None:
        """Show what fits now."""
        self.listing.show_lines(self._fitting())

    def choose(self, key: str) -> bool:
        """Choose a line, also one that the filter hides: who scans it wants it."""
        if self.listing.choose(key):
            return True
        if self.text.text():
            self.text.clear()
            return self.listing.choose(key)
        return False

    def enter_list(self) -> None:
        """Go on with the keys in the list."""
        self.listing.view.setFocus()

    def _fitting(self) -> tuple[L, ...]:
        wanted = search_words(self.text.text())
        return tuple(
            line
            for line in self._lines
            if (self._keep is None or self._keep(line))
            and all(word in fold(self._words_of(line)) for word in wanted)
        )
