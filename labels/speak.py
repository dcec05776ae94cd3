"""Pages of labels in the language of a printer, each as the bytes that are sent to it."""

from collections.abc import Sequence

from labels.draw import labels_pdf
from labels.imposition import LabelPage
from labels.printer import Printer
from labels.resolution import RESOLUTIONS
from labels.stock import Stock


def payloads(pages: Sequence[LabelPage], stock: Stock, printer: Printer) -> tuple[bytes, ...]:
    """One payload for each page: a PDF of one page, or the printer's own commands."""
    resolution = RESOLUTIONS[printer.dpi]
    return tuple(labels_pdf([page], stock, resolution) for page in pages)
