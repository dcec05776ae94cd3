"""The loop that prints, on real listeners: order, back-off, stalled printers, cancelling."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from labels.printer import Language, Printer, Route
from labels.queue import course
from labels.queue.job import Job, JobState
from labels.queue.print_queue import PrintQueue
from labels.queue.run import run
from labels.queue.sending import TransportFor
from labels.transport import Readiness, Reason, Transport
from labels.transport.status import question_in
from labels.transport.tcp import Limits, Tcp
from labels.transport.ways import transport_for
from tests.labels.transport import network_printer as manners
from tests.labels.transport.cups_server import CupsServer
from tests.labels.transport.network_printer import NetworkPrinter

QUICK = Limits(connect=2, status=0.1, stall=2, whole=10, close=2, printing=2)
LARGE = b"x" * 30_000_000


def quickly(printer: Printer) -> Transport:
    if printer.route is Route.TCP:
        return Tcp(printer.address, question_in(printer.language), QUICK)
    return transport_for(printer)


class Faulty:
    """A way with a mistake in it."""

    def ask(self) -> Readiness:
        raise ZeroDivisionError

    def send(self, payload: bytes, title: str) -> None:  # noqa: ARG002
        raise ZeroDivisionError


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[PrintQueue]:
    queue = PrintQueue(tmp_path)
    yield queue
    queue.close()


@contextmanager
def printing(
    queue: PrintQueue,
    told: Callable[[Job], None] = lambda _job: None,
    way: TransportFor = quickly,
) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run, args=(queue, way, stop, told))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def until(queue: PrintQueue, job: Job, *states: JobState) -> Job:
    deadline = time.monotonic() + 20
    while queue.job(job.id).state not in states:
        assert time.monotonic() < deadline, queue.job(job.id)
        time.sleep(0.01)
    return queue.job(job.id)


def at(printer: NetworkPrinter, language: Language = Language.SYSTEM) -> Printer:
    return Printer(Route.TCP, printer.address, language)


def test_jobs_for_one_printer_come_out_in_the_order_they_were_added(queue: PrintQueue) -> None:
    pages = [b"%d" % n for n in range(12)]
    with NetworkPrinter() as printer, printing(queue):
        jobs = [
            queue.add("a", "labels", at(printer), [(page, []) for page in pages[n : n + 3]])
            for n in range(0, 12, 3)
        ]
        for job in jobs:
            until(queue, job, JobState.DONE)

    assert printer.pages == pages


def test_the_first_label_is_at_the_printer_at_once(queue: PrintQueue) -> None:
    with NetworkPrinter() as printer, printing(queue):
        time.sleep(0.3)  # it is idle
        began = time.monotonic()
        until(queue, queue.add("a", "labels", at(printer), [(b"page", ["VN1"])]), JobState.DONE)

        assert time.monotonic() - began < 1


def test_a_stalled_printer_holds_only_its_own_jobs(queue: PrintQueue) -> None:
    with NetworkPrinter(manners.stalling) as stalled, NetworkPrinter() as printer, printing(queue):
        stuck = queue.add("a", "labels", at(stalled), [(LARGE, [])])
        until(queue, stuck, JobState.SENDING)
        until(queue, queue.add("b", "labels", at(printer), [(b"page", [])]), JobState.DONE)

        assert queue.job(stuck.id).state is JobState.SENDING
        assert until(queue, stuck, JobState.UNCERTAIN).reason is Reason.TIMED_OUT


def test_a_printer_that_gets_its_paper_prints_by_itself(
    queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "BACK_OFF_S", (0.1,))
    answers = (manners.NO_PAPER, manners.NO_PAPER, manners.READY)
    told: list[tuple[JobState, Reason | None]] = []
    with (
        NetworkPrinter(answers=answers) as printer,
        printing(queue, lambda job: told.append((job.state, job.reason))),
    ):
        job = queue.add("a", "labels", at(printer, Language.TSPL), [(b"page", [])])
        assert until(queue, job, JobState.DONE).reason is None

    assert printer.pages == [b"page"]
    assert told.count((JobState.WAITING, Reason.NO_PAPER)) == 2


def test_an_uncertain_job_holds_no_other_and_is_printed_again_when_somebody_says_so(
    queue: PrintQueue,
) -> None:
    once = iter([manners.resetting(1)])

    def resetting_once(printer: NetworkPrinter, line: socket.socket) -> None:
        next(once, manners.kindly)(printer, line)

    with NetworkPrinter(resetting_once) as printer, printing(queue):
        broken = queue.add("a", "labels", at(printer), [(LARGE, []), (b"rest", [])])
        until(queue, broken, JobState.UNCERTAIN)
        until(queue, queue.add("b", "labels", at(printer), [(b"other", [])]), JobState.DONE)
        assert queue.job(broken.id).state is JobState.UNCERTAIN
        queue.settle(broken.id, came_out=False)
        until(queue, broken, JobState.DONE)

    assert printer.pages == [b"x", b"other", LARGE, b"rest"]


def test_cancelling_while_a_page_is_sent_ends_with_that_page(queue: PrintQueue) -> None:
    begun, go_on = Event(), Event()

    def slowly(printer: NetworkPrinter, line: socket.socket) -> None:
        begun.set()
        assert go_on.wait(10)
        manners.kindly(printer, line)

    with NetworkPrinter(slowly) as printer, printing(queue):
        job = queue.add("a", "labels", at(printer), [(b"first", []), (b"second", [])])
        assert begun.wait(10)
        queue.cancel(job.id)
        go_on.set()
        until(queue, job, JobState.CANCELLED)

    assert printer.pages == [b"first"]


def test_a_fault_in_one_place_is_told_and_leaves_the_others_printing(
    queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)

    def faulty(printer: Printer) -> Transport:
        return quickly(printer) if printer.route is Route.TCP else Faulty()

    with NetworkPrinter() as printer, printing(queue, way=faulty):
        bad = queue.add("a", "labels", Printer(Route.FILE), [(b"page", [])])
        until(queue, queue.add("b", "labels", at(printer), [(b"page", [])]), JobState.DONE)

    assert queue.job(bad.id).state is JobState.UNCERTAIN
    assert [fault.exc_type for fault in faults] == [ZeroDivisionError]


def test_labels_go_through_a_real_cups_whose_printer_is_switched_on_later(
    queue: PrintQueue, private_cups: CupsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "LOOK_AGAIN_S", 0.1)
    with NetworkPrinter() as printer, printing(queue):
        name = private_cups.add_queue("tem-sau", f"socket://{printer.address}")
        private_cups.run("cupsdisable", name)
        pages = [(b"first", ["VN1"]), (b"second", ["VN2"])]
        job = queue.add("Nhãn", "labels", Printer(Route.CUPS, name, Language.TSPL), pages)
        until(queue, job, JobState.SENDING)
        private_cups.run("cupsenable", name)
        until(queue, job, JobState.DONE)

    assert printer.pages == [b"first", b"second"]
