"""What the screens ask of a store with 100,000 devices and 1,000,000 events."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from station.ledger import Moment
from station.ports import DeviceFilter
from tests.bench.big_store import LEAD, SEARCHES, code_of, opened
from tests.figures import Figure
from ui.device.opened import ask_device
from ui.today.glance import look
from ui.today.levels import needs_of_the_day


def figures(file: Path, devices: int, command: str) -> Iterator[Figure]:
    """p99 of each question in milliseconds, or the worst where there are few."""
    chance = Random(7)  # noqa: S311 -- which devices are looked at is no secret
    with opened(file) as store:

        def page() -> None:
            ask_device(code_of(chance.randint(1, devices)), store)

        yield Figure("all that the device page asks, p99", _p99(page, 2_000), "ms", 50.0, command)
        first = _p99(lambda: store.devices(DeviceFilter()), 200)
        yield Figure("first rows of the table, p99", first, "ms", 100.0, command)
        typed = max(_p99(_search(store.devices, text), 30) for text in SEARCHES)
        yield Figure("query of a search alone, worst", typed, "ms", None, command)
        found = _p99(lambda: store.find_people("nguyen thi hoa"), 1)
        yield Figure("first search among people rows", found, "ms", None, command)
        again = _p99(lambda: store.find_people("nguyen thi hoa 12"), 100)
        yield Figure("further search among people rows, p99", again, "ms", 100.0, command)
        yield Figure("stages at a glance, p99", _p99(store.stage_counts, 50), "ms", None, command)
        when = Moment(datetime.now().astimezone())
        today = partial(look, LEAD.id, needs_of_the_day, store, when)
        yield Figure("everything that today asks, p99", _p99(today, 50), "ms", 50.0, command)


def _search(ask: Callable[[DeviceFilter], object], text: str) -> Callable[[], object]:
    return lambda: ask(DeviceFilter(text=text))


def _p99(ask: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1_000)
    return sorted(took)[int((rounds - 1) * 0.99)]
