"""The press: descriptions become what a printer is sent, page by page.

Everything here runs on the press's own thread, and what it needs loads on first use.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import structs

from labels.printer import Printer, Route
from labels.stock import Form, Stock
from station.codes import CodeKind, make
from station.printed import Label
from station.report_sheet import ReportSheet
from ui.papers.paper_set import Print
from ui.prints.printers import Printers

Sheet = tuple[bytes, tuple[str, ...]]
"""What is printed at once, and the codes of the labels on it."""


def stock_of(printers: Printers) -> Stock:
    """The stock that lies in the printer of labels; raises UnknownStock or UnreadableStocks."""
    from labels.stocks import stock_named  # noqa: PLC0415 -- the tables load on first use

    return stock_named(printers.labels.stock, _own_stocks(printers.stocks))


def printer_of_labels(printers: Printers) -> Printer:
    """The printer of labels; for sheets, which lie in an office's printer, at its own dots."""
    printer = printers.labels
    return at_its_own_dots(printer) if stock_of(printers).form is Form.SHEET else printer


def at_its_own_dots(printer: Printer) -> Printer:
    """The system prints as fine as it can, where a roll takes exactly its printer's dots."""
    return structs.replace(printer, dpi=0) if printer.route is Route.SYSTEM else printer


def draw_labels(
    labels: Sequence[Label], printers: Printers, *, start: int = 1
) -> tuple[Sheet, ...]:
    """Pages in the printer's language; the viewer shows one file, however many labels there are."""
    if not labels:
        return ()
    from labels.imposition import impose  # noqa: PLC0415 -- reportlab loads on first use

    stock, printer = stock_of(printers), printers.labels
    pages = impose(labels, stock, start=start, alignment=printer.alignment)
    if printer.route is Route.VIEWER:
        from labels.draw import labels_pdf  # noqa: PLC0415 -- the same
        from labels.resolution import RESOLUTIONS  # noqa: PLC0415 -- the same

        codes = tuple(dict.fromkeys(label.code for label in labels))
        return ((labels_pdf(pages, stock, RESOLUTIONS[printer.dpi]), codes),)
    from labels.speak import payloads  # noqa: PLC0415 -- the same

    drawn = payloads(pages, stock, printer)
    return tuple((payload, page.codes) for payload, page in zip(drawn, pages, strict=True))


def draw_papers(prints: Sequence[Print]) -> bytes:
    """Papers that were made, or that are printed once more."""
    from labels.paper_pdf import paper_pdf  # noqa: PLC0415 -- the same

    return paper_pdf(prints)


def need_fonts() -> None:
    """Whether a paper can be drawn at all; raises FontMissing."""
    from labels.paper_styles import styles  # noqa: PLC0415 -- the same

    styles()


def draw_sheet(sheet: ReportSheet) -> bytes:
    """The one-page sheet of a diagnosis."""
    from labels.report_sheet import report_sheet_pdf  # noqa: PLC0415 -- the same

    return report_sheet_pdf(sheet)


def warm(printers: Printers) -> None:
    """Draw a label that nobody sees, so that the first that somebody wants finds all loaded."""
    code = make(CodeKind.DEVICE, 1, 1)
    draw_labels((Label(code, f"https://example.org/{code}", "Máy", "Ấm", "Ấm"),), printers)


def _own_stocks(file: str) -> tuple[Stock, ...]:
    from labels.stocks import read_stocks  # noqa: PLC0415 -- the tables load on first use

    return read_stocks(Path(file)) if file else ()
