"""Pages of labels in the language of a printer, each as the bytes that are sent to it."""

from collections.abc import Sequence

from labels.draw import labels_pdf
from labels.imposition import LabelPage
from labels.printer import Language, Printer
from labels.resolution import RESOLUTIONS
from labels.stock import Stock
from labels.tspl import tspl
from labels.zpl import zpl


def payloads(pages: Sequence[LabelPage], stock: Stock, printer: Printer) -> tuple[bytes, ...]:
    """One payload for each page: the printer's own commands, or a PDF for the system's driver."""
    return tuple(_payload(page, stock, printer) for page in pages)


def _payload(page: LabelPage, stock: Stock, printer: Printer) -> bytes:
    match printer.language:
        case Language.TSPL:
            return tspl(page, stock, printer)
        case Language.ZPL:
            return zpl(page, stock, printer)
    return labels_pdf([page], stock, RESOLUTIONS[printer.dpi])
