"""Backups beside the work: once a day by themselves, or when somebody asks; one at a time."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from station.ports import Backup, PlaceMissing, PointStore
from ui.background import Background
from ui.backup.ages import made_at
from ui.backup.memory import Remembered, read_remembered, remember

FIRST_LOOK_MS: Final = 10 * 60_000  # the morning's queue first
LOOK_MS: Final = 60 * 60_000
EVERY: Final = timedelta(hours=20)  # a point opens each morning at about the same time


class Stopped(Exception):
    """A person ended it, or the window closes."""

    code = "stopped"


class Backing(QObject):
    """Owns the thread that makes backups. `ended` comes after each try, whatever became of it."""

    began = Signal()
    went_on = Signal(int, int)  # bytes or rows, and of how many
    ended = Signal(object)  # Exception | None

    def __init__(
        self, store: PointStore, data: Path, file: Path, clock: Callable[[], datetime]
    ) -> None:
        """`file` is where this PC remembers its backups."""
        super().__init__()
        self._store, self._data, self._file, self._clock = store, data, file, clock
        self._background = Background("backup")
        self._stop = threading.Event()
        self.runs = False
        self._timer = QTimer(self, singleShot=True, interval=FIRST_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def known(self) -> Remembered:
        """What this PC knows of its backups; a small file is read."""
        return read_remembered(self._file)

    def begin(self) -> None:
        """Make one by itself from now on, when a day is over."""
        self._timer.start()

    def choose(self, folder: Path) -> None:
        """From now on they go there. Raises OSError."""
        remember(self._file, structs.replace(self.known, folder=str(folder), failed=""))

    def make(self) -> None:
        """Make one now; one that is under way goes on."""
        if self.runs:
            return
        self.runs = True
        self._stop.clear()
        self.began.emit()
        self._background.run(self._made, self._succeeded, self._failed, self)

    def stop(self) -> None:
        """End the one that is under way; the ones before stay."""
        self._stop.set()

    def close(self) -> None:
        """End it, and wait for that."""
        self._timer.stop()
        self.stop()
        self._background.close()

    def _look(self) -> None:
        self._timer.start(LOOK_MS)
        self._background.run(self._is_due, self._make_if, lambda _error: None, self)

    def _is_due(self) -> bool:
        known, now = self.known, self._clock()
        if not known.folder or not Path(known.folder).is_dir():
            return False
        if known.last is None:
            return True
        recorded = self._store.standing()
        changed = (recorded.store_id, recorded.seq) != (known.last.store_id, known.last.seq)
        return changed and now - made_at(known.last, now) >= EVERY

    def _make_if(self, due: bool) -> None:
        if due:
            self.make()

    def _made(self) -> Backup:
        folder = self.known.folder
        if not folder:
            raise PlaceMissing
        return self._store.back_up(self._data, Path(folder), self._clock(), self._hear)

    def _hear(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self.went_on.emit(done, total)

    def _succeeded(self, made: Backup) -> None:
        self._note(partial(structs.replace, last=made, failed="", failed_at=None), None)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._note(lambda known: known, error)
            return
        code = getattr(error, "code", type(error).__name__)
        now = self._clock()
        self._note(partial(structs.replace, failed=str(code), failed_at=now), error)

    def _note(self, change: Callable[[Remembered], Remembered], error: Exception | None) -> None:
        def told(failed: Exception | None) -> None:
            self.runs = False
            self.ended.emit(error or failed)

        self._background.run(
            lambda: remember(self._file, change(self.known)), lambda _none: told(None), told, self
        )
