"""Labels and papers on their way out: drawn on a thread of their own, kept as PDF, opened to print.

Print queues and label printers are a later issue; today a PDF goes to the system's own viewer.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QApplication

from labels.imposition import impose
from labels.stocks import stock_named
from station import labelling
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.printed import Label
from station.report_sheet import ReportSheet
from ui.background import Background
from ui.desk import Desk
from ui.papers.handover_minutes import handover_minutes
from ui.papers.labels import label_of
from ui.papers.making import Print, again, make

KEPT_DAYS = 7
STOCK = "50x30"
MINUTES = "handover-minutes"
SHEET_DIGITS = 12

T = TypeVar("T")


class Printing(QObject):
    """Describes on the store's thread, draws on its own: the first drawing loads reportlab."""

    begun = Signal()
    ready = Signal(object)  # Path of the PDF
    refused = Signal(object)  # Exception

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._desk, self._folder = desk, folder
        self._under_way = 0
        self._press = Background("printing")
        self._press.run(lambda: _forget_old(folder), _need_no_answer, _need_no_answer, self)

    def print_labels(self, devices: Sequence[str]) -> None:
        """Draw one label for each device, then note that they went out."""
        self._describe(partial(_labels, tuple(devices)), self._draw_labels)

    def print_minutes(self, devices: Sequence[str], of: str, reprint: int = 0) -> None:
        """Make and draw the handover minutes of a case or a batch, or draw them once more."""
        self._under_way += 1
        self.begun.emit()
        act = partial(_minutes, tuple(devices), of, reprint=bool(reprint))
        self._desk.do(act, self._draw_minutes, self._refuse, owner=self)

    def print_sheet(self, sheet: ReportSheet) -> None:
        """Draw the one-page sheet of a diagnosis."""
        self._under_way += 1
        self.begun.emit()
        name = f"report-{sheet.digest[:SHEET_DIGITS]}"
        self._press.run(
            lambda: _put(self._folder, name, _draw_sheet(sheet)), self._end, self._refuse, self
        )

    def close(self) -> None:
        """Finish what was asked for, to the note in the ledger, and take no more.

        A print goes from thread to thread, and each answer comes by way of the window's thread.
        """
        while self._under_way:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._press.close()

    def _describe(self, question: Callable[[PointStore], T], draw: Callable[[T], None]) -> None:
        self._under_way += 1
        self.begun.emit()
        self._desk.ask(question, draw, self._refuse, owner=self)

    def _end(self, file: Path) -> None:
        self._under_way -= 1
        self.ready.emit(file)

    def _refuse(self, error: Exception) -> None:
        self._under_way -= 1
        self.refused.emit(error)

    def _draw_labels(self, labels: tuple[Label, ...]) -> None:
        codes = tuple(label.code for label in labels)
        self._press.run(
            lambda: _put(self._folder, f"labels-{codes[0]}", _draw_labels(labels)),
            partial(self._note_labels, codes),
            self._refuse,
            self,
        )

    def _note_labels(self, codes: tuple[str, ...], file: Path) -> None:
        self._desk.do(
            partial(_record_labels, codes),
            lambda _none: self._end(file),
            self._refuse,
            owner=self,
        )

    def _draw_minutes(self, minutes: Print) -> None:
        self._press.run(
            lambda: _put(self._folder, f"minutes-{minutes[0].code}", _draw_minutes(minutes)),
            self._end,
            self._refuse,
            self,
        )


def _labels(codes: tuple[str, ...], store: PointStore) -> tuple[Label, ...]:
    return tuple(label_of(store, code) for code in codes)


def _minutes(
    devices: tuple[str, ...],
    of: str,
    store: PointStore,
    by: Operator,
    when: Moment,
    *,
    reprint: bool,
) -> Print:
    known = [paper for paper in store.papers_about(of) if paper.paper == MINUTES]
    if reprint and known:
        return again(store, by, when, known[0].code)
    return make(store, by, when, [(MINUTES, handover_minutes(store, devices, of))])[0]


def _record_labels(codes: tuple[str, ...], store: PointStore, by: Operator, when: Moment) -> None:
    labelling.record_labels(codes, store, by, when)


def _draw_labels(labels: tuple[Label, ...]) -> bytes:
    from labels.draw import labels_pdf  # noqa: PLC0415 -- reportlab loads on first use

    stock = stock_named(STOCK)
    return labels_pdf(impose(labels, stock), stock)


def _draw_minutes(minutes: Print) -> bytes:
    from labels.paper_pdf import paper_pdf  # noqa: PLC0415 -- the same

    return paper_pdf([minutes])


def _draw_sheet(sheet: ReportSheet) -> bytes:
    from labels.report_sheet import report_sheet_pdf  # noqa: PLC0415 -- the same

    return report_sheet_pdf(sheet)


def _put(folder: Path, name: str, content: bytes) -> Path:
    """Keep a PDF under a name that tells what it is and that never overwrites another."""
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    for number in range(1, 10_000):
        file = folder / f"{name}-{number}.pdf"
        try:
            file.touch(mode=0o600, exist_ok=False)  # minutes name a pupil
        except FileExistsError:
            continue
        file.write_bytes(content)
        return file
    raise FileExistsError(str(folder / name))


def _forget_old(folder: Path) -> None:
    """Papers name people and can be printed again from the ledger: none stays for long."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for file in folder.glob("*.pdf"):
        with suppress(OSError):  # a viewer may hold it open: the next time will do
            if file.stat().st_mtime < oldest:
                file.unlink()


def _need_no_answer(_outcome: object) -> None:
    """Nobody waits for it; the log names a failure."""
