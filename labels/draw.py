"""Label layouts as vector PDF, pages of exactly their stock's size."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from labels.imposition import LabelPage
from labels.label_layout import on_page
from labels.layout import POINT, LabelLayout, Symbol, TextLine
from labels.pdf import UndatedCanvas, draw_modules
from labels.resolution import DPI_203, Resolution
from labels.stock import Stock

MILLIMETRE: Final = 1 / POINT


def labels_pdf(pages: Sequence[LabelPage], stock: Stock, resolution: Resolution = DPI_203) -> bytes:
    """These pages, each of exactly its size, for a printer of this resolution."""
    if not pages:
        raise ValueError("a PDF needs at least one page")
    file = BytesIO()
    canvas = UndatedCanvas(file)
    canvas.setTitle(_title(pages))
    for page in pages:
        canvas.setPageSize((page.width * MILLIMETRE, page.height * MILLIMETRE))
        for x, y, layout in on_page(page, stock, resolution):
            canvas.saveState()
            canvas.translate(x * MILLIMETRE, (page.height - y - layout.height) * MILLIMETRE)
            _draw(canvas, layout)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _title(pages: Sequence[LabelPage]) -> str:
    """What the print queue shows."""
    return " – ".join(dict.fromkeys((pages[0].codes[0], pages[-1].codes[-1])))


def _draw(canvas: Any, layout: LabelLayout) -> None:
    for line in layout.texts:
        _draw_text(canvas, line, layout.height)
    for symbol in (layout.bars, layout.qr):
        if symbol:
            _draw_symbol(canvas, symbol, layout.height)


def _draw_text(canvas: Any, line: TextLine, page_height: float) -> None:
    canvas.setFont(line.face, line.size)
    y = (page_height - line.baseline) * MILLIMETRE
    canvas.drawString(line.box.x * MILLIMETRE, y, line.text)


def _draw_symbol(canvas: Any, symbol: Symbol, page_height: float) -> None:
    corner = (symbol.box.x * MILLIMETRE, (page_height - symbol.box.y) * MILLIMETRE)
    row_height = symbol.box.height / len(symbol.rows)
    draw_modules(canvas, symbol.rows, corner, (symbol.module * MILLIMETRE, row_height * MILLIMETRE))
