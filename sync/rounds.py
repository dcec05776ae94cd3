"""When to sync: by itself now and then, soon after something was recorded, at once when asked.

One thread goes all rounds, so there are never two at once. It knows no window; what it tells, it
tells on its own thread.
"""

import logging
import random
from collections.abc import Callable, Hashable
from threading import Condition, Thread
from time import monotonic, time

from sync.course import Round
from sync.lan_networks import lan_addresses
from sync.problems import ServiceUnavailable

log = logging.getLogger("sync")

EVERY_S = 10 * 60.0
SOON_S = 20.0  # after the first of some acts, so that they travel together
FIRST_AGAIN_S = 30.0  # after a round that a line or a service ended
LOOK_S = 5.0  # how often it is looked whether the clock or the network jumped
JUMP_S = 3.0


class Rounds:
    """Goes rounds on a thread of its own until it is closed.

    `go` is `Course.round`, `stop` is `Course.stop`; `began` and `ended` hear of each round.
    """

    def __init__(
        self,
        go: Callable[[Callable[[], bool]], Round],
        *,
        stop: Callable[[], None] = lambda: None,
        began: Callable[[], None] = lambda: None,
        ended: Callable[[Round], None] = lambda _round: None,
        network: Callable[[], Hashable] = lan_addresses,
        every_s: float = EVERY_S,
        soon_s: float = SOON_S,
        look_s: float = LOOK_S,
    ) -> None:
        self._go, self._stop, self._began, self._ended = go, stop, began, ended
        self._network, self._look_s = network, look_s
        self._due = _Due(every_s, soon_s)
        self._changed = Condition()
        self._closed = False
        self._thread = Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin with a round now."""
        self._thread.start()

    def now(self) -> None:
        """Go a round at once; one that is on its way is followed by another."""
        with self._changed:
            self._due.at_once()
            self._changed.notify()

    def recorded(self) -> None:
        """Something new waits to be sent: go before long."""
        with self._changed:
            self._due.soon()
            self._changed.notify()

    def close(self, patience_s: float = 10.0) -> bool:
        """End the round that is on its way and the thread; False when it does not end in time."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._stop()
        if self._thread.is_alive():
            self._thread.join(patience_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        surroundings = _Surroundings(self._network)
        while self._wait(surroundings):
            self._began()
            done = self._gone()
            with self._changed:
                self._due.after(done)
            surroundings.look()  # what jumped during the round has had its round
            self._ended(done)

    def _gone(self) -> Round:
        """The border of this thread: a mistake of ours ends a round, never all further ones."""
        try:
            return self._go(self._due.is_now)
        except Exception as error:
            log.exception("a round of sync ended by a mistake of ours")
            return Round(problem=error)

    def _wait(self, surroundings: "_Surroundings") -> bool:
        """Until a round is due; False when closed."""
        with self._changed:
            while not self._closed:
                if surroundings.look():
                    self._due.at_once()
                if (left := self._due.left()) <= 0:
                    self._due.taken()
                    return True
                self._changed.wait(min(left, self._look_s))
        return False


class _Due:
    """When the next round is due, by the monotonic clock: nobody's calendar matters."""

    def __init__(self, every_s: float, soon_s: float) -> None:
        self._every_s, self._soon_s = every_s, soon_s
        self._at = monotonic()
        self._not_before = 0.0  # while a line or service that failed is left alone
        self._failures = 0

    def left(self) -> float:
        """Seconds until then."""
        return self._at - monotonic()

    def is_now(self) -> bool:
        """Whether a round is due."""
        return self.left() <= 0

    def taken(self) -> None:
        """It begins now; what is asked for meanwhile is another one."""
        self._at = float("inf")

    def at_once(self) -> None:
        """A person asked, or the world changed: whatever failed before may go through now."""
        self._at, self._not_before = monotonic(), 0.0

    def soon(self) -> None:
        """Before long, but not while the service is left alone."""
        self._at = min(self._at, max(monotonic() + self._soon_s, self._not_before))

    def after(self, done: Round) -> None:
        """What a round came to says when the next one is worth it."""
        self._failures = self._failures + 1 if done.may_pass else 0
        rest = self._every_s
        if done.may_pass:
            rest = min(self._every_s, FIRST_AGAIN_S * 2 ** min(self._failures - 1, 16))
        rest *= random.uniform(0.5, 1.0)  # noqa: S311 -- so that points do not come all at once
        rest = max(rest, _asked_to_wait(done))
        if done.may_pass:
            self._not_before = monotonic() + rest
        self._at = min(self._at, monotonic() + rest)


def _asked_to_wait(done: Round) -> float:
    problem = done.problem
    return (problem.after_s or 0.0) if isinstance(problem, ServiceUnavailable) else 0.0


class _Surroundings:
    """Notices that the PC slept, that somebody set its clock, or that it is in another network."""

    def __init__(self, network: Callable[[], Hashable]) -> None:
        self._ask = network
        self._apart, self._network = time() - monotonic(), network()

    def look(self) -> bool:
        """Whether something jumped since the last look."""
        # some systems let the monotonic clock stand while they sleep, and none sets it
        apart, network = time() - monotonic(), self._ask()
        jumped = abs(apart - self._apart) > JUMP_S or network != self._network
        self._apart, self._network = apart, network
        return jumped
