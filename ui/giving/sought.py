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
        self._lines: tuple[L, ...] = ()
        self._folded: tuple[str, ...] | None = None  # their words; None until somebody types
        self._shown: tuple[L, ...] = ()
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
        self._lines, self._folded = tuple(lines), None
        self._shown = self._fitting()
        self.listing.show_lines(self._shown, go_on=go_on)

    def narrow(self) -> None:
        """Show what fits now."""
        fitting = self._fitting()
        if fitting != self._shown:
            self._shown = fitting
            self.listing.show_lines(fitting)

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
        kept = range(len(self._lines)) if not wanted else self._with(wanted)
        return tuple(
            line
            for line in map(self._lines.__getitem__, kept)
            if self._keep is None or self._keep(line)
        )

    def _with(self, wanted: Sequence[str]) -> list[int]:
        """Where the lines stand that have all these words."""
        if self._folded is None:
            self._folded = tuple(fold(self._words_of(line)) for line in self._lines)
        return [at for at, told in enumerate(self._folded) if all(word in told for word in wanted)]
