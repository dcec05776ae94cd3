"""Forty days of three invented points, at a real service: devices, donors, pupils, schools, papers.

Everything a point meets is told through the real use cases, then sent as points send it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from diagnostics.shelf import Shelf
from station.reference import load
from station.store.engine import forgo_durability
from station.store.store import SqlStore
from tests.sync.points import Point
from tests.sync.programme import Programme
from ui.demo.story import Told, live

STATIONS = (11, 12, 21)
LAST_DAY = datetime(2026, 11, 20, 16, 0, tzinfo=timezone(timedelta(hours=7)))
DAYS = 40


@contextmanager
def demonstration_month(
    database: str, folder: Path, *, until: datetime = LAST_DAY, days: int = DAYS
) -> Iterator[tuple[Programme, dict[int, Point]]]:
    """The programme and its points, everything said and heard."""

    def lived(station: int) -> Callable[[SqlStore], None]:
        def fill(store: SqlStore) -> None:
            forgo_durability(store.engine)  # nobody cuts the power of a story
            told = Told(devices=80, days=days, lots=2, cases_a_week=14, kept_back=3, seed=station)
            live(store, Shelf(folder / f"reports-{station}"), until, load(), told)

        return fill

    programme = Programme(database, folder, {station: lived(station) for station in STATIONS})
    try:
        with programme.begun() as points:
            for _ in range(2):  # what one says of another's comes with the second round
                for point in points.values():
                    point.whole_round()
            yield programme, points
    finally:
        programme.close()
