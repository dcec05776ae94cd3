"""What the runner's window asks others to do, and the diagnosis on a thread of its own."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from diagnostics.profile import Profile
from diagnostics.progress import Listener, Progress
from diagnostics.report import Report
from diagnostics.trial import Trial
from ui.background import Background


class Diagnosis(Protocol):
    """A report, the bytes that are the report, and where they lie."""

    @property
    def report(self) -> Report:
        """What was found."""
        ...

    @property
    def data(self) -> bytes:
        """The bytes first written."""
        ...

    @property
    def folder(self) -> Path | None:
        """Where they are kept; None: nowhere."""
        ...


class Diagnose(Protocol):
    """Examines the machine it runs on."""

    def __call__(
        self,
        profile: Profile,
        *,
        folder: Path | None,
        listener: Listener | None,
        stop: threading.Event | None,
    ) -> Diagnosis:
        """Whole runs only: what was stopped is a report too."""
        ...


FindCrash = Callable[[], tuple[Trial, ...]]
"""The tests that an earlier start began and never ended."""


class Examination(QObject):
    """One diagnosis at a time, off the window's thread; pictures of its progress come here."""

    progressed = Signal(object)  # Progress
    done = Signal(object)  # Diagnosis
    failed = Signal(object)  # Exception

    def __init__(self, diagnose: Diagnose, folder: Path) -> None:
        super().__init__()
        self._diagnose, self._folder = diagnose, folder
        self._stop = threading.Event()
        self._thread = Background("diagnosis")
        self.running = False

    def start(self, profile: Profile) -> None:
        """Begin, unless one runs already."""
        if self.running:
            return
        self.running = True
        self._stop = stop = threading.Event()
        diagnose, folder, tell = self._diagnose, self._folder, self._tell
        self._thread.run(
            lambda: diagnose(profile, folder=folder, listener=tell, stop=stop),
            self._end,
            self._fail,
            self,
        )

    def stop(self) -> None:
        """Ask it to end soon; its report tells what was not done."""
        self._stop.set()

    def close(self, meanwhile: Callable[[], None]) -> None:
        """End what runs and wait for it."""
        self.stop()
        self._thread.close(meanwhile)

    def _tell(self, progress: Progress) -> None:
        """On the diagnosis' own thread: the signal crosses to the window's."""
        self.progressed.emit(progress)

    def _end(self, diagnosis: Diagnosis) -> None:
        self.running = False
        self.done.emit(diagnosis)

    def _fail(self, error: Exception) -> None:
        self.running = False
        self.failed.emit(error)
