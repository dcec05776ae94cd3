"""What happens when, in order: lives that say when they go on, told by one clock."""

import heapq
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.refusals import Refusal

Act = Callable[[PointStore, Operator, Moment], Any]
Turn = tuple[datetime, Operator, Act]
Life = Generator[Turn, Any, None]
"""Yields when it goes on, who acts and what is done; gets what came of it."""

OPENS, CLOSES, SUNDAY = 7.5, 16.8, 6


class Calendar:
    """Lets many lives go on in the order of their hours, up to now."""

    def __init__(self, store: PointStore, now: datetime, rng: Random) -> None:
        self.store, self.now, self.rng = store, now, rng
        self._turns: list[tuple[datetime, int, Operator, Act, Life]] = []
        self._order = count()

    def begin(self, life: Life) -> None:
        """Let a life begin with its first turn."""
        self._go_on(life, None)

    def run(self) -> None:
        """Everything that happened until now; what lies ahead is not told."""
        while self._turns:
            at, _, by, act, life = heapq.heappop(self._turns)
            if at > self.now:
                break
            try:
                outcome = act(self.store, by, Moment(at))
            except Refusal:  # another life was there first: this one ends here
                life.close()
                continue
            self._go_on(life, outcome)

    def later(self, at: datetime, days: float) -> datetime:
        """About so many days on, while the point is open."""
        then = at + timedelta(days=days * self.rng.uniform(0.6, 1.4))
        hour = then.hour + then.minute / 60
        if hour > CLOSES:
            then = then.replace(hour=8, minute=0) + timedelta(days=1)
        elif hour < OPENS:
            then = then.replace(hour=8, minute=0)
        if then.weekday() == SUNDAY:
            then += timedelta(days=1)
        return then + timedelta(minutes=self.rng.randrange(50), seconds=self.rng.randrange(60))

    def soon(self, at: datetime, minutes: int = 12) -> datetime:
        """A little later, at the same desk."""
        return at + timedelta(seconds=self.rng.randrange(60, 60 * minutes))

    def _go_on(self, life: Life, outcome: Any) -> None:
        try:
            at, by, act = life.send(outcome)
        except StopIteration:
            return
        heapq.heappush(self._turns, (at, next(self._order), by, act, life))
