"""Text made to fit its line: shrunk first, then elided in the middle; never overprinting."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from labels.fonts import LABEL_BOLD, LABEL_TEXT, text_width
from labels.frame import Slot
from labels.layout import POINT, Box, Role, TextLine

ELLIPSIS: Final = "…"
SHRINK_STEP: Final = 0.25  # points

# Of the em. Vietnamese capitals with two marks (Ấ, Ễ) rise above the font's own ascent.
RISE: Final = 1.115
FALL: Final = 0.245
DIGIT_RISE: Final = 0.75


class LineStyle(Struct, frozen=True):
    """How a kind of line is set."""

    face: str
    size: float  # points
    smallest: float
    rise: float = RISE
    fall: float = FALL

    def height(self, size: float) -> float:
        """What a line of this size takes, in millimetres."""
        return size * POINT * (self.rise + self.fall)

    def at(self, text: str, slot: Slot) -> TextLine:
        """The line in the upper left corner of its place, no wider and no larger than it."""
        shown, size = fit(text, self.face, slot.size, self.smallest, slot.width)
        box = Box(slot.x, slot.y, text_width(shown, self.face, size) * POINT, self.height(size))
        return TextLine(slot.role, shown, self.face, size, box, slot.y + size * POINT * self.rise)


STYLES: Final[Mapping[Role, LineStyle]] = {
    Role.CODE: LineStyle(LABEL_BOLD, 16, 6.5, rise=DIGIT_RISE, fall=0),
    Role.OWNER: LineStyle(LABEL_BOLD, 8, 6),
    Role.KIND: LineStyle(LABEL_BOLD, 8, 5.5),
    Role.NAME: LineStyle(LABEL_TEXT, 7.5, 6),
    Role.PROGRAMME: LineStyle(LABEL_TEXT, 6, 5.5),
}


def stepped(size: float) -> float:
    """The size rounded down to those that are used."""
    return math.floor(size / SHRINK_STEP) * SHRINK_STEP


def fits(text: str, style: LineStyle, width: float) -> bool:
    """Whether the whole text has room at the smallest size."""
    return text_width(text, style.face, style.smallest) * POINT <= width


def widest_ems(shape: str, face: str) -> float:
    """How wide a text may be, in ems, whatever digits stand for the zeros of its shape."""
    return max(text_width(shape.replace("0", digit), face, 1) for digit in "0123456789")


def fit(text: str, face: str, size: float, smallest: float, width: float) -> tuple[str, float]:
    """The text and the size in points at which it is no wider than this, in millimetres."""
    room = width / POINT
    ems = text_width(text, face, 1)
    if ems * size > room:
        size = max(smallest, stepped(room / ems))
    if text_width(text, face, size) <= room:
        return text, size
    kept = bisect_right(
        range(len(text)), room, key=lambda kept: text_width(_elided(text, kept), face, size)
    )
    return _elided(text, max(0, kept - 1)), size


def _elided(text: str, kept: int) -> str:
    """The text with this many of its letters, the middle being left out."""
    tail = kept // 2
    return text[: kept - tail].rstrip() + ELLIPSIS + text[len(text) - tail :].lstrip()
