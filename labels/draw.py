"""Label layouts as vector PDF, one page of exactly the label's size for each."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from labels.device_label import lay_out
from labels.layout import POINT, LabelLayout, Symbol, TextLine
from labels.pdf import UndatedCanvas, draw_modules
from labels.stock import DPI_203, STOCKS, Resolution, Stock
from station.printed import DeviceLabel

MILLIMETRE: Final = 1 / POINT


def device_labels_pdf(
    labels: Sequence[DeviceLabel],
    stock: Stock = STOCKS["50x30"],
    resolution: Resolution = DPI_203,
) -> bytes:
    """One label a page, in this order, for a printer of this resolution."""
    if not labels:
        raise ValueError("a PDF needs at least one page")
    file = BytesIO()
    canvas = UndatedCanvas(file, pagesize=(stock.width * MILLIMETRE, stock.height * MILLIMETRE))
    canvas.setTitle(_title(labels))
    for label in labels:
        _draw(canvas, lay_out(label, stock, resolution))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _title(labels: Sequence[DeviceLabel]) -> str:
    """What the print queue shows."""
    return " – ".join(dict.fromkeys((labels[0].code, labels[-1].code)))


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
