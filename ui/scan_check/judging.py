"""What a test scan tells: whether the scanner is heard, and what rewrites its keys.

Figures pass every input method of Vietnam but Windows' own layout, so a device's label proves
little. The test text has what Telex and VNI take for marks, in syllables that a spelling check
lets through too.
"""

import unicodedata
from enum import Enum
from typing import Final

from msgspec import Struct

from station.codes import BadCode, is_of_layout, keys_of_layout, parse_scan
from ui.scanning.burst import MAX_GAP_MS

TEST_TEXT: Final = "ANS-AN1-DDI-DI9-507"
_TELEX, _VNI, _FIGURES = (0, 2), (1, 3), 4  # the places of the words each of them rewrites
ALIKE: Final = 0.6  # of the test's letters and figures, for a text that was rewritten


class End(Enum):
    """What the scanner typed after the text."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"


class Method(Enum):
    """What stands between the scanner and the program."""

    NONE = "none"
    LAYOUT = "layout"  # Windows' own Vietnamese keyboard
    TELEX = "telex"
    VNI = "vni"
    OTHER = "other"
    UNKNOWN = "unknown"  # nothing was scanned that could tell


class Attempt(Struct, frozen=True):
    """What arrived."""

    text: str
    end: End
    ms_per_key: float | None = None  # None for what nobody typed: a port, a camera


class Finding(Struct, frozen=True):
    """What it tells."""

    method: Method
    known: bool  # the test text, or one of our codes
    end: End
    preamble: str = ""
    ms_per_key: float | None = None
    caps: bool = False  # Caps Lock turned the letters round

    @property
    def fast(self) -> bool:
        """Whether its keys are told from a hand's."""
        return self.ms_per_key is None or self.ms_per_key < MAX_GAP_MS

    @property
    def works(self) -> bool:
        """Whether scans are heard on every page."""
        return self.known and self.fast and self.end is not End.NONE

    @property
    def clean(self) -> bool:
        """Whether serial numbers arrive as they are."""
        return self.method is Method.NONE


def judge(attempt: Attempt) -> Finding:
    """Say what a test scan tells."""
    text = attempt.text.strip("\r\n\t\x02\x03")
    method, preamble = _method(text)
    known = method is not Method.UNKNOWN or _is_code(text)
    caps = method is Method.NONE and TEST_TEXT not in text
    return Finding(method, known, attempt.end, preamble, attempt.ms_per_key, caps)


def _method(text: str) -> tuple[Method, str]:
    preamble, found, _rest = text.upper().partition(TEST_TEXT)
    if found:
        return Method.NONE, text[: len(preamble)]
    if is_of_layout(text):
        preamble, found, _rest = keys_of_layout(text).upper().partition(TEST_TEXT)
        return (
            Method.LAYOUT if found or _is_code(text) else Method.UNKNOWN
        ), preamble if found else ""
    if not _resembles(text):
        return Method.UNKNOWN, ""
    return _rewriter(text), ""


def _rewriter(text: str) -> Method:
    words, was = text.upper().split("-"), TEST_TEXT.split("-")
    words[0] = words[0][-len(was[0]) :]  # behind a preamble
    if len(words) != len(was) or not words[_FIGURES].startswith(was[_FIGURES]):
        return Method.OTHER
    changed = {place for place, word in enumerate(was) if words[place] != word}
    if changed == set(_TELEX):
        return Method.TELEX
    return Method.VNI if changed == set(_VNI) else Method.OTHER


def _resembles(text: str) -> bool:
    """Whether the letters are those of the test without their marks."""
    bare = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    left, hits = list(bare), 0
    for character in TEST_TEXT:
        if character in left:
            left.remove(character)
            hits += 1
    return hits >= ALIKE * len(TEST_TEXT) and len(bare) <= 2 * len(TEST_TEXT)


def _is_code(text: str) -> bool:
    try:
        parse_scan(text)
    except BadCode:
        return False
    return True
