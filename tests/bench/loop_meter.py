"""How long a window keeps its event loop from the next key: blocks, as a clock in it sees them.

A precise timer ticks in the loop; what a tick comes too late is one block. Qt's own signals around
its waiting would not do: the GLib loop of a Linux desktop works off events between the two.
"""

import time
from statistics import quantiles

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 2
SHORTEST_MS = 1.0  # a tick that is less late waited for nobody


class Blocks(Struct, frozen=True):
    """Milliseconds; the loop's rests are in none of them."""

    count: int
    median: float
    p99: float
    longest: float
    busy_p99: float  # of what this thread itself worked: others on the machine are not in it
    busy_longest: float


class LoopMeter(QObject):
    """Ticks from `start` to `stop`, on the thread whose loop it measures."""

    def __init__(self) -> None:
        super().__init__()
        self._took: list[float] = []
        self._busy: list[float] = []
        self._last = self._worked = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Count from now on."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start(TICK_MS)

    def stop(self) -> Blocks:
        """Count no more; what was counted."""
        self._timer.stop()
        _middle, busy_p99, busy_longest = _spread(self._busy)
        return Blocks(len(self._took), *_spread(self._took), busy_p99, busy_longest)

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        late = (now - self._last) * 1_000 - TICK_MS
        if late > SHORTEST_MS:
            self._took.append(late)
            self._busy.append((worked - self._worked) * 1_000)
        self._last, self._worked = now, worked


def _spread(took: list[float]) -> tuple[float, float, float]:
    """The middle, the 99th of hundred and the longest."""
    if len(took) < 2:  # nothing to tell apart
        return (max(took, default=0.0),) * 3
    cut = quantiles(took, n=100, method="inclusive")
    return cut[49], cut[98], max(took)
