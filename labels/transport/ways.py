"""Which transport a printer is reached by."""

from functools import cache
from pathlib import Path
from typing import Final

from labels.printer import Language, Printer, Route
from labels.transport import NothingSent, Reason, Transport
from labels.transport.cups import Cups
from labels.transport.file import File
from labels.transport.spooler import Spooler
from labels.transport.status import question_in
from labels.transport.tcp import Tcp
from labels.transport.usb import Usb

_SUFFIXES: Final = {Language.SYSTEM: ".pdf", Language.TSPL: ".tspl", Language.ZPL: ".zpl"}


@cache  # a printer that never answers is remembered
def transport_for(printer: Printer) -> Transport:
    """The way to this printer. Raises NothingSent for the ways that are the window's."""
    match printer.route:
        case Route.TCP:
            return Tcp(printer.address, question_in(printer.language))
        case Route.CUPS:
            return Cups(printer.address)
        case Route.SPOOLER:
            return Spooler(printer.address)
        case Route.USB:
            return Usb(printer.address)
        case Route.FILE:
            return File(Path(printer.address), _SUFFIXES[printer.language])
    raise NothingSent(Reason.NOT_HERE, printer.route)
