"""A label described: what stands where, in millimetres from its upper left corner."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

POINT: Final = 25.4 / 72  # millimetres


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
