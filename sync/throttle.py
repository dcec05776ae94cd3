"""How fast files may go: a bucket that fills with time, so that the line stays free for people."""

from collections.abc import Callable
from time import monotonic, sleep

RATE = 64 * 1024  # bytes a second, where nobody said otherwise
SMALLEST, LARGEST = 4 * 1024, 2**18  # of a chunk
SHORTEST_S, LOOK_S = 0.001, 0.05  # of one wait; behind each it is asked whether to stop


class Throttle:
    """Lets so many bytes through a second; a pause is not made up for by more than one second's."""

    def __init__(
        self,
        rate: int = RATE,
        clock: Callable[[], float] = monotonic,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self.rate = rate
        self._clock, self._wait = clock, wait
        self._left, self._at = float(rate), clock()

    @property
    def chunk(self) -> int:
        """How much goes at once: half a second's, so that a stop is never far."""
        return min(max(self.rate // 2, SMALLEST), LARGEST)

    def let_through(self, size: int, stop: Callable[[], bool] = lambda: False) -> bool:
        """Wait until so many bytes may go; False where it was stopped meanwhile."""
        self._fill()
        self._left -= size  # may be less than nothing: then the next one waits as long
        while self._left < 0:
            if stop():
                return False
            self._wait(min(max(-self._left / self.rate, SHORTEST_S), LOOK_S))
            self._fill()
        return not stop()

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._left + (now - self._at) * self.rate, float(self.rate))
        self._at = now
