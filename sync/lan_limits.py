"""How often a neighbour may ask: allowances that refill, for a bounded number of neighbours."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from msgspec import Struct

MOST_KNOWN = 256  # neighbours; a LAN of a point has some tens


class Limits(Struct, frozen=True):
    """What a receiver allows. Tests that come from one address allow more."""

    connections: int = 32
    connections_of_one: int = 8
    bodies: int = 4  # reports read at the same time
    bodies_of_one: int = 2  # a slow neighbour leaves the others their half
    head_s: float = 5.0
    body_s: float = 60.0
    asks: int = 60  # at once; a laptop asks 40 times a minute
    asks_per_s: float = 2.0
    reports: int = 10  # different ones that one neighbour offers
    reports_per_s: float = 1 / 60
    reports_of_all: int = 60  # each costs the station a tenth of a second
    reports_of_all_per_s: float = 0.5
    wrong_proofs: int = 5
    wrong_proofs_per_s: float = 1 / 120
    waiting: int = 32
    waiting_of_one: int = 4


class Allowance:
    """So many at once, refilled over time, for each neighbour by its address."""

    def __init__(self, most: int, per_s: float, clock: Callable[[], float]) -> None:
        self._most, self._per_s, self._clock = most, per_s, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, who: str) -> bool:
        """Whether one more is allowed; asking takes nothing."""
        return self._now(who) >= 1

    def take(self, who: str) -> bool:
        """Take one; False where none is left."""
        left = self._now(who)
        if left < 1:
            return False
        self._left[who] = (left - 1, self._clock())
        self._left.move_to_end(who)
        while len(self._left) > MOST_KNOWN:
            self._left.popitem(last=False)
        return True

    def _now(self, who: str) -> float:
        left, at = self._left.get(who, (float(self._most), self._clock()))
        return min(float(self._most), left + (self._clock() - at) * self._per_s)


class Turns:
    """So many at the same time, in all and of each neighbour; who comes after them waits."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._all, self._most_of_one = asyncio.Semaphore(most), most_of_one
        # each as long as somebody of that address is in or waits
        self._own: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, who: str) -> AsyncIterator[None]:
        """Wait for this neighbour's own turn first: waiting for it takes no turn of all."""
        own = self._own.setdefault(who, asyncio.Semaphore(self._most_of_one))
        async with own, self._all:
            yield
