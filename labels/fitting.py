"""Text made to fit its line: shrunk first, then elided in the middle; never overprinting."""

from bisect import bisect_right
from typing import Final

from msgspec import Struct

from labels.fonts import LABEL_BOLD, LABEL_TEXT, text_width
from labels.layout import POINT, Box, Role, TextLine

ELLIPSIS: Final = "…"
SHRINK_STEP: Final = 0.25  # points

# Of the em. Vietnamese capitals with two marks (Ấ, Ễ) rise above the font's own ascent.
RISE: Final = 1.115
FALL: Final = 0.245
DIGIT_RISE: Final = 0.75


class LineStyle(Struct, frozen=True):
    """How a kind of line is set."""

    role: Role
    face: str
    size: float  # points
    smallest: float
    rise: float = RISE
    fall: float = FALL

    def at(self, text: str, x: float, y: float, width: float) -> TextLine:
        """The line with its upper left corner here, no wider than this."""
        shown, size = fit(text, self.face, self.size, self.smallest, width)
        em = size * POINT
        box = Box(x, y, text_width(shown, self.face, size) * POINT, em * (self.rise + self.fall))
        return TextLine(self.role, shown, self.face, size, box, y + em * self.rise)


CODE_LINE: Final = LineStyle(Role.CODE, LABEL_BOLD, 16, 9, rise=DIGIT_RISE, fall=0)
KIND_LINE: Final = LineStyle(Role.KIND, LABEL_BOLD, 8, 6)
NAME_LINE: Final = LineStyle(Role.NAME, LABEL_TEXT, 7.5, 6)
PROGRAMME_LINE: Final = LineStyle(Role.PROGRAMME, LABEL_TEXT, 6, 5.5)


def fit(text: str, face: str, size: float, smallest: float, width: float) -> tuple[str, float]:
    """The text and the size in points at which it is no wider than this, in millimetres."""
    room = width / POINT
    while size > smallest and text_width(text, face, size) > room:
        size -= SHRINK_STEP
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
