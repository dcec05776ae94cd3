"""What the keys of a keyboard-wedge scanner look like to Qt."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}


def is_modifier(event: QKeyEvent) -> bool:
    """Say whether this key only changes others, as Shift does inside a scan."""
    return event.key() in _MODIFIERS


def is_end(event: QKeyEvent) -> bool:
    """Say whether this key may be a scanner's suffix: CR, Tab, or LF sent as Ctrl+J."""
    return event.key() in _ENDS or event.text() in {"\r", "\n", "\t"}


def characters(event: QKeyEvent) -> str:
    """Give what the key types, "" for a key held down, a shortcut or a control character."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    if event.isAutoRepeat() or event.modifiers() & held or not event.text().isprintable():
        return ""
    return event.text()
