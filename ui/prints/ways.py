"""Which transport leads to a printer: the window's own for the viewer and the system's queues."""

from collections.abc import Callable

from labels.printer import Printer, Route
from labels.transport import Transport
from ui.prints.viewer_printer import ViewerPrinter


def ways(viewer: ViewerPrinter) -> Callable[[Printer], Transport]:
    """How the sender finds the way to each printer; what a way needs loads on first use."""

    def transport_for(printer: Printer) -> Transport:
        if printer.route is Route.VIEWER:
            return viewer
        if printer.route is Route.SYSTEM:
            return _system_printer(printer)
        from labels.transport import ways as raw  # noqa: PLC0415 -- loads sockets and programs

        return raw.transport_for(printer)

    return transport_for


def _system_printer(printer: Printer) -> Transport:
    from ui.prints.system_printer import SystemPrinter  # noqa: PLC0415 -- loads QtPrintSupport

    return SystemPrinter(printer.address, dots=printer.dpi or None)
