"""One worker thread: slow work runs on it in order, answers come back on the window's thread."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

logger = logging.getLogger(__name__)

T = TypeVar("T")

STEP_S = 0.05


class BackgroundClosed(Exception):
    """The app is closing and takes no more work."""


@dataclass(frozen=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    owner: QObject | None


@dataclass(frozen=True)
class _Failure:
    error: Exception


class Background(QObject):
    """Runs callables one after the other; make and use it on the window's thread.

    Jobs stay in a dictionary of this thread and the worker knows only their numbers: else the
    worker could drop the last reference to a widget, and Qt widgets must not die on its thread.
    """

    _answered = Signal(int, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._jobs: dict[int, _Job] = {}
        self._numbers = itertools.count()
        self._waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # a daemon: a run that ends by a mistake must not live on unseen and hold the store
        self._thread = threading.Thread(target=self._work_off, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject | None = None,
    ) -> None:
        """Run `work` on the thread, then answer here; nothing is told to an owner that is gone."""
        number = next(self._numbers)
        self._jobs[number] = _Job(work, done, failed, owner or _object_of(done))
        if self._closed:
            self._answered.emit(number, _Failure(BackgroundClosed()))
        else:
            self._waiting.put(number)

    def close(
        self, meanwhile: Callable[[], None] | None = None, *, patience_s: float | None = None
    ) -> None:
        """Take no more work and wait until what was taken is done; `meanwhile` is called often.

        With patience, what hangs longer is left behind: nothing that must be kept may run here.
        """
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        while meanwhile is not None and self._thread.is_alive():
            self._thread.join(STEP_S)
            meanwhile()
        self._thread.join(patience_s)

    def _work_off(self) -> None:
        while (number := self._waiting.get()) is not None:
            self._answered.emit(number, _outcome(self._jobs[number].work))

    @Slot(int, object)
    def _deliver(self, number: int, outcome: object) -> None:
        job = self._jobs.pop(number)
        if job.owner is not None and not isValid(job.owner):
            return
        if isinstance(outcome, _Failure):
            job.failed(outcome.error)
        else:
            job.done(outcome)


def _outcome(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:  # the border between threads: every failure is told, none is lost
        name = getattr(error, "code", None)  # what it is about may be a person's name
        if name is None:
            logger.info("work in the background failed", exc_info=error)
        else:
            logger.info("refused in the background: %s", name)
        return _Failure(error)


def _object_of(answer: Callable[..., None]) -> QObject | None:
    owner = getattr(answer, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def need_no_answer(_outcome: object) -> None:
    """For work that nobody waits for; the log names a failure."""
