"""How many dots of a screen make a millimetre, and whether the screen really says so."""

from typing import Final

from msgspec import Struct
from PySide6.QtGui import QScreen

MM_PER_INCH: Final = 25.4
USUAL_DPI: Final = 96.0
_BELIEVABLE: Final = (60.0, 400.0)  # of an inch; a projector or a remote desktop tells nonsense
_SQUARE: Final = 0.05  # how far the two directions may differ


class Scale(Struct, frozen=True):
    """Logical dots for a millimetre; `told` is False where they are only guessed."""

    per_mm: float
    told: bool


def scale_of(screen: QScreen) -> Scale:
    """The scale at which a page on this screen is as large as on paper."""
    size = screen.physicalSize()
    if size.isEmpty():
        return GUESSED
    return believed(screen.physicalDotsPerInchX(), screen.physicalDotsPerInchY())


def believed(across: float, down: float) -> Scale:
    """What a screen says of its dots an inch, if that can be true."""
    least, most = _BELIEVABLE
    square = abs(across - down) <= _SQUARE * max(across, down)
    if square and least <= across <= most and least <= down <= most:
        return Scale((across + down) / 2 / MM_PER_INCH, told=True)
    return GUESSED


GUESSED: Final = Scale(USUAL_DPI / MM_PER_INCH, told=False)
