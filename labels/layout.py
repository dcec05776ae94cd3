"""A label described: what stands where, in millimetres from its upper left corner."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

POINT: Final = 25.4 / 72  # millimetres

_ROUNDING: Final = 1e-6  # millimetres


class Role(StrEnum):
    """What a line of text says."""

    CODE = "code"
    OWNER = "owner"
    KIND = "kind"
    NAME = "name"
    PROGRAMME = "programme"


class Box(Struct, frozen=True):
    """A rectangle on the label."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across > _ROUNDING and down > _ROUNDING


class TextLine(Struct, frozen=True):
    """A line of text that fits its box."""

    role: Role
    text: str
    face: str
    size: float  # points
    box: Box
    baseline: float


class Symbol(Struct, frozen=True):
    """A barcode (one row) or a QR symbol. `clear` is its box with the quiet zone around it."""

    rows: tuple[str, ...]
    module: float
    box: Box
    clear: Box


class LabelLayout(Struct, frozen=True):
    """The whole label, ready to be drawn."""

    width: float
    height: float
    texts: tuple[TextLine, ...]
    bars: Symbol
    qr: Symbol | None
