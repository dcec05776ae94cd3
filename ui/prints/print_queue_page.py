"""Lệnh in: what is being printed, what waits, and what only a person at the printer can answer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from labels.queue.job import Job, JobState
from station.codes import grouped
from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, EmptyState, PageHead, line
from ui.day_words import since_words
from ui.desk import Desk
from ui.line_list import LineList
from ui.line_table import Column
from ui.prints.print_words import (
    is_open,
    labels_of_job,
    needs_person,
    pages_words,
    printer_words,
    state_tone,
    state_words,
    uncertain_codes,
    what_to_do,
)
from ui.prints.printing import Printing
from ui.side_by_side import SPACE, list_card, side_by_side
from ui.theme import Role, Tone, words
from ui.tips import plain

MINUTE_MS = 60_000


class PrintQueuePage(QWidget):
    """The jobs on the left, newest first but what needs a person above; the chosen one right."""

    open_page = Signal(str)

    def __init__(self, printing: Printing, desk: Desk) -> None:
        super().__init__()
        self._printing, self._desk = printing, desk
        self._decided = False
        self.jobs = self._job_list()
        self.card = JobCard()
        to_stick = secondary_button(_("Labels to stick"), "print")
        to_stick.setObjectName("openLabelsToStick")
        to_stick.clicked.connect(lambda: self.open_page.emit("labels"))
        self.head = PageHead(_("Prints"), acts=(to_stick,))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.head)
        column.addLayout(
            side_by_side(list_card(_("Print queue"), self.jobs), self.card, weights=(5, 3)), 1
        )
        self._connect()
        self.begins_at = self.jobs.view
        self.refresh()

    def refresh(self) -> None:
        """Show the queue as it stands now."""
        jobs = sorted(self._printing.queue.jobs(), key=_order)
        waiting = sum(is_open(job) for job in jobs)
        told = _("Waiting: {count}").format(count=waiting) if waiting else _("Nothing waits")
        self.head.show_title(_("Prints"), told)
        self.jobs.show_lines(jobs)
        if jobs and (self._decided or self.jobs.chosen is None):
            self._decided = False
            self.jobs.choose(jobs[0].id)
        self.card.show_job(self.jobs.chosen)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here comes for what asks first."""
        super().showEvent(event)
        self._decided = True
        self.refresh()

    def _decide(self, decide: Callable[[str], None]) -> None:
        """A person's answer; then the next that asks is shown."""
        self._decided = True
        decide(self.card.job)

    def _settle(self, came_out: bool, job: str) -> None:
        self._printing.settle(job, came_out)

    def _job_list(self) -> LineList[Job]:
        columns = (
            Column[Job](_("What"), lambda job: job.title),
            Column[Job](_("State"), state_words, state_tone, width=170),
            Column[Job](_("Pages"), pages_words, width=64),
            Column[Job](_("Printer"), lambda job: printer_words(job.printer), width=130),
            Column[Job](_("Age"), self._age, width=84),
        )
        how = _("Labels and papers stand here from the moment they are asked for.")
        empty = EmptyState(_("Nothing was printed yet"), how)
        jobs = LineList(columns, lambda job: job.id, empty)
        return jobs.named("printJobs", _("Print queue"))

    def _age(self, job: Job) -> str:
        return since_words(job.added_at, self._now())

    def _now(self) -> datetime:
        return self._desk.now().at

    def _connect(self) -> None:
        self.jobs.chosen_changed.connect(lambda: self.card.show_job(self.jobs.chosen))
        came_out, again = partial(self._settle, True), partial(self._settle, False)
        for button, decide in (
            (self.card.retry, self._printing.retry),
            (self.card.cancel, self._printing.cancel),
            (self.card.came_out, came_out),
            (self.card.again, again),
        ):
            button.clicked.connect(lambda _on=False, decide=decide: self._decide(decide))
        self.card.labels_again.clicked.connect(
            lambda: self._printing.print_labels(self.card.labels)
        )
        for signal in (self._printing.queued, self._printing.changed):
            signal.connect(lambda _job: self.refresh())
        ageing = QTimer(self)
        ageing.setInterval(MINUTE_MS)
        ageing.timeout.connect(self.refresh)
        ageing.start()


class JobCard(Card):
    """One job: what it says, why it stands still, and what a person can do."""

    def __init__(self) -> None:
        super().__init__(_("Choose a print in the list"))
        self.job = ""
        self.labels: tuple[str, ...] = ()  # on its pages
        self._state = words("", Role.STRONG)
        self._advice = words("")
        self._codes = words("", Role.FIGURE)
        self.came_out = primary_button(_("It came out"), "ok", "Ctrl+Return")
        self.again = secondary_button(_("Print it again"), "print", "Ctrl+R")
        self.retry = secondary_button(_("Try again"), "print", "Ctrl+T")
        self.cancel = secondary_button(_("Cancel this print"), "", "Ctrl+Del")
        self.labels_again = secondary_button(_("Print these labels again"), "print", "Ctrl+Shift+R")
        for name, button in (
            ("cameOut", self.came_out),
            ("printAgain", self.again),
            ("retryPrint", self.retry),
            ("cancelPrint", self.cancel),
            ("labelsAgain", self.labels_again),
        ):
            button.setObjectName(name)
        self._lay_out()
        self.show_job(None)

    def show_job(self, job: Job | None) -> None:
        """Show a job, or that none is chosen."""
        self.job = job.id if job else ""
        self.labels = labels_of_job(job) if job else ()
        self.set_title(job.title if job else _("Choose a print in the list"))
        uncertain = job is not None and job.state is JobState.UNCERTAIN
        codes = uncertain_codes(job) if job and uncertain else ()
        _say(self._state, state_words(job) if job else "")
        _say(self._advice, what_to_do(job) if job else "")
        _say(self._codes, "\n".join(grouped(code) for code in codes))
        self._state.setToolTip(plain(job.detail) if job else "")  # the technician's words, not ours
        for button in (self.came_out, self.again):
            button.setVisible(uncertain)
        self.retry.setVisible(job is not None and not uncertain and needs_person(job))
        self.cancel.setVisible(job is not None and is_open(job) and not job.cancelled)
        self.labels_again.setVisible(job is not None and job.is_over and bool(self.labels))

    def _lay_out(self) -> None:
        for label in (self._state, self._advice):
            label.setWordWrap(True)
        self._codes.setObjectName("uncertainCodes")
        self._advice.setObjectName("printAdvice")
        for widget in (self._state, self._advice, self._codes):
            self.body.addWidget(widget)
        rows = ((self.came_out, self.again), (self.retry, self.cancel), (self.labels_again,))
        for buttons in rows:
            self.body.addLayout(line(*buttons))
        self.body.addStretch(1)


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _order(job: Job) -> tuple[int, float]:
    """What asks a person first, then what waits, then what is over; the newest of each above."""
    asks = state_tone(job) in (Tone.FAIL, Tone.WARN)
    return (0 if asks else 1 if is_open(job) else 2, -job.added_at.timestamp())
