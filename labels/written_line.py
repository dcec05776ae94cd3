"""A line to write on: its words as they are, its dots stretched until it is full."""

import re
from typing import Any, Final

from reportlab.platypus import Flowable

from labels.fonts import printable, text_width
from labels.paper_styles import paragraph

DOTS: Final = re.compile("(…{2,})")
DOT: Final = "."
LEAST_DOTS: Final = 12.0  # points: room for a word


class _WrittenLine(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Several gaps share what the words leave, the longer written the longer drawn."""

    def __init__(self, text: str, style: Any) -> None:
        super().__init__()
        self._style, self._pieces = style, DOTS.split(printable(text, style.fontName))

    def getSpaceBefore(self) -> float:  # noqa: N802 -- reportlab's name
        return float(self._style.spaceBefore)

    def getSpaceAfter(self) -> float:  # noqa: N802 -- reportlab's name
        return float(self._style.spaceAfter)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        return width, self._style.leading

    def draw(self) -> None:
        face, size = self._style.fontName, self._style.fontSize
        self.canv.setFont(face, size)
        x, base = 0.0, self._style.leading - size
        for number, piece in enumerate(self._pieces):
            width = self._gap(piece) if number % 2 else text_width(piece, face, size)
            dots = int(width / text_width(DOT, face, size))
            self.canv.drawString(x, base, DOT * dots if number % 2 else piece)
            x += width

    def _gap(self, piece: str) -> float:
        face, size = self._style.fontName, self._style.fontSize
        words = sum(text_width(words, face, size) for words in self._pieces[::2])
        share = len(piece) / sum(len(gap) for gap in self._pieces[1::2])
        return max(share * (self._width - words), 0.0)

    def fits(self, width: float) -> bool:
        """Whether its words leave room to write."""
        self._width = width
        return all(self._gap(gap) >= LEAST_DOTS for gap in self._pieces[1::2])


def written_line(text: str, style: Any, width: float) -> Any:
    """One line to write on, or a paragraph where nothing is to be written or it is too long."""
    line = _WrittenLine(text, style)
    return line if DOTS.search(text) and line.fits(width) else paragraph(text, style)
