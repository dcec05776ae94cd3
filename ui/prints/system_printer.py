"""Printing by the system's own driver: Qt draws each page on the printer's dots.

The system's queue takes the job: what it says of the printer later is its own to show. Qt tells
neither an empty tray nor an open lid, so `ask` says no more than whether the queue goes on.
"""

import sys
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from labels.resolution import RESOLUTIONS
from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from ui.prints.cups_answer import check_that_cups_took_it
from ui.prints.pdf_pages import NotAPdf, PdfPages, Size, dots_of

MM_PER_INCH: Final = 25.4
FINEST: Final = 600  # dots an inch: papers gain nothing beyond, and a page takes 4 times the memory
BAND: Final = 1024  # rows drawn at once: a whole A4 page would take 140 MB
THRESHOLD: Final = (
    Qt.ImageConversionFlag.MonoOnly | Qt.ImageConversionFlag.ThresholdDither
)  # to Mono; other formats take no notice of it
ALIKE: Final = 0.5  # millimetres: drivers count in whole points

_OFFICE: Final = (QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A5)
_STOPPED: Final = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


class PageSizeRefused(NothingSent):
    """The driver knows no paper of this size and takes no other; a raw queue has no driver."""

    code = "page_size_refused"

    def __init__(self, queue: str, size: Size) -> None:
        self.queue, self.width, self.height = queue, round(size[0], 1), round(size[1], 1)
        super().__init__(Reason.REFUSED, f"{queue}: {self.width:g} x {self.height:g} mm")


class Queue(Struct, frozen=True):
    """One of the system's printers, as the system tells it."""

    name: str
    model: str = ""
    usual: bool = False
    stopped: bool = False


def queues() -> tuple[Queue, ...]:
    """The system's printers, by name; asks the system, so call it off the window's thread."""
    usual = QPrinterInfo.defaultPrinterName()
    infos = map(QPrinterInfo.printerInfo, QPrinterInfo.availablePrinterNames())
    return tuple(_told(info, usual) for info in infos if not info.isNull())


def _told(info: QPrinterInfo, usual: str) -> Queue:
    name = info.printerName()
    return Queue(name, info.makeAndModel(), name == usual, info.state() in _STOPPED)


class SystemPrinter:
    """A transport to one of the system's queues; a payload is a PDF of one page or more.

    With `dots`, those of an inch of a label printer, pages are drawn black or white on exactly
    these: a bar that is grey at its edge misreads. Without, at the driver's own resolution.
    """

    def __init__(self, queue: str, *, dots: int | None = None, copies: int = 1) -> None:
        self._queue, self._dots, self._copies = queue, dots, copies

    def ask(self) -> Readiness:
        """Whether the queue is there and goes on."""
        info = QPrinterInfo.printerInfo(self._queue)
        if info.isNull():
            # a system that tells no printer at all is more likely still starting
            others = QPrinterInfo.availablePrinterNames()
            return Readiness(False, Reason.REFUSED if others else Reason.UNREACHABLE)
        if info.state() in _STOPPED:
            return Readiness(False, Reason.OTHER if sys.platform == "win32" else Reason.PAUSED)
        return Readiness(None)

    def send(self, payload: bytes, title: str) -> None:
        """Draw the pages and wait until the queue has them."""
        state = self.ask()
        if state.ready is False:
            raise NothingSent(state.reason or Reason.OTHER, self._queue)
        try:
            pages = PdfPages(payload)
        except NotAPdf as error:
            raise NothingSent(Reason.OTHER, "no PDF") from error
        printer = self._printer(title)
        for size in reversed(pages.sizes):  # a size it refuses is told before anything is begun
            self._lay_page(printer, size)
        self._print(printer, pages)

    def _printer(self, title: str) -> QPrinter:
        printer = QPrinter(
            QPrinterInfo.printerInfo(self._queue), QPrinter.PrinterMode.HighResolution
        )
        printer.setResolution(self._dots or min(printer.resolution(), FINEST))
        printer.setFullPage(True)
        printer.setDocName(title)
        printer.setCopyCount(self._copies)
        return printer

    def _lay_page(self, printer: QPrinter, size: Size) -> None:
        page, orientation = _page(size, printer)
        if page is None:
            raise PageSizeRefused(self._queue, size)
        printer.setPageSize(page)
        printer.setPageOrientation(orientation)

    def _print(self, printer: QPrinter, pages: PdfPages) -> None:
        painter = QPainter()
        if not painter.begin(printer):  # nothing left this program yet
            raise NothingSent(Reason.UNREACHABLE, self._queue)
        try:
            self._paint_all(painter, printer, pages)
        except Exception as error:
            printer.abort()
            painter.end()
            raise MaybePrinted(Reason.BROKEN_OFF, self._queue) from error
        if not painter.end() or printer.printerState() in _STOPPED:
            raise MaybePrinted(Reason.BROKEN_OFF, self._queue)
        check_that_cups_took_it(self._queue)

    def _paint_all(self, painter: QPainter, printer: QPrinter, pages: PdfPages) -> None:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for number, size in enumerate(pages.sizes):
            if number:
                self._lay_page(printer, size)
                if not printer.newPage():
                    raise OSError(f"{self._queue}: no page after {number}")
            self._paint(painter, pages, number)

    def _paint(self, painter: QPainter, pages: PdfPages, number: int) -> None:
        dots = dots_of(pages.sizes[number], self._per_mm(painter))
        ink = _ink(self._dots, painter.device().logicalDpiX())
        for band in _bands(dots):
            picture = pages.picture(number, dots, band)
            painter.drawImage(band.topLeft(), picture.convertToFormat(ink, THRESHOLD))

    def _per_mm(self, painter: QPainter) -> float:
        if self._dots:
            return 1 / RESOLUTIONS[self._dots].dot
        return painter.device().logicalDpiX() / MM_PER_INCH


def _ink(label_dots: int | None, dpi: int) -> QImage.Format:
    """Black or white for a label printer, and where dots are too fine to need a grey edge."""
    if label_dots or dpi >= FINEST:
        return QImage.Format.Format_Mono  # an eighth of the bytes, too
    return QImage.Format.Format_Grayscale8


def _bands(dots: QSize) -> Iterator[QRect]:
    for top in range(0, dots.height(), BAND):
        yield QRect(0, top, dots.width(), min(BAND, dots.height() - top))


def _page(size: Size, printer: QPrinter) -> tuple[QPageSize | None, QPageLayout.Orientation]:
    """The whole page. An office's paper that lies on its side is fed upright and turned."""
    lying = (size[1], size[0])
    if any(_alike(QPageSize(id_), lying) for id_ in _OFFICE):
        return _offered(lying, printer), QPageLayout.Orientation.Landscape
    return _offered(size, printer), QPageLayout.Orientation.Portrait


def _offered(size: Size, printer: QPrinter) -> QPageSize | None:
    """The driver's own page of this size, else one of exactly this size if it takes any."""
    info = QPrinterInfo.printerInfo(printer.printerName())
    own = next((page for page in info.supportedPageSizes() if _alike(page, size)), None)
    if own is not None or not info.supportsCustomPageSizes():
        return own
    exactly = QSizeF(*(round(length, 2) for length in size))
    match = QPageSize.SizeMatchPolicy.ExactMatch
    return QPageSize(exactly, QPageSize.Unit.Millimeter, "", match)


def _alike(page: QPageSize, size: Size) -> bool:
    told = page.size(QPageSize.Unit.Millimeter)
    return abs(told.width() - size[0]) < ALIKE and abs(told.height() - size[1]) < ALIKE
