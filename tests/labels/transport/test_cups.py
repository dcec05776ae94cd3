"""Pages through a real CUPS: printed, held up, cancelled, refused; never in it twice."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason, StillWaiting
from labels.transport.cups import Cups
from tests.labels.transport.cups_server import CUPS_PDF, CupsServer

PAGE = b"SIZE 50 mm,30 mm\r\nBITMAP 0,0,2,2,1,\x00\xff\x00\xff\r\nPRINT 1,1\r\n"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        yield server


@pytest.fixture
def queue(private_cups: CupsServer, listener: socket.socket) -> str:
    return private_cups.add_queue(
        f"q{uuid4().hex[:8]}", f"socket://127.0.0.1:{listener.getsockname()[1]}"
    )


@pytest.fixture
def dead_queue(private_cups: CupsServer) -> str:
    return private_cups.add_queue(f"q{uuid4().hex[:8]}", "socket://127.0.0.1:1")


def printed(listener: socket.socket) -> bytes:
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as stream:
        return stream.read()


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def ticket_of(queue: Cups) -> str:
    tickets: list[str] = []
    with pytest.raises(StillWaiting):
        queue.hand_over(PAGE, "Nhãn BB 1", tickets.append)
    return tickets[-1]


def test_a_page_reaches_the_printer_byte_by_byte(queue: str, listener: socket.socket) -> None:
    with ThreadPoolExecutor() as pool:
        came = pool.submit(printed, listener)
        Cups(queue).send(PAGE, "Nhãn: Lê Thị Hằng")

        assert came.result() == PAGE


def test_the_ticket_is_noted_before_anything_can_come_out(
    private_cups: CupsServer, queue: str, listener: socket.socket
) -> None:
    def die(ticket: str) -> None:
        raise KeyboardInterrupt(ticket)

    with pytest.raises(KeyboardInterrupt) as died:
        Cups(queue).hand_over(PAGE, "title", die)

    listener.settimeout(1)
    with pytest.raises(TimeoutError):
        listener.accept()
    assert private_cups.jobs() == [str(died.value).removeprefix("held:")]
    assert Cups(queue).take_back(str(died.value))
    assert private_cups.jobs() == []


def test_a_page_whose_sender_died_comes_out_when_it_is_followed(
    queue: str, listener: socket.socket
) -> None:
    tickets: list[str] = []

    def die(ticket: str) -> None:
        tickets.append(ticket)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Cups(queue).hand_over(PAGE, "title", die)
    with ThreadPoolExecutor() as pool:
        came = pool.submit(printed, listener)
        Cups(queue).follow(tickets[0])
        assert came.result() == PAGE
    Cups(queue).follow(tickets[0])  # once more, and it was printed already

    listener.settimeout(1)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_printer_that_is_off_leaves_the_page_in_the_queue_once(
    private_cups: CupsServer, dead_queue: str
) -> None:
    cups = Cups(dead_queue, patience_s=1.5)

    ticket = ticket_of(cups)
    with pytest.raises(StillWaiting) as waiting:
        cups.follow(ticket)

    assert waiting.value.reason is Reason.UNREACHABLE
    assert private_cups.jobs() == [ticket]
    assert not cups.take_back(ticket)  # CUPS began with it: only a person knows
    assert private_cups.jobs() == []
    with pytest.raises(MaybePrinted) as gone:
        cups.follow(ticket)
    assert gone.value.reason is Reason.CANCELLED


def test_a_page_waits_for_a_printer_that_comes_back(
    private_cups: CupsServer, queue: str, listener: socket.socket
) -> None:
    private_cups.run("cupsdisable", queue)
    cups = Cups(queue, patience_s=0.5)
    assert cups.ask() == Readiness(ready=False, reason=Reason.PAUSED)

    ticket = ticket_of(cups)
    private_cups.run("cupsenable", queue)
    with ThreadPoolExecutor() as pool:
        came = pool.submit(printed, listener)
        Cups(queue).follow(ticket)

        assert came.result() == PAGE


def test_what_a_stopped_queue_holds_is_taken_back_untouched(
    private_cups: CupsServer, queue: str
) -> None:
    private_cups.run("cupsdisable", queue)
    cups = Cups(queue, patience_s=0.1)

    assert cups.take_back(ticket_of(cups))

    assert private_cups.jobs() == []


def test_a_page_cancelled_at_the_queue_is_no_printed_page(
    private_cups: CupsServer, dead_queue: str
) -> None:
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(Cups(dead_queue).send, PAGE, "title")
        until(private_cups.jobs)
        private_cups.run("cancel", dead_queue)

        with pytest.raises(MaybePrinted) as cancelled:
            sending.result()

    assert cancelled.value.reason is Reason.CANCELLED


def test_a_page_held_by_somebody_waits(private_cups: CupsServer, dead_queue: str) -> None:
    cups = Cups(dead_queue, patience_s=0.3)
    ticket = ticket_of(cups)
    private_cups.run("lp", "-i", ticket, "-H", "hold")

    with pytest.raises(StillWaiting) as waiting:
        cups.follow(ticket)

    assert waiting.value.reason is Reason.PAUSED
    cups.take_back(ticket)


def test_a_queue_that_does_not_exist_or_takes_no_jobs_refuses(
    private_cups: CupsServer, queue: str
) -> None:
    private_cups.run("cupsreject", queue)

    for name in ("no-such-queue", queue, "-d", "a/b?c=1"):
        assert Cups(name).ask() == Readiness(ready=False, reason=Reason.REFUSED)
        with pytest.raises(NothingSent) as refused:
            Cups(name).send(PAGE, "title")
        assert refused.value.reason is Reason.REFUSED


def test_without_a_cups_nothing_is_sent(
    private_cups: CupsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")

    with pytest.raises(NothingSent) as refused:
        Cups("labels").send(PAGE, "title")

    assert refused.value.reason is Reason.UNREACHABLE
    with pytest.raises(StillWaiting):
        Cups("labels", patience_s=0.1).follow("labels-1")
    with pytest.raises(NothingSent):
        Cups("labels").take_back("labels-1")


def test_without_its_programs_the_way_is_not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert Cups("labels").ask() == Readiness(ready=False, reason=Reason.NOT_HERE)


def test_a_job_that_cups_forgot_may_have_printed(private_cups: CupsServer, queue: str) -> None:
    with pytest.raises(MaybePrinted):
        Cups(queue).follow(f"{queue}-9999")


def test_a_job_that_cups_forgot_is_not_called_taken_back(
    private_cups: CupsServer, queue: str
) -> None:
    """It was let go, and who did so died before noting it."""
    assert not Cups(queue).take_back(f"held:{queue}-9999")


@pytest.mark.skipif(os.geteuid() != 0, reason="cups-pdf's backend runs as root only")
def test_a_pdf_printer_of_the_system_gets_a_pdf(private_cups: CupsServer) -> None:
    name = private_cups.add_queue(f"q{uuid4().hex[:8]}", "cups-pdf:/", ppd=CUPS_PDF)
    title = f"test{uuid4().hex}"

    Cups(name, options=()).send(b"Just text\n", title)

    made = list((Path.home() / "PDF").glob(f"{title}*.pdf"))
    assert [file.read_bytes()[:5] for file in made] == [b"%PDF-"]
    made[0].unlink()
