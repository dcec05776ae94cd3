"""What the window says of printing: a line, a footer sign, a banner for what stands still."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from labels.printer import Route
from labels.queue.job import Job, JobState
from labels.stock import Form
from station.words import _, _n
from ui.banners import Act
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.prints.label_row import RowState
from ui.prints.print_words import is_open, needs_person, what_to_do
from ui.prints.printing import Printing
from ui.theme import Tone
from ui.wording import explain

WARM_AFTER_MS = 1_500  # the window first
PAGE = "prints"


class PrintDesk(QObject):
    """Stands between the printing service and the window."""

    def __init__(
        self, printing: Printing, window: MainWindow, desk: Desk, *, open_papers: bool
    ) -> None:
        super().__init__()
        self._printing, self._window, self._desk = printing, window, desk
        self.open_papers = open_papers
        self._said = ""  # what a person did goes before what a printer does
        printing.begun.connect(lambda: self._say(_("Preparing the print…")))
        printing.queued.connect(self._queued)
        printing.waits.connect(self._tell_waiting)
        printing.already.connect(self._tell_already)
        printing.changed.connect(self._changed)
        printing.ready.connect(self.open_paper)
        printing.refused.connect(self._refuse)

    def start(self) -> None:
        """Say what the last run left, and warm the press once the window stands."""
        self._look()
        self._tell_damaged(len(self._printing.queue.damaged))
        left = [job for job in self._printing.queue.jobs() if is_open(job)]
        if left and not any(needs_person(job) for job in left):
            told = _n(
                "{count} print of the last run goes on now.",
                "{count} prints of the last run go on now.",
                len(left),
            )
            self._window.say_beside(told.format(count=len(left)))
        QTimer.singleShot(WARM_AFTER_MS, self, self._printing.warm_up)

    def _tell_damaged(self, count: int) -> None:
        """What a power cut left broken is not printed, and not kept secret either."""
        if count:
            told = _n(
                "{count} print was damaged on the disk and is not printed. Look which label is"
                " missing under Labels to stick.",
                "{count} prints were damaged on the disk and are not printed. Look which labels are"
                " missing under Labels to stick.",
                count,
            )
            act = Act(_("Labels to stick"), lambda: self._window.show_page("labels"))
            self._window.warn("print-damaged", told.format(count=count), act)

    def _queued(self, job: Job) -> None:
        if job.printer.route is not Route.VIEWER:  # there the file itself is said
            self._say(_("In the print queue: {title}").format(title=job.title))
        self._look()

    def _tell_waiting(self, row: RowState) -> None:
        count = len(row.waiting)
        if row.stock.form is Form.SHEET:
            told = _n("{count} label waits for a sheet.", "{count} labels wait for a sheet.", count)
            act = Act(_("Labels to stick"), lambda: self._window.show_page("labels"))
        else:
            told = _n(
                "{count} label waits for a full row.", "{count} labels wait for a full row.", count
            )
            act = Act(_("Print the row now"), self._printing.print_row)
        self._said = told.format(count=count)
        self._window.say_beside(self._said, act)

    def _tell_already(self, count: int) -> None:
        told = _n(
            "{count} label is being printed already.",
            "{count} labels are being printed already.",
            count,
        )
        self._said = told.format(count=count)
        self._window.say_beside(self._said)

    def _changed(self, job: Job) -> None:
        if job.state is JobState.DONE and job.printer.route is not Route.VIEWER:
            self._say(_("Printed: {title}").format(title=job.title))
        self._look()

    def _say(self, sentence: str) -> None:
        if self._window.message in ("", self._said):
            self._said = sentence
            self._window.say_beside(sentence)

    def _look(self) -> None:
        jobs = [job for job in self._printing.queue.jobs() if is_open(job)]
        self._window.navigation.show_prints(len(jobs))
        stuck = [job for job in jobs if needs_person(job)]
        if not stuck:
            self._window.settle("print")
            return
        asking = next((job for job in stuck if job.state is JobState.UNCERTAIN), stuck[0])
        tone = Tone.WARN if asking.state is JobState.WAITING else Tone.FAIL
        act = Act(_("Show prints"), lambda: self._window.show_page(PAGE))
        self._window.warn("print", what_to_do(asking), act, tone)

    def open_paper(self, file: Path) -> None:
        """Let the system show the file; where nothing does, say where it lies."""
        url = QUrl.fromLocalFile(str(file))
        opened = self.open_papers and QDesktopServices.openUrl(url)
        self._said = _("Ready to print: {file}").format(file=file.name if opened else file)
        self._window.say_beside(self._said)

    def _refuse(self, error: Exception) -> None:
        """What cannot be drawn is no act that failed: what was recorded stands."""
        known = hasattr(error, "code") or isinstance(error, OSError)
        drawn = _("The print could not be drawn. What was recorded stands; print it again later.")
        self._window.say_beside(explain(error, self._desk.reference) if known else drawn)
