"""Killing a process while it prints, again and again, and counting what came out of the printer."""

import time
from collections import Counter
from pathlib import Path
from random import Random
from threading import Event, Thread

from labels.printer import Printer
from labels.queue.job import Job, JobState, PageState
from labels.queue.print_queue import PrintQueue
from labels.queue.run import run
from labels.transport.ways import transport_for
from tests.labels.transport.network_printer import NetworkPrinter
from tests.station.child import start

PATIENCE_S = 120


def promised_until_killed(folder: Path, printer: Printer, random: Random) -> list[str]:
    """Let a victim print for a moment and kill it; the pages that it promised."""
    victim = start(
        "tests.labels.queue.printing_victim", folder, printer.route.value, printer.address
    )
    assert victim.stdout
    first = victim.stdout.readline()  # killed while it prints, not while it starts
    time.sleep(random.uniform(0, 0.3))
    victim.kill()
    said, _ = victim.communicate()
    return [line for line in (first + said).splitlines() if len(line) == 32]


def settled_by_looking(folder: Path, paper: NetworkPrinter) -> int:
    """Print the rest; a person looks at the paper for every uncertain page. How many there were."""
    queue, stop, uncertain = PrintQueue(folder), Event(), 0
    assert queue.damaged == ()
    loop = Thread(target=run, args=(queue, transport_for, stop, lambda _job: None))
    loop.start()
    until = time.monotonic() + PATIENCE_S
    while left := [job for job in queue.jobs() if not job.is_over]:
        assert time.monotonic() < until, left
        for job in left:
            if job.state is JobState.UNCERTAIN:
                queue.settle(job.id, came_out=_lies_there(folder, job, paper))
                uncertain += 1
        queue.course.wait(0.1)
    stop.set()
    loop.join()
    queue.close()
    return uncertain


def _lies_there(folder: Path, job: Job, paper: NetworkPrinter) -> bool:
    paper.settle_down()
    number = next(n for n, page in enumerate(job.pages) if page.state is PageState.UNCERTAIN)
    return (folder / job.id / f"page-{number + 1:04d}").read_bytes() in paper.pages


def times_printed(paper: NetworkPrinter) -> Counter[str]:
    """How often each whole page came out."""
    return Counter(page[:32].decode() for page in paper.pages if len(page) == 32 * 4000)
