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
_REPEAT_MS = 5  # no keyboard repeats a key that is held down so fast
_EDITING = {
    Qt.Key.Key_A,
    Qt.Key.Key_C,
    Qt.Key.Key_V,
    Qt.Key.Key_X,
    Qt.Key.Key_Y,
    Qt.Key.Key_Z,
}
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


def is_act_of_page(event: QKeyEvent) -> bool:
    """Say whether Ctrl and this letter are a page's, and no editing that Windows knows.

    On Linux a field takes some for itself, such as Ctrl+E for its end: the scan box has the keys
    on most pages, and there they would do nothing. Where no page has them the field gets them.
    """
    only_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    return only_ctrl and letter and event.key() not in _EDITING


def is_ctrl_return(event: QKeyEvent) -> bool:
    """Say whether these keys do what a page or a dialog is for."""
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(held) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def asks_for_act(event: QKeyEvent) -> bool:
    """Say whether a hand meant an act, as with Alt+H: Qt's fields would type the letter.

    AltGr, which Windows tells as Ctrl+Alt, types letters that other keys do not.
    """
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    typed = bool(event.text()) and event.text().isprintable()
    return typed and bool(held) and not held & Qt.KeyboardModifier.ControlModifier


def is_erasing(event: QKeyEvent, last: int = 0) -> bool:
    """Say whether this is a Backspace by itself: a hand's, or an input method's that rewrites.

    `last` is when the key before came, in milliseconds.
    """
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    return event.key() == Qt.Key.Key_Backspace and plain and not _is_held(event, last)


def characters(event: QKeyEvent, last: int = 0) -> str:
    """Give what the key types, "" for a key held down, a shortcut or a control character.

    `last` is when the key before came, in milliseconds.
    """
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | _ACT_KEYS)
    is_shortcut = bool(held) and held != _ALT_GR
    if _is_held(event, last) or is_shortcut or not event.text().isprintable():
        return ""
    return event.text()


def _is_held(event: QKeyEvent, last: int) -> bool:
    """Whether a hand holds the key down.

    X calls it so too when a scanner types one figure twice and a busy PC gives both one time.
    """
    at_once = bool(last) and 0 <= event.timestamp() - last < _REPEAT_MS
    return event.isAutoRepeat() and not at_once
