"""F1: every shortcut that works here now, read from the widgets that own them."""

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QDialog, QGridLayout, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.theme import Role, words


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
    """Shows the list; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for row, (keys, what) in enumerate(shortcuts_of(window)):
            grid.addWidget(words(keys, Role.STRONG), row, 0)
            grid.addWidget(words(what), row, 1)
        close = secondary_button(_("Close"))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(words(_("Keyboard shortcuts"), Role.CARD_TITLE))
        layout.addLayout(grid)
        layout.addWidget(close)
