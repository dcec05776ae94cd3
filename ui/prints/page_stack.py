"""Where the pages of a document lie below each other on the desk, at one scale; in screen dots."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

from ui.prints.pdf_pages import Size, dots_of

EDGE: Final = 16  # of the desk around the pages
BETWEEN: Final = 16


class PageStack:
    """Made anew for each scale: cheap even for a thousand pages."""

    def __init__(self, sizes: Sequence[Size], per_mm: float) -> None:
        self.per_mm = per_mm
        self._dots = [dots_of(size, per_mm) for size in sizes]
        steps = (dots.height() + BETWEEN for dots in self._dots)
        self._tops = list(accumulate(steps, initial=EDGE))[: len(self._dots)]
        self._widest = max((dots.width() for dots in self._dots), default=0)

    @property
    def size(self) -> QSize:
        """The room that all pages take."""
        if not self._tops:
            return QSize(0, 0)
        bottom = self._tops[-1] + self._dots[-1].height()
        return QSize(self._widest + 2 * EDGE, bottom + EDGE)

    def top(self, page: int) -> int:
        """How far down a page begins."""
        return self._tops[page]

    def place(self, page: int, width: int) -> QRect:
        """Where a page lies on a desk of this width, in its middle."""
        dots = self._dots[page]
        left = max(EDGE, (max(width, self.size.width()) - dots.width()) // 2)
        return QRect(QPoint(left, self._tops[page]), dots)

    def between(self, top: int, bottom: int) -> range:
        """The pages of which something is seen between these heights."""
        if not self._tops:
            return range(0)
        first = max(0, bisect_left(self._tops, top) - 1)
        if self._tops[first] + self._dots[first].height() < top:
            first += 1
        return range(first, max(first, bisect_left(self._tops, bottom)))

    def page_at(self, height: int) -> int:
        """The page that is at this height, or the one above the gap there."""
        return max(0, bisect_left(self._tops, height + 1) - 1)


def fitting(size: Size, room: QSize) -> float:
    """The scale at which a whole page of this size is seen."""
    width, height = room.width() - 2 * EDGE, room.height() - 2 * EDGE
    return max(0.1, min(width / size[0], height / size[1]))
