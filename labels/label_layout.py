"""What goes where on a device's label; nothing is drawn here.

Symbols lie on the printer's own dots. What does not fit is left out: the name, then the QR, never
the code.
"""

import math
from typing import Final

from msgspec import structs

from labels.fitting import CODE_LINE, KIND_LINE, NAME_LINE, PROGRAMME_LINE
from labels.fonts import printable, register_label_fonts
from labels.layout import Box, LabelLayout, Symbol, TextLine
from labels.resolution import DPI_203, Resolution
from labels.stock import Stock
from labels.symbols import code128_modules, qr_rows
from station.codes import grouped
from station.printed import Label

MARGIN: Final = 1.5  # above and below; what a badly aligned roll may shift
GAP: Final = 0.625
BAR_HEIGHT_LEAST: Final = 6.5
BAR_HEIGHT_MOST: Final = 12.0
QR_QUIET: Final = 4  # modules


class LabelTooSmall(Exception):
    """The stock has no room for the barcode and the readable code."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        super().__init__(stock.id)


def lay_out(label: Label, stock: Stock, resolution: Resolution = DPI_203) -> LabelLayout:
    """Place everything for a printer of this resolution."""
    register_label_fonts()
    side = 10 * _bar(resolution)  # texts begin where the bars do
    width = stock.width - 2 * side
    modules = code128_modules(label.code)
    if len(modules) * _bar(resolution) > width:
        raise LabelTooSmall(stock)
    code = CODE_LINE.at(grouped(label.code), side, MARGIN, width)
    foot = _foot(label.programme, Box(side, MARGIN, width, stock.height - 2 * MARGIN))
    floor = foot.box.y if foot else stock.height - MARGIN
    free = Box(side, code.box.bottom, width, floor - code.box.bottom)
    qr = _qr(label.qr, len(modules), free, resolution)
    column = structs.replace(free, width=qr.clear.x - side) if qr else free
    words = _words(label, column)
    bars = _bars(modules, column, words[-1].box.bottom if words else column.y, resolution)
    if bars is None:
        raise LabelTooSmall(stock)
    texts = (code, *words, *((foot,) if foot else ()))
    return LabelLayout(stock.width, stock.height, texts, bars, qr)


def _foot(programme: str, page: Box) -> TextLine | None:
    """The programme's name on the lowest line."""
    text = printable(programme, PROGRAMME_LINE.face)
    if not text:
        return None
    height = PROGRAMME_LINE.at(text, page.x, page.y, page.width).box.height
    return PROGRAMME_LINE.at(text, page.x, page.bottom - height, page.width)


def _words(label: Label, column: Box) -> tuple[TextLine, ...]:
    """Kind and name, one below the other, as far as they leave the barcode its height."""
    lines: list[TextLine] = []
    top, lowest = column.y + GAP, column.bottom - BAR_HEIGHT_LEAST - 2 * GAP
    for style, text in ((KIND_LINE, label.kind), (NAME_LINE, label.name)):
        shown = printable(text, style.face)
        line = style.at(shown, column.x, top, column.width) if shown else None
        if line and line.box.bottom > lowest:
            break
        if line:
            lines.append(line)
            top = line.box.bottom
    return tuple(lines)


def _bars(modules: str, column: Box, top: float, resolution: Resolution) -> Symbol | None:
    """The barcode at the foot of the column, below this line; None if it would be too low."""
    bottom = column.bottom - GAP
    height = _on_dots(min(bottom - top - GAP, BAR_HEIGHT_MOST), resolution)
    if height < BAR_HEIGHT_LEAST - resolution.dot:
        return None
    y = _on_dots(bottom - height, resolution)
    quiet, module = (10 * _bar(resolution)), _bar(resolution)
    box = Box(column.x, y, len(modules) * module, height)
    clear = Box(box.x - quiet, y, box.width + 2 * quiet, height)
    return Symbol((modules,), module, box, clear)


def _qr(content: str, bars: int, free: Box, resolution: Resolution) -> Symbol | None:
    """The QR at the right edge, as large as fits beside this many bars; None if none does."""
    rows = qr_rows(content)
    bars_right = free.x + bars * _bar(resolution)
    for dots in resolution.qr_dots[2:-1]:
        module = dots * resolution.dot
        side, quiet = len(rows) * module, QR_QUIET * module
        x = _on_dots(free.right - side, resolution)
        beside_bars = x - bars_right >= max(quiet, (10 * _bar(resolution))) - resolution.dot / 2
        if beside_bars and side + 2 * quiet + resolution.dot <= free.height:
            y = _on_dots(free.y + (free.height - side) / 2, resolution)
            clear = Box(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet)
            return Symbol(rows, module, Box(x, y, side, side), clear)
    return None


def _on_dots(length: float, resolution: Resolution) -> float:
    """The length rounded down to whole dots."""
    return math.floor(length / resolution.dot + 0.001) * resolution.dot


def _bar(resolution: Resolution) -> float:
    """The narrowest bar, in millimetres."""
    return resolution.bar_dots[-1] * resolution.dot
