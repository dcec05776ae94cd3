"""Text set in lines of a width, at most so many; what is too long ends in an ellipsis."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from reportlab.lib.utils import simpleSplit

from labels.fitting import ELLIPSIS, fit
from labels.fonts import printable
from labels.layout import POINT

LEADING: Final = 1.28  # of the size: Vietnamese capitals with two marks rise high
ROUNDING: Final = 1e-6  # millimetres
MOST_CHARACTERS: Final = 2000  # of one cell: enough for any line that has room


class Type(Struct, frozen=True):
    """A face and a size in points."""

    face: str
    size: float

    @property
    def leading(self) -> float:
        """From line to line, in millimetres."""
        return self.size * LEADING * POINT


class Cell(Struct, frozen=True):
    """Lines that fit their width, at a place from the left edge in millimetres."""

    x: float
    type: Type
    lines: tuple[str, ...]
    colour: str = "#000000"

    @property
    def height(self) -> float:
        """In millimetres."""
        return len(self.lines) * self.type.leading


class Row(Struct, frozen=True):
    """Cells beside each other."""

    cells: tuple[Cell, ...]
    gap: float = 0.8  # below, in millimetres

    @property
    def height(self) -> float:
        """Of the tallest cell, with the gap."""
        return max((cell.height for cell in self.cells), default=0.0) + self.gap


def wrapped(text: str, type_: Type, width: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines of this width in millimetres."""
    shown = printable(text[:MOST_CHARACTERS], type_.face)
    lines: list[Any] = simpleSplit(shown, type_.face, type_.size, width / POINT)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} {ELLIPSIS}"]
    return tuple(fit(line, type_.face, type_.size, type_.size, width)[0] for line in lines)


def fitting_rows(rows: Sequence[Row], room: float, more: Row) -> tuple[Row, ...]:
    """All rows, or as many as have room together with the row that says what is left out."""
    if height_of(rows) <= room + ROUNDING:
        return tuple(rows)
    shown, left = [], room - more.height
    for row in rows:
        left -= row.height
        if left < 0:
            break
        shown.append(row)
    return tuple(shown)


def height_of(rows: Sequence[Row]) -> float:
    """All rows below each other, in millimetres."""
    return sum(row.height for row in rows)
