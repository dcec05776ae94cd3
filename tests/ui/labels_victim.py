"""A window's printing service that prints labels until it is killed.

Arguments: the point's folder, the printer's address, then codes. It says each code once its label
is on the disk.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from labels.queue.job import Job
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from tests.station.conftest import CLERK, KEY, NOON
from tests.ui.print_desks import network
from ui.background import Background
from ui.desk import Desk
from ui.prints.printing import Printing


def say(job: Job) -> None:
    """On the disk, so it must come out."""
    print(job.pages[0].codes[0], flush=True)  # noqa: T201 -- read by the test


def main(folder: Path, address: str, codes: list[str]) -> None:
    """Print until the end, which comes from outside."""
    application = QApplication([])
    store = open_store(sqlite_url(folder / "station.db"), KEY, load())
    desk = Desk(store, CLERK, Background("store"), lambda: NOON.at)
    printing = Printing(desk, folder, lambda: network(address))
    printing.queued.connect(say)
    for code in codes:
        printing.print_labels((code,))
    QCoreApplication.exec()
    del application


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
