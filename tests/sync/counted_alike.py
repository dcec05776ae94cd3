"""What a point counts of itself, beside what the service counts of it."""

from collections import Counter
from collections.abc import Iterable

from msgspec import structs
from sqlalchemy import Engine, select

from station.counting import Count, Measure
from station.point_counts import count_all
from sync.central import tables as t
from sync.central.database import opened
from tests.sync.central.counted import read_all
from tests.sync.points import Point


def own_counts(point: Point) -> Counter[Count]:
    """What a point counts of itself, from its own store alone."""
    return _sums(one for one in count_all(point.store) if one.station == point.station)


def counts_at_service(engine: Engine, station: int) -> Counter[Count]:
    """What the service counts of a point."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.tally).where(t.tally.c.station == station)).mappings()
        return _sums(Count(**row) for row in rows)


def _sums(counts: Iterable[Count]) -> Counter[Count]:
    sums: Counter[Count] = Counter()
    for count in counts:
        sums[structs.replace(count, devices=0)] += count.devices
    return Counter({cell: devices for cell, devices in sums.items() if devices})


def read_all_beside(engine: Engine) -> None:
    """Read on until nothing is new, beside a service that does the same: under its own locks."""
    with opened(engine.url.render_as_string(hide_password=False)) as ours:
        read_all(ours)


def assert_counted_alike(engine: Engine, points: Iterable[Point]) -> None:
    """The service counts of each point what that point counts of itself.

    Where the pupil of a device that comes back lives, its own point need not know.
    """
    read_all_beside(engine)
    for point in points:
        ours, theirs = own_counts(point), counts_at_service(engine, point.station)
        assert _without_pupils(ours) == _without_pupils(theirs), point.station


def _without_pupils(counts: Counter[Count]) -> Counter[Count]:
    sums: Counter[Count] = Counter()
    for cell, devices in counts.items():
        back = cell.measure == Measure.RETURNED  # of the tally it is plain text
        nobodys = {"unit": "", "school": "", "level": ""} if back else {}
        sums[structs.replace(cell, **nobodys)] += devices
    return sums
