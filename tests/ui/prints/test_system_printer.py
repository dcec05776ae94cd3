"""Printing by Qt to a real CUPS, off the window's thread; what came out is read back."""

import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import ImageChops
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from labels.draw import labels_pdf
from labels.imposition import impose
from labels.resolution import RESOLUTIONS
from labels.stocks import stock_named
from labels.transport import MaybePrinted, NothingSent, Reason
from tests.labels.examples import label_for, rendered, scan_of, scanned
from tests.labels.transport.cups_server import (
    CUPS_PDF,
    PDF_PRINTER,
    CupsServer,
    running_cups,
)
from ui.prints.system_printer import PageSizeRefused, SystemPrinter, queues

T = TypeVar("T")

POINT_MM = 25.4 / 72
LABEL = label_for()
OWN_SIZES = """
*VariablePaperSize: True
*MaxMediaWidth: 1000
*MaxMediaHeight: 1000
*HWMargins: 0 0 0 0
*CustomPageSize True: ""
*ParamCustomPageSize Width: 1 points 36 1000
*ParamCustomPageSize Height: 2 points 36 1000
*ParamCustomPageSize Orientation: 3 int 0 3
*ParamCustomPageSize WidthOffset: 4 points 0 0
*ParamCustomPageSize HeightOffset: 5 points 0 0
"""
"""What the driver of a label printer adds: pages of any size."""


@pytest.fixture(autouse=True)
def this_cups(
    private_cups: CupsServer, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> CupsServer:
    """Qt finds it as every program does."""
    monkeypatch.setenv("CUPS_SERVER", private_cups.address)
    return private_cups


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What stands behind a queue: a printer on the network."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        yield listener


@pytest.fixture(scope="module")
def any_size(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A driver that takes pages of any size."""
    file = tmp_path_factory.mktemp("drivers") / "any-size.ppd"
    file.write_text(PDF_PRINTER.read_text("latin-1") + OWN_SIZES, "latin-1")
    return file


def label_pdf(stock: str = "50x30", dpi: int = 203) -> bytes:
    """One label, as it is sent."""
    chosen = stock_named(stock)
    return labels_pdf(impose([LABEL], chosen), chosen, RESOLUTIONS[dpi])


def queue(cups: CupsServer, listener: socket.socket, name: str, ppd: Path = PDF_PRINTER) -> str:
    return cups.add_queue(name, f"socket://127.0.0.1:{listener.getsockname()[1]}", ppd=ppd)


def arrived(listener: socket.socket) -> bytes:
    """The PDF that the printer was handed, out of whatever stands around it."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as stream:
        said = stream.read()
    return said[said.index(b"%PDF-") : said.rindex(b"%%EOF") + 5]


def elsewhere(work: Callable[[], T]) -> T:
    """What the work came to on a thread of its own."""
    came: list[T | BaseException] = []

    def run() -> None:
        assert threading.current_thread() is not threading.main_thread()
        try:
            came.append(work())
        except BaseException as error:  # told to the test
            came.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    (outcome,) = came
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Each page in millimetres."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return [(float(box.width) * POINT_MM, float(box.height) * POINT_MM) for box in boxes]


def office_paper(size: Sequence[float], pages: int = 1) -> bytes:
    """Text pages with a mark in each corner."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(size[0] / POINT_MM, size[1] / POINT_MM))
    for number in range(pages):
        canvas.setFont("Times-Roman", 40)
        canvas.drawString(60, size[1] / POINT_MM / 2, f"TRANG {number + 1}")
        canvas.rect(0, 0, 30, 10, fill=1)  # lower left, wider than high
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("name", ["50x30", "35x22"])
@pytest.mark.parametrize("dots", [203, 300])
def test_a_label_comes_out_in_its_size_and_scans(
    this_cups: CupsServer, listener: socket.socket, any_size: Path, name: str, dots: int
) -> None:
    stock = stock_named(name)
    printer = SystemPrinter(queue(this_cups, listener, f"label-{name}-{dots}", any_size), dots=dots)

    elsewhere(lambda: printer.send(label_pdf(name, dots), "012 000345 7"))

    came = arrived(listener)
    ((width, height),) = sizes(came)
    assert width == pytest.approx(stock.width, abs=POINT_MM)  # a driver counts in whole points
    assert height == pytest.approx(stock.height, abs=POINT_MM)
    (picture,) = rendered(came, dots)
    assert scan_of(LABEL.code, LABEL.qr) == scanned(picture)


def test_a_label_is_black_or_white_on_the_printers_dots(
    this_cups: CupsServer, listener: socket.socket, any_size: Path
) -> None:
    printer = SystemPrinter(queue(this_cups, listener, "dots", any_size), dots=203)

    elsewhere(lambda: printer.send(label_pdf(), "a label"))

    (image,) = PdfReader(BytesIO(arrived(listener))).pages[0].images
    assert image.image is not None
    assert image.image.size == (400, 240)  # 8 dots a millimetre
    counts = image.image.convert("L").histogram()
    assert {grey for grey, count in enumerate(counts) if count} == {0, 255}


def test_pages_of_a_paper_come_out_in_order_and_can_be_read(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    paper = office_paper((210, 297), pages=3)
    printer = SystemPrinter(queue(this_cups, listener, "paper"))

    elsewhere(lambda: printer.send(paper, "Biên bản bàn giao"))

    came = arrived(listener)
    assert sizes(came) == [pytest.approx((210, 297), abs=POINT_MM)] * 3
    for printed, meant in zip(rendered(came, 72), rendered(paper, 72), strict=True):
        assert unlike(printed, meant) < 0.002


def test_a_paper_that_lies_on_its_side_is_turned_as_a_whole(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    paper = office_paper((297, 210))
    printer = SystemPrinter(queue(this_cups, listener, "lying"))

    elsewhere(lambda: printer.send(paper, "lying"))

    came = arrived(listener)
    (printed,) = rendered(came, 72)
    (meant,) = rendered(paper, 72)
    as_printed = [meant] if printed.width > printed.height else [meant.rotate(90, expand=True)]
    as_printed.append(as_printed[0].rotate(180))  # which edge a printer feeds first is its own
    assert min(unlike(printed, each) for each in as_printed) < 0.002


def test_copies_are_told_to_the_queue(
    this_cups: CupsServer, listener: socket.socket, any_size: Path
) -> None:
    printer = SystemPrinter(queue(this_cups, listener, "copies", any_size), dots=203, copies=2)

    elsewhere(lambda: printer.send(label_pdf(), "two"))

    assert len(sizes(arrived(listener))) == 2


def test_cups_pdf_itself_writes_the_label(this_cups: CupsServer) -> None:
    this_cups.add_queue("cups-pdf", "cups-pdf:/", ppd=CUPS_PDF)
    title = f"station-test-{os.getpid()}"

    elsewhere(lambda: SystemPrinter("cups-pdf", dots=203).send(label_pdf(), title))

    files: list[Path] = []
    finished = threading.Event()
    for _ in range(300):
        files = list((Path.home() / "PDF").glob(f"*{title}*"))
        if files and not this_cups.jobs():
            break
        finished.wait(0.1)
    (file,) = files
    try:
        ((width, height),) = sizes(file.read_bytes())
        assert (width, height) == pytest.approx((50, 30), abs=POINT_MM)
        (picture,) = rendered(file.read_bytes(), 203)
        assert scan_of(LABEL.code)[0] in scanned(picture)
    finally:
        file.unlink()


def test_a_driver_without_this_size_prints_nothing(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    printer = SystemPrinter(queue(this_cups, listener, "no-such-size"), dots=203)

    with pytest.raises(PageSizeRefused) as refused:
        elsewhere(lambda: printer.send(label_pdf(), "a label"))

    assert (refused.value.width, refused.value.height) == (50, 30)
    assert not [job for job in this_cups.jobs("all") if job.startswith("no-such-size")]


def test_a_raw_queue_has_no_driver_that_could_print_a_page(this_cups: CupsServer) -> None:
    raw = this_cups.add_queue("no-driver", "socket://127.0.0.1:1")

    with pytest.raises(PageSizeRefused):
        elsewhere(lambda: SystemPrinter(raw).send(office_paper((210, 297)), "a paper"))


def test_a_queue_that_is_gone_is_sent_nothing(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    queue(this_cups, listener, "another")
    with pytest.raises(NothingSent) as refused:
        elsewhere(lambda: SystemPrinter("gone").send(office_paper((210, 297)), "a paper"))

    assert refused.value.reason is Reason.REFUSED


def test_a_system_that_does_not_answer_is_asked_again_unlike_a_queue_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))

    told = elsewhere(SystemPrinter("gone").ask)

    assert (told.ready, told.reason) == (False, Reason.UNREACHABLE)


def test_a_stopped_queue_is_sent_nothing(this_cups: CupsServer, listener: socket.socket) -> None:
    name = queue(this_cups, listener, "stopped")
    this_cups.run("cupsdisable", name)
    printer = SystemPrinter(name, dots=203)

    with pytest.raises(NothingSent) as refused:
        elsewhere(lambda: printer.send(label_pdf(), "a label"))

    assert refused.value.reason is Reason.PAUSED
    assert elsewhere(printer.ask).ready is False
    assert not [job for job in this_cups.jobs("all") if job.startswith(name)]


def test_a_queue_that_takes_no_jobs_is_told_although_qt_is_silent(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    name = queue(this_cups, listener, "takes-none")
    this_cups.run("cupsreject", name)

    with pytest.raises(NothingSent) as refused:
        elsewhere(lambda: SystemPrinter(name, dots=203).send(label_pdf(), "a label"))

    assert refused.value.reason is Reason.REFUSED


@pytest.mark.parametrize("payload", [b"", b"SIZE 50 mm,30 mm\r\n", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_not_sent(
    this_cups: CupsServer, listener: socket.socket, payload: bytes
) -> None:
    name = queue(this_cups, listener, "no-pdf")

    with pytest.raises(NothingSent):
        elsewhere(lambda: SystemPrinter(name).send(payload, "nothing"))


def test_a_system_that_goes_away_in_the_middle_may_have_printed(
    monkeypatch: pytest.MonkeyPatch, listener: socket.socket
) -> None:
    """Qt is silent about it; the library that it prints with is not."""
    outcome: list[BaseException] = []

    def send() -> None:
        try:
            SystemPrinter("leaving").send(office_paper((210, 297), pages=6), "a paper")
        except BaseException as error:  # told to the test
            outcome.append(error)

    with running_cups() as leaving:
        monkeypatch.setenv("CUPS_SERVER", leaving.address)
        queue(leaving, listener, "leaving")
        sending = threading.Thread(target=send)
        sending.start()
        sending.join(1.5)  # six pages take longer
        assert sending.is_alive()
    sending.join(120)

    (told,) = outcome
    assert isinstance(told, MaybePrinted)
    assert told.reason is Reason.BROKEN_OFF


def test_the_systems_printers_are_listed_with_their_state(
    this_cups: CupsServer, listener: socket.socket
) -> None:
    queue(this_cups, listener, "listed")
    this_cups.run("cupsdisable", queue(this_cups, listener, "listed-stopped"))

    told = {known.name: known for known in elsewhere(queues)}

    assert (told["listed"].stopped, told["listed-stopped"].stopped) == (False, True)
    assert told["listed"].model == "Generic PDF Printer"


def unlike(one: Any, other: Any) -> float:
    """The share of a page's dots that differ clearly."""
    counts = ImageChops.difference(one, other.resize(one.size)).histogram()
    return float(sum(counts[160:]) / sum(counts))
