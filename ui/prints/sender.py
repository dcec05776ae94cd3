"""The thread that brings the print queue to the printers; what it tells arrives on the window's."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from labels.printer import Printer
from labels.queue.print_queue import PrintQueue
from labels.queue.run import run
from labels.transport import Transport

PATIENCE_S = 3.0  # a printer that stalls must not keep a PC from being switched off


class Sender(QObject):
    """Runs from the beginning to `close`."""

    told = Signal(object)  # Job, whenever something about it changed

    def __init__(self, queue: PrintQueue, transport_for: Callable[[Printer], Transport]) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=run,
            args=(queue, transport_for, self._stop, self.told.emit),
            name="sender",
            daemon=True,  # its threads too: a page never taken is uncertain at the next start
        )
        self._thread.start()

    def close(self) -> bool:
        """Begin no further page; False when one is still on its way after a few seconds."""
        self._stop.set()
        self._thread.join(PATIENCE_S)
        return not self._thread.is_alive()
