"""The dots of a label printer. Symbols lie on them: a module of uneven width misreads."""

import math
from collections.abc import Mapping
from typing import Final

from msgspec import Struct


class Resolution(Struct, frozen=True):
    """A printer's dots, and how many of them a module of a symbol may take, the best first."""

    dpi: int
    dot: float  # millimetres
    bar_dots: tuple[int, ...]  # 0.25 mm at least
    qr_dots: tuple[int, ...]  # a third of a millimetre at least: the larger outlives more wear
    fine_bar_dots: int  # where no other gets a code onto the label; never below 2

    def dots(self, length: float) -> int:
        """How many whole dots come nearest to this length."""
        return math.floor(length / self.dot + 0.5)

    def snapped(self, length: float) -> float:
        """The length rounded to whole dots."""
        return self.dots(length) * self.dot

    def floor(self, length: float) -> float:
        """The length rounded down to whole dots."""
        return math.floor(length / self.dot + 0.001) * self.dot

    def ceil(self, length: float) -> float:
        """The length rounded up to whole dots."""
        return math.ceil(length / self.dot - 0.001) * self.dot


DPI_203: Final = Resolution(
    dpi=203,
    dot=1 / 8,
    bar_dots=(3, 2),
    qr_dots=(5, 4, 3),
    fine_bar_dots=2,
)
DPI_300: Final = Resolution(
    dpi=300,
    dot=25.4 / 300,
    bar_dots=(4, 3),
    qr_dots=(7, 6, 5, 4),
    fine_bar_dots=2,
)
RESOLUTIONS: Final[Mapping[int, Resolution]] = {one.dpi: one for one in (DPI_203, DPI_300)}
