"""Finished pages are noted in the ledger, each once, whenever the queue tells of one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from labels.queue.job import Job, PageState
from labels.queue.print_queue import PrintQueue
from ui.desk import Desk
from ui.prints.label_notes import noting


class PrintNotes(QObject):
    """Notes on the store's thread; what the store refuses is tried again at the next start."""

    refused = Signal(object)

    def __init__(self, desk: Desk, queue: PrintQueue, slip: Path) -> None:
        super().__init__()
        self._desk, self._queue, self._slip = desk, queue, slip
        self._under_way: set[tuple[str, int]] = set()

    @property
    def busy(self) -> bool:
        """Whether a page is being noted now."""
        return bool(self._under_way)

    def look(self, job: Job) -> None:
        """Note the pages of a job that are done."""
        for number, page in enumerate(job.pages):
            place = (job.id, number)
            if (
                page.state is PageState.DONE
                and page.codes
                and not page.noted
                and place not in self._under_way
            ):
                self._under_way.add(place)
                self._note(job, number, place)

    def _note(self, job: Job, page: int, place: tuple[str, int]) -> None:
        act = noting(self._queue, job, page, self._slip)
        done = partial(self._noted, place)
        self._desk.note(act, done, partial(self._refuse, place), owner=self)

    def _noted(self, place: tuple[str, int], _recorded: bool) -> None:
        self._under_way.discard(place)

    def _refuse(self, place: tuple[str, int], error: Exception) -> None:
        self._under_way.discard(place)
        self.refused.emit(error)
