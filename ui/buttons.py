"""Buttons: one primary act a page, the others quiet; each tells its shortcut."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from station.words import _
from ui.icons import BUTTON_ICON, button_icon
from ui.theme import LIGHT, Role, font


def primary_button(text: str, icon_name: str = "", shortcut: str = "") -> QPushButton:
    """Make the button of what to do next; a page has one."""
    button = _button(text, icon_name, LIGHT.surface, shortcut)
    button.setProperty("primary", True)
    button.setFont(font(Role.STRONG))
    return button


def secondary_button(text: str, icon_name: str = "", shortcut: str = "") -> QPushButton:
    """Make a button of another thing one can do."""
    return _button(text, icon_name, LIGHT.text, shortcut)


def link_button(text: str, shortcut: str = "") -> QPushButton:
    """Make a small way out beside a sentence, such as Undo or Open."""
    button = _button(text, "", LIGHT.primary, shortcut)
    button.setProperty("link", True)
    return button


def papers_button() -> QPushButton:
    """Make the button that opens the papers of whatever a page shows."""
    return secondary_button(_("Papers…"), "report", "Ctrl+Shift+P")


def _button(text: str, icon_name: str, colour: str, shortcut: str) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))  # a lone & would make a mnemonic in Qt
    button.setAccessibleName(text)
    button.setAutoDefault(True)  # Enter presses it, as a space does
    if icon_name:
        button.setIcon(button_icon(icon_name, colour))
        button.setIconSize(BUTTON_ICON)
    if shortcut:
        button.setShortcut(QKeySequence(shortcut))
        button.setToolTip(with_shortcut(text, shortcut))
    return button


def with_shortcut(text: str, shortcut: str) -> str:
    """Word a tooltip that teaches the shortcut."""
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})"
