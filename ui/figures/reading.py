"""Counts every device the point knows, some at a time, so that nobody's scan waits behind it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from station.counting import Count
from station.point_counts import AT_ONCE, CountedSome, count_next, summed
from station.ports import DeviceFilter, PointStore
from station.words import _
from ui.desk import Desk
from ui.progress_line import ProgressLine


class CountReader(QObject):
    """One reading at a time; the newest wish wins."""

    read = Signal(tuple)  # of counts
    refused = Signal(Exception)
    stopped = Signal()

    def __init__(self, desk: Desk, progress: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._progress = desk, progress
        self._counts: tuple[Count, ...] = ()
        self._devices = self._turn = 0
        self._newest: int | None = None  # what the store held when it was read
        progress.cancelled.connect(self._stop)

    def look(self) -> None:
        """Read again, if the store holds more than when it was read."""
        self._desk.ask(_beginning, self._begin, self._fail, owner=self)

    def _begin(self, found: tuple[int, int]) -> None:
        newest, devices = found
        if newest == self._newest:
            return
        self._turn += 1
        self._counts, self._devices, self._newest = (), 0, newest
        self._progress.begin(_("Counting the devices"), devices)
        self._ask("")

    def _ask(self, after: str) -> None:
        question = partial(_some, after)
        self._desk.ask(question, partial(self._take, self._turn), self._fail, owner=self)

    def _take(self, turn: int, some: CountedSome) -> None:
        if turn != self._turn:
            return  # it was stopped, or began anew
        self._counts = summed((*self._counts, *some.counts))
        self._devices += some.devices
        self._progress.advance(self._devices)
        if some.last:
            self._ask(some.last)
        else:
            self._progress.end()
            self.read.emit(self._counts)

    def _stop(self) -> None:
        self._turn += 1
        self._newest = None
        self.stopped.emit()

    def _fail(self, error: Exception) -> None:
        self._turn += 1
        self._newest = None
        self._progress.end()
        self.refused.emit(error)


def _beginning(store: PointStore) -> tuple[int, int]:
    return store.newest(), store.count_devices(DeviceFilter())


def _some(after: str, store: PointStore) -> CountedSome:
    return count_next(after, store, AT_ONCE)
