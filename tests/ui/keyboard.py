"""Keys with the times at which a scanner or a hand presses them."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.scanning.burst import MAX_GAP_MS

SCANNER_MS = 8
HAND_MS = 90

_clock = itertools.count(10_000, 5_000)  # each run of keys begins long after the last one


def press(characters: str, gap_ms: int) -> None:
    """Send the keys to whatever has the focus; \\r, \\n (Ctrl+J) and \\t as a wedge sends them."""
    at = next(_clock)
    for character in characters:
        _send(character, at)
        at += gap_ms


def scan(characters: str) -> None:
    press(characters, SCANNER_MS)


def scan_and_meanwhile(characters: str, meanwhile: Callable[[], None], suffix: str) -> None:
    """Let something happen in the window between the last character and the suffix."""
    at = next(_clock)
    for number, character in enumerate(characters):
        _send(character, at + number * SCANNER_MS)
    meanwhile()
    _send(suffix, at + len(characters) * SCANNER_MS)


@contextmanager
def meanwhile_scanning(characters: str, before: int, lost: int) -> Iterator[None]:
    """Something happens after so many keys of a scan; so many are lost while it does."""
    at = next(_clock)
    for number, character in enumerate(characters):
        if number == before:
            yield
        if not before <= number < before + lost:
            _send(character, at + number * SCANNER_MS)


def type_by_hand(characters: str) -> None:
    press(characters, HAND_MS)


def type_in_haste(characters: str) -> None:
    """Type as the fastest hand: just too slow for a scanner."""
    press(characters, MAX_GAP_MS)


def hold_down(character: str, times: int, then: str) -> None:
    """Let the keyboard repeat a key as fast as a scanner types."""
    at = next(_clock)
    for number in range(times):
        _send(character, at + number * SCANNER_MS, repeated=number > 0)
    _send(then, at + times * SCANNER_MS)


def scan_while_busy(characters: str) -> None:
    """Scan as X tells it when it is late: the same key twice comes at one time, as if held down."""
    at, before = next(_clock), ""
    for character in characters:
        at += 0 if character == before else SCANNER_MS
        _send(character, at, repeated=character == before)
        before = character


def _send(character: str, at: int, *, repeated: bool = False) -> None:
    receiver = QApplication.focusWidget()
    assert receiver is not None, "nothing has the focus"
    if character.isupper():
        shift = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        _deliver(shift, at)
    event = QKeyEvent(
        QEvent.Type.KeyPress, _KEYS.get(character, 0), _modifiers(character), character, repeated
    )
    _deliver(event, at)


def _deliver(event: QKeyEvent, at: int) -> None:
    receiver = QApplication.focusWidget()
    assert receiver is not None
    event.setTimestamp(at)
    QApplication.sendEvent(receiver, event)


def _modifiers(character: str) -> Qt.KeyboardModifier:
    if character == "\n":
        return Qt.KeyboardModifier.ControlModifier
    shifted = character.isupper()
    return Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier


_KEYS = {
    "\r": Qt.Key.Key_Return.value,
    "\n": Qt.Key.Key_J.value,
    "\t": Qt.Key.Key_Tab.value,
    "\b": Qt.Key.Key_Backspace.value,
    "\x1b": Qt.Key.Key_Escape.value,
    **{digit: ord(digit) for digit in "0123456789"},
    **{letter: ord(letter.upper()) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{letter: ord(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}
