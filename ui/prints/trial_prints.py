"""Trial prints: straight to the printer, past the queue and the ledger. Run them off the window."""

from pathlib import Path

from labels.alignment_pattern import pattern_payload
from labels.imposition import impose
from labels.label_words import trial_words
from labels.printer import Printer, Route
from labels.speak import payloads
from labels.stock import Form, Stock
from labels.stocks import read_stocks, stock_named
from labels.transport import NothingSent, Reason, Transport
from labels.transport.ways import transport_for
from station.printed import Label
from station.reference import Reference
from ui.prints.scan_back import CODE


def own_stocks(file: str) -> tuple[Stock, ...]:
    """The point's own stocks; raises UnreadableStocks."""
    return read_stocks(Path(file)) if file else ()


def print_trial_label(printer: Printer, stocks: str, label: Label) -> None:
    """One label, or one row or sheet that begins with it."""
    stock = stock_named(printer.stock, own_stocks(stocks))
    (page,) = impose([label], stock, alignment=printer.alignment)
    (payload,) = payloads([page], stock, printer)
    _way(printer, stock).send(payload, label.kind)


def print_pattern(printer: Printer, stocks: str, title: str) -> None:
    """The alignment pattern of the stock that lies in the printer."""
    stock = stock_named(printer.stock, own_stocks(stocks))
    _way(printer, stock).send(pattern_payload(stock, printer), title or stock.id)


def trial_label(reference: Reference, name: str) -> Label:
    """A label that looks as a device's does, with a code that no device has."""
    programme = reference.programme
    return Label(CODE, programme.tracking_address(CODE), trial_words(), name, programme.short())


def _way(printer: Printer, stock: Stock) -> Transport:
    if printer.route is Route.VIEWER:
        raise NothingSent(Reason.NOT_HERE)
    if printer.route is Route.SYSTEM:
        from ui.prints.system_printer import SystemPrinter  # noqa: PLC0415 -- loads QtPrintSupport

        own_dots = stock.form is Form.ROLL  # a sheet lies in an office's printer
        return SystemPrinter(printer.address, dots=printer.dpi if own_dots else None)
    return transport_for(printer)
