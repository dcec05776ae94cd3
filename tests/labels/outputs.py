"""Every way out of the labels, and the picture of what comes out of the printer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from labels.bitmap import bitmap
from labels.draw import labels_pdf
from labels.imposition import LabelPage
from labels.label_layout import on_page
from labels.layout import LabelLayout
from labels.png import png
from labels.printer import Language, Printer
from labels.resolution import RESOLUTIONS
from labels.speak import payloads
from labels.stock import Stock
from station.printed import Label
from tests.labels.examples import rendered
from tests.labels.printers import tspl_printed, zpl_printed

Pages = Sequence[LabelPage]


def pdf_pages(pages: Pages, stock: Stock, dpi: int) -> list[Any]:
    dot = RESOLUTIONS[dpi].dot
    return rendered(labels_pdf(pages, stock, RESOLUTIONS[dpi]), 25.4 / dot)


def png_pages(pages: Pages, stock: Stock, dpi: int) -> list[Any]:
    resolution = RESOLUTIONS[dpi]
    pictures = (png(bitmap(page, stock, resolution), resolution) for page in pages)
    return [Image.open(BytesIO(picture)).convert("L") for picture in pictures]


def tspl_pages(pages: Pages, stock: Stock, dpi: int, *, native: bool = False) -> list[Any]:
    printer = Printer(language=Language.TSPL, dpi=dpi, native=native)
    sent = payloads(pages, stock, printer)
    return [label for payload in sent for label in tspl_printed(payload, dpi)]


def zpl_pages(pages: Pages, stock: Stock, dpi: int, *, native: bool = False) -> list[Any]:
    printer = Printer(language=Language.ZPL, dpi=dpi, native=native)
    return [label for sent in payloads(pages, stock, printer) for label in zpl_printed(sent)]


OUTPUTS: Mapping[str, Callable[[Pages, Stock, int], list[Any]]] = {
    "pdf": pdf_pages,
    "png": png_pages,
    "tspl": tspl_pages,
    "zpl": zpl_pages,
    "tspl native": lambda pages, stock, dpi: tspl_pages(pages, stock, dpi, native=True),
    "zpl native": lambda pages, stock, dpi: zpl_pages(pages, stock, dpi, native=True),
}


def cut_apart(
    pages: Pages, pictures: Sequence[Any], stock: Stock, dpi: int
) -> Iterator[tuple[Label, LabelLayout, Any]]:
    """Each label with its description and its own piece of the picture."""
    resolution = RESOLUTIONS[dpi]
    for page, picture in zip(pages, pictures, strict=True):
        laid_out = on_page(page, stock, resolution)
        for placed, (x, y, layout) in zip(page.labels, laid_out, strict=True):
            edges = (x, y, x + stock.width, y + stock.height)
            yield placed.label, layout, picture.crop(tuple(map(resolution.dots, edges)))
