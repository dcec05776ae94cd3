"""The printing service on a real queue, for the tests of what prints."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labels.printer import Language, Printer, Route
from labels.queue.job import Job
from ui.desk import Desk
from ui.prints.printers import NamedPrinter, Printers
from ui.prints.printing import Printing

VIEWER = Printers()


@contextmanager
def printing_at(desk: Desk, folder: Path, printers: Printers = VIEWER) -> Iterator[Printing]:
    """The service as the window has it; a second one on the same folder is the next start."""
    printing = Printing(desk, folder, lambda: printers)
    yield printing
    printing.close()


def network(address: str, stock: str = "50x30") -> Printers:
    """A point whose labels go to a TSPL printer on the network."""
    printer = Printer(route=Route.TCP, address=address, language=Language.TSPL, stock=stock)
    return Printers(printers=(NamedPrinter("tem", printer),), labels_on="tem")


def only_job(printing: Printing) -> Job:
    """The one job of the queue."""
    (job,) = printing.queue.jobs()
    return job
