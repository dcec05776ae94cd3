"""What the keys of a keyboard-wedge scanner look like to Qt."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ACT_KEYS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier  # on Windows
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}


def is_modifier(event: QKeyEvent) -> bool:
    """Say whether this key only changes others, as Shift does inside a scan.

    A scanner in its keypad mode holds Alt and types a character's number: Windows makes the
    character of it when Alt is let go.
    """
    composes = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    return event.key() in _MODIFIERS or event.modifiers() & composes == composes


def is_end(event: QKeyEvent) -> bool:
    """Say whether this key may be a scanner's suffix: CR, Tab, or LF sent as Ctrl+J."""
    return event.key() in _ENDS or event.text() in {"\r", "\n", "\t"}


def asks_for_act(event: QKeyEvent) -> bool:
    """Say whether a hand meant an act, as with Alt+H: Qt's fields would type the letter.

    AltGr, which Windows tells as Ctrl+Alt, types letters that other keys do not.
    """
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    typed = bool(event.text()) and event.text().isprintable()
    return typed and bool(held) and not held & Qt.KeyboardModifier.ControlModifier


def is_erasing(event: QKeyEvent) -> bool:
    """Say whether this is a Backspace by itself: a hand's, or an input method's that rewrites."""
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    return event.key() == Qt.Key.Key_Backspace and plain and not event.isAutoRepeat()


def characters(event: QKeyEvent) -> str:
    """Give what the key types, "" for a key held down, a shortcut or a control character."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    is_shortcut = bool(held) and held != _ALT_GR
    if event.isAutoRepeat() or is_shortcut or not event.text().isprintable():
        return ""
    return event.text()
