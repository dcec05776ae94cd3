"""What no font has: boxes to tick, bars and QR symbols, each one path that flows with the text."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.units import mm

from labels.pdf import runs
from labels.symbols import code128_modules, qr_rows

TICK_SIDE: Final = 3 * mm
TICK_DROP: Final = 3.0  # points: it stands on the line of its words
BAR_MODULE: Final = 0.25 * mm
BAR_HEIGHT: Final = 8 * mm
QR_MODULE: Final = 0.7 * mm
MOST_IN_QR: Final = 300  # bytes; it is read from paper by a telephone

Point = tuple[float, float]


def box(ticked: bool | None, scale: float) -> Any:
    """A box, crossed where it is ticked."""
    side = TICK_SIDE * scale
    path = Path(strokeColor="black", strokeWidth=0.7, fillColor=None)
    _outline(path, ((0, 0), (side, 0), (side, side), (0, side)))
    if ticked:
        for (x, y), corner in (((0, 0), (side, side)), ((0, side), (side, 0))):
            path.moveTo(x, y)
            path.lineTo(*corner)
    drawing = Drawing(side, side + TICK_DROP * scale)
    drawing.add(path)
    return drawing


def bars(code: str, width: float) -> Any | None:
    """The code as Code128; None where it is no text for bars or they are wider than this."""
    if not (code and code.isascii() and code.isprintable()):
        return None
    drawing = _symbol((code128_modules(code),), (BAR_MODULE, BAR_HEIGHT))
    return drawing if drawing.width <= width else None


def bars_width(code: str) -> float:
    """How wide its bars are; 0 where it has none."""
    drawing = bars(code, float("inf"))
    return float(drawing.width) if drawing else 0.0


def qr(address: str) -> Any | None:
    """The address as QR; None where it is too long to be read from paper."""
    if not 0 < len(address.encode()) <= MOST_IN_QR:
        return None
    return _symbol(qr_rows(address), (QR_MODULE, QR_MODULE))


def _symbol(rows: Sequence[str], module: Point) -> Any:
    width, height = module
    path = Path(strokeColor=None, fillColor="black")
    for number, row in enumerate(reversed(rows)):
        bottom, top = number * height, (number + 1) * height
        for start, length in runs(row):
            left, right = start * width, (start + length) * width
            _outline(path, ((left, bottom), (right, bottom), (right, top), (left, top)))
    drawing = Drawing(len(rows[0]) * width, len(rows) * height)
    drawing.add(path)
    drawing.hAlign = "CENTER"
    return drawing


def _outline(path: Any, corners: Iterable[Point]) -> None:
    for number, corner in enumerate(corners):
        (path.lineTo if number else path.moveTo)(*corner)
    path.closePath()
