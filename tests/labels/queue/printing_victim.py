"""A process that keeps printing until it is killed: what it promised stands on its output."""

import sys
from itertools import count
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from labels.printer import Printer, Route
from labels.queue.print_queue import PrintQueue
from labels.queue.run import run
from labels.transport.ways import transport_for

AHEAD = 3  # jobs that may wait before another one is added


def page() -> bytes:
    """A page that is like no other, longer than one piece on the line."""
    return uuid4().hex.encode() * 4000


def main(folder: Path, printer: Printer) -> None:
    """Add jobs and print them, and say which pages were promised."""
    queue = PrintQueue(folder)
    Thread(target=run, args=(queue, transport_for, Event(), lambda _job: None)).start()
    for number in count():
        pages = [page(), page()]
        queue.add(f"labels {number}", "labels", printer, [(data, ["VN1"]) for data in pages])
        for data in pages:
            sys.stdout.write(data[:32].decode() + "\n")
        sys.stdout.flush()
        while sum(not job.is_over for job in queue.jobs()) > AHEAD:
            queue.course.wait(0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Printer(Route(sys.argv[2]), sys.argv[3]))
