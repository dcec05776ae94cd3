"""Pages of labels as vector PDF, each of exactly its size."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, Final

from labels.imposition import LabelPage
from labels.label_layout import on_page
from labels.layout import POINT, LabelLayout, Symbol, TextLine
from labels.pdf_file import PdfFile, figure
from labels.resolution import DPI_203, Resolution
from labels.stock import Stock

MILLIMETRE: Final = 1 / POINT

_RUNS: Final = re.compile("1+")


def labels_pdf(pages: Sequence[LabelPage], stock: Stock, resolution: Resolution = DPI_203) -> bytes:
    """These pages, for a printer of this resolution."""
    if not pages:
        raise ValueError("a PDF needs at least one page")
    file = BytesIO()
    write_labels(file, pages, stock, resolution, title=_title(pages))
    return file.getvalue()


def write_labels(
    file: BinaryIO,
    pages: Iterable[LabelPage],
    stock: Stock,
    resolution: Resolution = DPI_203,
    title: str = "",
) -> None:
    """Write pages as they come, and keep none: any number takes the same memory."""
    pdf = PdfFile(file, stock.page_width * MILLIMETRE, stock.page_height * MILLIMETRE, title)
    for page in pages:
        pdf.add_page(b"\n".join(_drawn(pdf, page, stock, resolution)))
    pdf.close()


def _title(pages: Sequence[LabelPage]) -> str:
    """What the print queue shows."""
    return " – ".join(dict.fromkeys((pages[0].codes[0], pages[-1].codes[-1])))


def _drawn(pdf: PdfFile, page: LabelPage, stock: Stock, resolution: Resolution) -> Iterator[bytes]:
    """PDF measures upwards from the lower left corner."""
    for x, y, layout in on_page(page, stock, resolution):
        yield from _label(pdf, layout, x, page.height - y)


def _label(pdf: PdfFile, layout: LabelLayout, left: float, top: float) -> Iterator[bytes]:
    for line in layout.texts:
        yield _text(pdf, line, left, top)
    for symbol in (layout.bars, layout.qr):
        if symbol:
            yield _symbol(symbol, left, top)


def _text(pdf: PdfFile, line: TextLine, left: float, top: float) -> bytes:
    font = pdf.font(line.face)
    x, y = figure((left + line.box.x) * MILLIMETRE), figure((top - line.baseline) * MILLIMETRE)
    set_in = b"/%s %s Tf" % (font.name.encode("ascii"), figure(line.size))
    return b"BT %s %s %s Td <%s> Tj ET" % (set_in, x, y, font.hexadecimal(line.text))


def _symbol(symbol: Symbol, left: float, top: float) -> bytes:
    """One path in whole modules, so that no viewer shows seams between them."""
    width, height = symbol.module, symbol.box.height / len(symbol.rows)
    corner = left + symbol.box.x, top - symbol.box.y
    scaled = [length * MILLIMETRE for length in (width, -height, *corner)]
    matrix = b"%.6f 0 0 %.6f %.4f %.4f" % tuple(scaled)
    return b"q %s cm\n%s\nf Q" % (matrix, b"\n".join(_black(symbol.rows)))


def _black(rows: Sequence[str]) -> Iterator[bytes]:
    """Each run of black modules; numbers of modules are whole, so they need no fractions."""
    for number, row in enumerate(rows):
        for run in _RUNS.finditer(row):
            start, end = run.span()
            yield b"%d %d %d 1 re" % (start, number, end - start)
