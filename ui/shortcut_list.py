"""F1: every shortcut that works here now, read from the widgets that own them."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QMargins, QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station.words import _
from ui.buttons import secondary_button
from ui.theme import Role, words

ROWS: Final = 21  # of a column: what stands on the smallest screen
COLUMN_WIDTH: Final = 380
MOST: Final = 0.9  # of the screen


def shortcuts_of(window: QWidget) -> list[tuple[str, str]]:
    """List (keys, what they do) of a window's named shortcuts and visible buttons."""
    return [*_of_shortcuts(window), *_of_buttons(window)]


def _of_shortcuts(window: QWidget) -> Iterator[tuple[str, str]]:
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        seen = not isinstance(owner, QWidget) or owner.isVisibleTo(window)
        if shortcut.whatsThis() and shortcut.isEnabled() and seen:
            yield " · ".join(map(_native, shortcut.keys())), shortcut.whatsThis()


def _of_buttons(window: QWidget) -> Iterator[tuple[str, str]]:
    for button in window.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty() and button.isVisibleTo(window):
            yield _native(button.shortcut()), button.accessibleName()


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


class ShortcutList(QDialog):
    """Shows the list, all of it at once where the screen has room; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Keyboard shortcuts"))
        room = window.screen().availableSize() * MOST
        close = secondary_button(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(words(_("Keyboard shortcuts"), Role.CARD_TITLE))
        listed = _Scrolled(_listed(shortcuts_of(window), room.width() // COLUMN_WIDTH))
        layout.addWidget(listed, 1)
        layout.addWidget(close)
        self.resize(self.sizeHint().boundedTo(room))
        listed.setFocus()  # the arrow keys go down a list that is longer than the screen


def _listed(shortcuts: Sequence[tuple[str, str]], most_columns: int) -> QWidget:
    """As many columns as they need, and the screen has room for."""
    columns = max(1, min(ceil(len(shortcuts) / ROWS), most_columns))
    rows = max(1, ceil(len(shortcuts) / columns))
    listed = QWidget()
    grid = QGridLayout(listed)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    for place, (keys, what) in enumerate(shortcuts):
        column, row = divmod(place, rows)
        grid.addWidget(words(keys, Role.STRONG), row, 2 * column)
        grid.addWidget(words(what), row, 2 * column + 1)
    grid.setRowStretch(rows, 1)
    return listed


class _Scrolled(QScrollArea):
    """Asks for room for everything; Qt's own asks for no more than a few lines."""

    def __init__(self, listed: QWidget) -> None:
        super().__init__()
        self._listed = listed
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(listed)
        self.viewport().setAutoFillBackground(False)
        listed.setAutoFillBackground(False)  # setWidget turns it on

    @override
    def sizeHint(self) -> QSize:
        whole = self._listed.sizeHint()
        return whole.grownBy(QMargins(0, 0, self.verticalScrollBar().sizeHint().width(), 0))
