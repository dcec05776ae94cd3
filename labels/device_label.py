"""What goes where on a device's label; nothing is drawn here.

Lengths are millimetres from the label's top left corner. Symbols lie on a grid of 0.125 mm, one
dot of a 203 dpi printer, so that every module is a whole number of dots wide.
"""

import math
from bisect import bisect_right
from enum import StrEnum
from typing import Final

from msgspec import Struct, structs

from labels.fonts import LABEL_BOLD, LABEL_TEXT, printable, register_label_fonts, text_width
from labels.stock import Stock
from labels.symbols import code128_modules, qr_rows
from station.codes import grouped
from station.printed import DeviceLabel

POINT: Final = 25.4 / 72  # millimetres

DOT: Final = 0.125
BAR_MODULE: Final = 2 * DOT
BAR_QUIET: Final = 10 * BAR_MODULE
BAR_HEIGHT_LEAST: Final = 6.5
BAR_HEIGHT_MOST: Final = 12.0
QR_MODULES: Final = (4 * DOT, 3 * DOT)  # the larger reads better when the label is worn
QR_QUIET: Final = 4  # modules

MARGIN: Final = 1.5  # what a badly aligned roll may shift
GAP: Final = 0.625

# Of the em. Vietnamese capitals with two marks (Ấ, Ễ) rise above the font's own ascent.
RISE: Final = 1.115
FALL: Final = 0.245
DIGIT_RISE: Final = 0.75

ELLIPSIS: Final = "…"
SHRINK_STEP: Final = 0.25  # points


class LabelTooSmall(Exception):
    """The stock has no room for the barcode and the readable code."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        super().__init__(stock.name)


class Role(StrEnum):
    """What a line of text says."""

    CODE = "code"
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
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


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
    """The whole label, ready to be drawn at any resolution."""

    width: float
    height: float
    texts: tuple[TextLine, ...]
    bars: Symbol
    qr: Symbol | None

    def line(self, role: Role) -> TextLine | None:
        """The line that says this, if it is on the label."""
        return next((line for line in self.texts if line.role is role), None)


class _Line(Struct, frozen=True):
    """How a kind of line is set."""

    role: Role
    face: str
    size: float
    smallest: float
    rise: float = RISE
    fall: float = FALL

    def at(self, text: str, x: float, y: float, width: float) -> TextLine:
        """The line with its upper left corner here, no wider than this."""
        shown, size = fit(text, self.face, self.size, self.smallest, width)
        em = size * POINT
        box = Box(x, y, text_width(shown, self.face, size) * POINT, em * (self.rise + self.fall))
        return TextLine(self.role, shown, self.face, size, box, y + em * self.rise)


_CODE: Final = _Line(Role.CODE, LABEL_BOLD, 16, 9, rise=DIGIT_RISE, fall=0)
_KIND: Final = _Line(Role.KIND, LABEL_BOLD, 8, 6)
_NAME: Final = _Line(Role.NAME, LABEL_TEXT, 7.5, 6)
_PROGRAMME: Final = _Line(Role.PROGRAMME, LABEL_TEXT, 6, 5.5)


def lay_out(label: DeviceLabel, stock: Stock) -> LabelLayout:
    """Place everything; what does not fit is left out: the name, then the QR, never the code."""
    register_label_fonts()
    modules = code128_modules(label.code)
    if len(modules) * BAR_MODULE + 2 * BAR_QUIET > stock.width:
        raise LabelTooSmall(stock)
    code = _CODE.at(grouped(label.code), BAR_QUIET, MARGIN, stock.width - 2 * BAR_QUIET)
    foot = _foot(label.programme, stock)
    floor = foot.box.y if foot else stock.height - MARGIN
    bars_right = BAR_QUIET + len(modules) * BAR_MODULE
    qr = _qr(label.tracking_url, bars_right, code.box.bottom, stock.width - BAR_QUIET, floor)
    column = (qr.clear.x if qr else stock.width - BAR_QUIET) - BAR_QUIET
    words = _words(label, column, code.box.bottom + GAP, floor - 2 * GAP - BAR_HEIGHT_LEAST)
    top = words[-1].box.bottom if words else code.box.bottom
    bars = _bars(modules, top + GAP, floor - GAP, stock)
    texts = (code, *words, *((foot,) if foot else ()))
    return LabelLayout(stock.width, stock.height, texts, bars, qr)


def _foot(programme: str, stock: Stock) -> TextLine | None:
    """The programme's name on the lowest line."""
    text = printable(programme, _PROGRAMME.face)
    if not text:
        return None
    line = _PROGRAMME.at(text, BAR_QUIET, 0, stock.width - 2 * BAR_QUIET)
    return _lowered(line, stock.height - MARGIN - line.box.height)


def _lowered(line: TextLine, y: float) -> TextLine:
    box = structs.replace(line.box, y=line.box.y + y)
    return structs.replace(line, box=box, baseline=line.baseline + y)


def _words(label: DeviceLabel, width: float, top: float, lowest: float) -> tuple[TextLine, ...]:
    """Kind and name, one below the other, as far as they leave the barcode its height."""
    lines: list[TextLine] = []
    for style, text in ((_KIND, label.kind), (_NAME, label.name)):
        shown = printable(text, style.face)
        line = style.at(shown, BAR_QUIET, top, width) if shown else None
        if line and line.box.bottom > lowest:
            break
        if line:
            lines.append(line)
            top = line.box.bottom
    return tuple(lines)


def _bars(modules: str, top: float, bottom: float, stock: Stock) -> Symbol:
    height = _on_grid(min(bottom - top, BAR_HEIGHT_MOST))
    if height < BAR_HEIGHT_LEAST - DOT:
        raise LabelTooSmall(stock)
    y = _on_grid(bottom - height)
    box = Box(BAR_QUIET, y, len(modules) * BAR_MODULE, height)
    clear = Box(0, y, box.width + 2 * BAR_QUIET, height)
    return Symbol((modules,), BAR_MODULE, box, clear)


def _qr(content: str, bars_right: float, top: float, right: float, bottom: float) -> Symbol | None:
    """The QR at the right edge, as large as fits between these lines; None if none does."""
    rows = qr_rows(content)
    for module in QR_MODULES:
        side, quiet = len(rows) * module, QR_QUIET * module
        x = right - side
        if x - bars_right >= max(quiet, BAR_QUIET) and side + 2 * quiet + DOT <= bottom - top:
            y = _on_grid((top + bottom - side) / 2)
            clear = Box(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet)
            return Symbol(rows, module, Box(x, y, side, side), clear)
    return None


def _on_grid(length: float) -> float:
    return math.floor(length / DOT) * DOT


def fit(text: str, face: str, size: float, smallest: float, width: float) -> tuple[str, float]:
    """The text and size that are no wider than this: shrunk first, then elided in the middle."""
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
