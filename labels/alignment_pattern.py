"""A page to set a printer up with: each label's edge, rulers in millimetres, and its middle.

It goes the way that labels go, through the same dots and the same correction, so what is seen on
it is what labels will do: a frame that is cut off at the left asks for a larger X.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from labels.bitmap import BLACK, WHITE, Bitmap, inked
from labels.draw import MILLIMETRE
from labels.fonts import LABEL_TEXT, label_font_file, register_label_fonts
from labels.imposition import impose
from labels.layout import POINT, Box
from labels.pdf_file import PdfFile, figure
from labels.printer import Language, Printer
from labels.resolution import RESOLUTIONS, Resolution
from labels.stock import Stock
from labels.tspl import tspl_dots
from labels.zpl import zpl_dots
from station.printed import Label

LINE: Final = 0.25  # millimetres: two dots of the coarser printers
TICK, FIFTH, TENTH = 0.8, 1.4, 2.2  # how long the marks of a ruler are
CROSS: Final = 4.0
FIGURE: Final = 5.0  # points
_FIGURE_MM: Final = FIGURE * POINT


class Mark(Struct, frozen=True):
    """A figure beside a ruler, from its upper left corner."""

    text: str
    x: float
    y: float


class Pattern(Struct, frozen=True):
    """The whole page, in millimetres from its upper left corner."""

    width: float
    height: float
    lines: tuple[Box, ...]  # black
    marks: tuple[Mark, ...]


def pattern(stock: Stock, printer: Printer) -> Pattern:
    """The page of this stock, moved as the printer's correction says."""
    lines: list[Box] = []
    marks: list[Mark] = []
    for x, y in _corners(stock, printer):
        lines += (_moved(line, x, y) for line in _label(stock.width, stock.height))
        marks += (Mark(mark.text, mark.x + x, mark.y + y) for mark in _figures(stock))
    return Pattern(stock.page_width, stock.page_height, tuple(lines), tuple(marks))


def pattern_payload(stock: Stock, printer: Printer) -> bytes:
    """The page as the printer is sent it."""
    described = pattern(stock, printer)
    if printer.language is Language.SYSTEM:
        return pattern_pdf(described)
    dots = pattern_bitmap(described, RESOLUTIONS[printer.dpi])
    speak = tspl_dots if printer.language is Language.TSPL else zpl_dots
    return speak(dots, stock, printer)


def pattern_bitmap(described: Pattern, resolution: Resolution) -> Bitmap:
    """The page painted on the printer's dots."""
    size = resolution.dots(described.width), resolution.dots(described.height)
    sheet = Image.new("L", size, WHITE)
    paint = ImageDraw.Draw(sheet)
    paint.fontmode = "1"  # no grey
    font = ImageFont.truetype(label_font_file(LABEL_TEXT), _FIGURE_MM / resolution.dot)
    for line in described.lines:
        left, top = resolution.dots(line.x), resolution.dots(line.y)
        across = max(1, resolution.dots(line.width))
        down = max(1, resolution.dots(line.height))
        paint.rectangle((left, top, left + across - 1, top + down - 1), fill=BLACK)
    for mark in described.marks:
        at = resolution.dots(mark.x), resolution.dots(mark.y)
        paint.text(at, mark.text, fill=BLACK, font=font, anchor="lt")
    return inked(sheet)


def pattern_pdf(described: Pattern) -> bytes:
    """The page for the system's driver."""
    register_label_fonts()
    file = BytesIO()
    size = described.width * MILLIMETRE, described.height * MILLIMETRE
    pdf = PdfFile(file, *size, "Alignment")
    pdf.add_page(b"\n".join(_drawn(pdf, described)))
    pdf.close()
    return file.getvalue()


def _drawn(pdf: PdfFile, described: Pattern) -> Iterator[bytes]:
    """PDF measures upwards from the lower left corner."""
    font = pdf.font(LABEL_TEXT)
    for line in described.lines:
        lower = described.height - line.bottom
        box = [figure(each * MILLIMETRE) for each in (line.x, lower, line.width, line.height)]
        yield b"%s %s %s %s re f" % tuple(box)
    for mark in described.marks:
        x = figure(mark.x * MILLIMETRE)
        y = figure((described.height - mark.y - _FIGURE_MM * 0.75) * MILLIMETRE)
        set_in = b"/%s %s Tf" % (font.name.encode("ascii"), figure(FIGURE))
        yield b"BT %s %s %s Td <%s> Tj ET" % (set_in, x, y, font.hexadecimal(mark.text))


def _corners(stock: Stock, printer: Printer) -> Iterator[tuple[float, float]]:
    """Where each label of the page would be printed."""
    anything = [Label("", "", "", "", "")] * stock.places
    for placed in impose(anything, stock, alignment=printer.alignment)[0].labels:
        yield placed.x, placed.y


def _label(width: float, height: float) -> Iterator[Box]:
    yield from _frame(width, height)
    yield from _ruler_across(width)
    yield from _ruler_down(height)
    middle_x, middle_y = width / 2, height / 2
    yield Box(middle_x - CROSS / 2, middle_y - LINE / 2, CROSS, LINE)
    yield Box(middle_x - LINE / 2, middle_y - CROSS / 2, LINE, CROSS)


def _frame(width: float, height: float) -> Iterator[Box]:
    yield Box(0, 0, width, LINE)
    yield Box(0, height - LINE, width, LINE)
    yield Box(0, 0, LINE, height)
    yield Box(width - LINE, 0, LINE, height)


def _ruler_across(width: float) -> Iterator[Box]:
    for at in range(1, int(width)):
        yield Box(at - LINE / 2, 0, LINE, _length(at))


def _ruler_down(height: float) -> Iterator[Box]:
    for at in range(1, int(height)):
        yield Box(0, at - LINE / 2, _length(at), LINE)


def _length(at: int) -> float:
    if at % 10 == 0:
        return TENTH
    return TICK if at % 5 else FIFTH


def _figures(stock: Stock) -> Iterator[Mark]:
    """Every ten millimetres, below or beside the ruler's longest marks."""
    clear = TENTH + 0.4
    for at in range(10, int(stock.width - 3), 10):
        yield Mark(str(at), at - _FIGURE_MM * 0.6, clear)
    for at in range(10, int(stock.height - 3), 10):
        yield Mark(str(at), clear, at - _FIGURE_MM * 0.36)


def _moved(line: Box, x: float, y: float) -> Box:
    return Box(line.x + x, line.y + y, line.width, line.height)
