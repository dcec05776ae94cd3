"""Labels and papers on their way out: described, drawn, put into the print queue, and noted.

Description happens on the store's thread, drawing on the press's, printing on the sender's. Intake
waits for none of them. Whatever was asked for lies on the disk before a printer is spoken to; a
label is noted in the ledger when its page has left the printer.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from labels.printer import Printer, Route
from labels.queue.job import Job, PageState
from labels.queue.kept import NoSuchJob, QueueFull
from labels.queue.print_queue import PrintQueue
from labels.stock import Stock
from station.codes import grouped
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.printed import Label
from station.report_sheet import ReportSheet
from station.words import _, _n
from ui.background import Background, need_no_answer
from ui.desk import Act, Desk
from ui.papers.labels import labels_of
from ui.papers.paper_set import PaperSet
from ui.prints import press
from ui.prints.label_row import LabelRow, Labels, RowState, Taken
from ui.prints.paper_run import PORTION, PaperRun
from ui.prints.previewed import PrintChoice
from ui.prints.print_notes import PrintNotes
from ui.prints.printers import Printers
from ui.prints.sender import Sender
from ui.prints.viewer_printer import ViewerPrinter, forget_old_papers
from ui.prints.ways import ways

KEPT_DAYS = 30  # how long a finished job is listed
QUEUE, PAPERS, ROW, SLIP = "print-queue", "papers", "label-row.json", "noting.json"

Papers = tuple[PaperSet, ...]

ON_THE_WAY = {PageState.WAITING, PageState.SENDING, PageState.UNCERTAIN}


def open_queue(folder: Path) -> PrintQueue:
    """The print jobs of a data folder, a month of them: an old disk takes seconds to read them all.

    Raises QueueInUse or QueueUnusable.
    """
    return PrintQueue(folder / QUEUE)


class Printing(QObject):
    """The way from a code to a label, and from a paper to the printer."""

    begun = Signal()  # something was asked for; it is not on the disk yet
    drawn = Signal(int, int)  # papers of a large print, and how many they will be
    stopped = Signal(int)  # so many papers are made and not printed: a person stopped the drawing
    queued = Signal(object)  # Job, on the disk
    changed = Signal(object)  # Job, whenever a printer or a person moved it on
    ready = Signal(object)  # Path of a PDF to be opened
    refused = Signal(object)  # Exception: it was never queued, or not noted
    row_changed = Signal(object)  # RowState: what waits until its row is full
    waits = Signal(object)  # RowState: something that was just asked for waits there
    already = Signal(int)  # so many labels were asked for while they are on their way

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        printers: Callable[[], Printers],
        queue: PrintQueue | None = None,
    ) -> None:
        """Everything is kept in the data folder; a queue that is open already is taken over.

        Raises QueueInUse or OSError where it opens the queue itself.
        """
        super().__init__()
        self._desk, self._printers = desk, printers
        self.queue = queue = queue or open_queue(folder)
        self._row = LabelRow(folder / ROW)
        self._under_way = 0
        self._asked: set[str] = set()  # codes that may not be on the disk yet
        self._in_row: tuple[str, ...] = ()
        self._runs: list[PaperRun] = []
        self._press = Background("printing")
        self._viewer = ViewerPrinter(folder / PAPERS)
        self._viewer.kept.connect(self.ready)
        self._notes = PrintNotes(desk, queue, folder / SLIP)
        self._notes.refused.connect(self.refused)
        self._transport_for = ways(self._viewer)
        self._sender = Sender(queue, self._transport_for)
        self._sender.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._press.run(
            partial(_tidy, queue, folder / PAPERS), need_no_answer, need_no_answer, self
        )
        for job, _page in queue.to_note():  # the last run broke off in between
            self._notes.look(job)

    # ---- what is asked for ----

    def print_labels(self, codes: Sequence[str], copies: int = 1) -> None:
        """Print a label for each code; on a roll with several across they wait for a full row.

        What is on its way is not printed twice for want of patience: it is told by `already`.
        """
        under_way = self.under_way()
        fresh = [code for code in codes if code not in under_way]
        if fresh:
            self._describe(tuple(code for code in fresh for _copy in range(copies)), self._row.add)
        if len(fresh) < len(codes):
            self.already.emit(len(codes) - len(fresh))

    def print_at_once(self, codes: Sequence[str]) -> None:
        """Print labels that make their own rows and sheets, such as a roll of blank ones."""
        self._describe(tuple(codes), self._row.pass_by)

    def print_row(self, start: int = 1) -> None:
        """Print what waits, from this place of the row or the sheet on; the rest stays blank."""
        self._begin()
        self._press_labels(lambda stock: self._row.take_all(stock, start))

    def clear_row(self) -> None:
        """Print none of the labels that wait; they are listed as not stuck on."""
        self._begin()
        self._press_labels(lambda _stock: self._row.drop_all())

    def look_at_row(self) -> None:
        """Tell what waits by `row_changed`."""
        self._press.run(
            lambda: self._row.state(press.stock_of(self._printers())),
            self._tell_row,
            self.refused.emit,
            self,
        )

    def under_way(self) -> frozenset[str]:
        """Codes whose labels were asked for, are in the queue, or wait for their row."""
        pages = (page for job in self.queue.jobs() if not job.is_over for page in job.pages)
        queued = {code for page in pages if page.state in ON_THE_WAY for code in page.codes}
        return frozenset(queued.union(self._in_row, self._asked))

    def print_papers(
        self,
        title: str,
        make: Act[Papers],
        printer: Printer | None = None,
        *,
        told: Callable[[Papers], None],
        refused: Callable[[Exception], None],
    ) -> None:
        """Make papers, or take them up again, and print them: one job, however many they are.

        Without a printer they go to the point's own. The title is listed for long: it names nobody.
        `told` hears what was made, `refused` why nothing was: what could not be printed either is
        not made at all.
        """
        self._begin()

        def make_printable(store: PointStore, by: Operator, when: Moment) -> tuple[Papers, Printer]:
            press.need_fonts()
            chosen = printer or self._printers().papers
            return make(store, by, when), chosen

        def made(answer: tuple[Papers, Printer]) -> None:
            papers, chosen = answer
            told(papers)
            begin = partial(PaperRun, title, papers, chosen)
            self._press.run(begin, self._draw_on, self._refuse, self)

        def failed(error: Exception) -> None:
            self._end()
            refused(error)

        self._desk.do(make_printable, made, failed, owner=self)

    def stop_drawing(self) -> None:
        """Draw no more of the papers under way, and print none of them; they stay made."""
        for run in self._runs:
            run.stopped = True

    def print_sheet(self, sheet: ReportSheet) -> None:
        """Print the one-page sheet of a diagnosis."""
        self._begin()

        def queue() -> Job:
            printer = press.at_its_own_dots(self._printers().papers)
            return self.queue.add(
                _("Report sheet"), "paper", printer, [(press.draw_sheet(sheet), ())]
            )

        self._press.run(queue, self._queued, self._refuse, self)

    def print_chosen_labels(self, labels: Labels, choice: PrintChoice) -> None:
        """Print what a preview showed, on the printer and from the place chosen there."""
        self._begin()
        pressed = partial(self._pressed_as_chosen, labels, choice)
        self._press.run(pressed, self._queued, self._refuse, self)

    def ask_printers(
        self, done: Callable[[tuple[Printers, int]], None], failed: Callable[[Exception], None]
    ) -> None:
        """The printers of this PC, and the first free label of the sheet in that of labels."""
        self._press.run(self._known_printers, done, failed, self)

    def warm_up(self) -> None:
        """Load what drawing needs, before anybody waits for it."""
        self._press.run(self._warm, need_no_answer, need_no_answer, self)

    # ---- what people decide about a job ----

    def cancel(self, job: str) -> None:
        """Send nothing more of it."""
        self._decide(partial(self.queue.cancel, job))

    def retry(self, job: str) -> None:
        """Send what is left now."""
        self._decide(partial(self.queue.retry, job))

    def settle(self, job: str, came_out: bool) -> None:
        """A person looked whether the uncertain page came out."""
        self._decide(partial(self.queue.settle, job, came_out=came_out))

    def close(self) -> None:
        """Bring what was asked for onto the disk, let the page under way end, and take no more.

        A print goes from thread to thread, and each answer comes by way of the window's thread.
        """
        _wait_while(lambda: bool(self._under_way))
        self._sender.close()
        QApplication.processEvents()  # what the sender told last
        _wait_while(lambda: self._notes.busy)
        self._press.close()
        self.queue.close()

    # ---- from thread to thread ----

    def _describe(self, codes: tuple[str, ...], take: Callable[[Labels, Stock], Taken]) -> None:
        self._begin()
        self._asked.update(codes)
        self._desk.ask(
            partial(labels_of, codes),
            lambda labels: self._press_labels(partial(take, labels)),
            self._refuse,
            owner=self,
        )

    def _press_labels(self, take: Callable[[Stock], Taken]) -> None:
        self._press.run(partial(self._pressed, take), self._queued_or_waits, self._refuse, self)

    def _pressed(self, take: Callable[[Stock], Taken]) -> tuple[RowState, Job | None]:
        """On the press's thread. What cannot be drawn is struck off nowhere."""
        printers = self._printers()
        stock = press.stock_of(printers)
        taken = take(stock)
        pages = press.draw_labels(taken.labels, printers, start=taken.start)
        self._row.keep(taken)
        row = self._row.state(stock)
        if not pages:
            return row, None
        title, printer = labels_title(taken.labels), press.printer_of_labels(printers)
        return row, self.queue.add(title, "labels", printer, pages)

    def _pressed_as_chosen(self, labels: Labels, choice: PrintChoice) -> Job:
        """On the press's thread; what waits in a row waits on."""
        printers = self._printers().with_labels_on(choice.printer.name)
        stock = press.stock_of(printers)
        wanted = tuple(label for label in labels for _copy in range(choice.copies))
        pages = press.draw_labels(wanted, printers, start=choice.start)
        self._row.keep(self._row.pass_by(wanted, stock, choice.start))
        printer = press.printer_of_labels(printers)
        return self.queue.add(labels_title(labels), "labels", printer, pages)

    def _known_printers(self) -> tuple[Printers, int]:
        printers = self._printers()
        return printers, self._row.state(press.stock_of(printers)).next_place

    def _queued_or_waits(self, outcome: tuple[RowState, Job | None]) -> None:
        row, job = outcome
        self._tell_row(row)
        if job is not None:
            self._queued(job)
        else:
            self._end()
        if row.waiting:
            self.waits.emit(row)

    def _tell_row(self, row: RowState) -> None:
        self._in_row = row.waiting
        self.row_changed.emit(row)

    def _draw_on(self, run: PaperRun) -> None:
        """A portion more, and the rest of it behind whatever waits for the press by now."""
        if run not in self._runs:
            self._runs.append(run)
        if run.stopped:
            self._runs.remove(run)
            self._end()
            self.stopped.emit(run.count)
            return
        if run.count > PORTION:
            self.drawn.emit(run.drawn, run.count)
        if run.is_drawn:
            self._runs.remove(run)
            add = partial(self.queue.add, run.title, "paper", run.printer, run.pages)
            self._press.run(add, self._queued, self._refuse, self)
        else:
            refuse = partial(self._refuse_run, run)
            self._press.run(run.draw_next, lambda _none: self._draw_on(run), refuse, self)

    def _refuse_run(self, run: PaperRun, error: Exception) -> None:
        self._runs.remove(run)
        self._refuse(error)

    def _warm(self) -> None:
        printers = self._printers()
        transport = self._transport_for(printers.labels)
        if printers.labels.route is Route.TCP:  # one that never answers is known for it by then
            Thread(target=transport.ask, name="first question", daemon=True).start()
        press.warm(printers)

    def _begin(self) -> None:
        self._under_way += 1
        self.begun.emit()

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._asked.clear()

    def _queued(self, job: Job) -> None:
        self._end()
        self.queued.emit(job)

    def _refuse(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error)

    def _decide(self, decide: Callable[[], Job]) -> None:
        try:
            decide()
        except (QueueFull, NoSuchJob) as error:  # the job stands where it stood
            self.refused.emit(error)

    def _told(self, job: Job) -> None:
        self._notes.look(job)
        self.changed.emit(job)


def labels_title(labels: Sequence[Label]) -> str:
    """What the print queue calls a job of labels."""
    first = grouped(labels[0].code)
    if len(labels) == 1:
        return _("Label {code}").format(code=first)
    told = _n("{count} label from {code}", "{count} labels from {code}", len(labels))
    return told.format(count=len(labels), code=first)


def _wait_while(holds: Callable[[], bool]) -> None:
    while holds():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _tidy(queue: PrintQueue, papers: Path) -> None:
    forget_old_papers(papers)
    queue.forget_old(KEPT_DAYS)
