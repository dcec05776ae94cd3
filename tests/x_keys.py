"""Real keys on an X display: `python -m tests.x_keys`, one JSON line of keys a run, on its input.

A process of its own, so that the program under test cannot slow the keys down. It asks the X server
to press them (XTEST), as xdotool does; a character that the keyboard lacks gets a spare key first.
"""

import ctypes
import json
import sys
import time
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_int, c_uint, c_ulong, c_void_p
from typing import Final

NAMED: Final = {"\r": 0xFF0D, "\t": 0xFF09, "\b": 0xFF08, "\x1b": 0xFF1B}
UNICODE: Final = 0x0100_0000
SHIFT: Final = 0xFFE1
SETTLE_S: Final = 0.05  # until programs know a new key


class Keyboard:
    """Presses keys on the display that the environment names."""

    def __init__(self) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        _declare(self._x, self._test)
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise SystemExit("no display")
        self._shift = self._x.XKeysymToKeycode(self._display, SHIFT)
        self._spare = list(self._spare_codes())
        self._made: dict[int, int] = {}

    def type(self, text: str, gap_ms: float) -> None:
        """Press these keys one after the other."""
        codes = [self._code_of(character) for character in text]
        self._x.XSync(self._display, 0)
        for code, shifted in codes:
            time.sleep(gap_ms / 1000)  # never two at once: X would take them for one key held down
            if shifted:
                self._press(self._shift, down=True)
            self._press(code, down=True)
            self._press(code, down=False)
            if shifted:
                self._press(self._shift, down=False)
            self._x.XFlush(self._display)

    def _press(self, code: int, *, down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, code, int(down), 0)

    def _code_of(self, character: str) -> tuple[int, bool]:
        keysym = NAMED.get(character, ord(character))
        if character not in NAMED and not 0x20 <= keysym < 0x7F:
            keysym += UNICODE
        code = self._made.get(keysym) or self._x.XKeysymToKeycode(self._display, keysym)
        if not code:
            return self._make(keysym), False
        plain = self._x.XkbKeycodeToKeysym(self._display, code, 0, 0)
        return code, plain != keysym

    def _make(self, keysym: int) -> int:
        code = self._spare.pop(0)
        both = (c_ulong * 2)(keysym, keysym)
        self._x.XChangeKeyboardMapping(self._display, code, 2, both, 1)
        self._x.XSync(self._display, 0)
        time.sleep(SETTLE_S)
        self._made[keysym] = code
        return code

    def _spare_codes(self) -> Iterator[int]:
        for code in range(255, 8, -1):
            if not self._x.XkbKeycodeToKeysym(self._display, code, 0, 0):
                yield code


def _declare(x: ctypes.CDLL, test: ctypes.CDLL) -> None:
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    x.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
    x.XKeysymToKeycode.restype = ctypes.c_ubyte
    x.XkbKeycodeToKeysym.argtypes = [c_void_p, ctypes.c_ubyte, c_int, c_int]
    x.XkbKeycodeToKeysym.restype = c_ulong
    x.XChangeKeyboardMapping.argtypes = [c_void_p, c_int, c_int, POINTER(c_ulong), c_int]
    x.XSync.argtypes, x.XFlush.argtypes = [c_void_p, c_int], [c_void_p]
    test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]


def main() -> int:
    """Press what each line says, and answer when it is done."""
    keyboard = Keyboard()
    print("ready", flush=True)  # noqa: T201 -- who started us waits for it
    for line in sys.stdin:
        asked = json.loads(line)
        keyboard.type(asked["keys"], asked["gap_ms"])
        print("done", flush=True)  # noqa: T201 -- the same
    return 0


if __name__ == "__main__":
    sys.exit(main())
