"""The sheets of papers: their sizes, margins by Nghị định 30/2020, and the copies on one sheet."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Frame

from labels.document import Sheet
from labels.paper_styles import SMALL


class Margins(Struct, frozen=True):
    """In points."""

    top: float
    bottom: float
    left: float
    right: float


# The decree names the edges as they are read, on a sheet turned sideways too.
_LARGE: Final = Margins(20 * mm, 20 * mm, 30 * mm, 15 * mm)
_SMALL: Final = Margins(12 * mm, 17 * mm, 15 * mm, 12 * mm)


class Area(Struct, frozen=True):
    """Where one copy of a paper stands on a page: its lower edge and its size, in points."""

    y: float
    width: float
    height: float
    margins: Margins

    @property
    def text(self) -> tuple[float, float]:
        """Width and height of its text."""
        m = self.margins
        return self.width - m.left - m.right, self.height - m.top - m.bottom

    def frame(self, name: str) -> Any:
        """The frame its text flows through."""
        return Frame(
            self.margins.left, self.y + self.margins.bottom, *self.text, 0, 0, 0, 0, id=name
        )


class Page(Struct, frozen=True):
    """A page of one paper: its size, the copies on it, how large its type is."""

    size: tuple[float, float]
    areas: tuple[Area, ...]
    scale: float


def _whole(size: tuple[float, float], margins: Margins, scale: float) -> Page:
    return Page(size, (Area(0, *size, margins),), scale)


def _halves(size: tuple[float, float], margins: Margins, scale: float) -> Page:
    width, height = size[0], size[1] / 2
    upper, lower = (Area(y, width, height, margins) for y in (height, 0))
    return Page(size, (upper, lower), scale)


PAGES: Final[Mapping[Sheet, Page]] = {
    Sheet.A4: _whole(A4, _LARGE, 1.0),
    Sheet.A4_LANDSCAPE: _whole(landscape(A4), _LARGE, 1.0),
    Sheet.A5: _whole(A5, _SMALL, SMALL),
    Sheet.A5_LANDSCAPE: _whole(landscape(A5), _SMALL, SMALL),
    Sheet.TWO_ON_A4: _halves(A4, _SMALL, SMALL),
}
