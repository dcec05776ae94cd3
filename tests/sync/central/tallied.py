"""A tally as the service keeps it, filled from counts."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert

from station.counting import Count
from sync.central import tables as t

FIELDS = ("station", "day", "measure", "kind", "donor_kind", "unit", "school", "level")


def tally(connection: Connection, counts: Iterable[Count]) -> None:
    """Nothing else stands in it afterwards."""
    sums: Counter[tuple[object, ...]] = Counter()
    for count in counts:
        sums[tuple(getattr(count, field) for field in FIELDS)] += count.devices
    connection.execute(delete(t.tally))
    rows = [
        dict(zip(FIELDS, sort, strict=True)) | {"devices": devices}
        for sort, devices in sums.items()
    ]
    if rows:
        connection.execute(insert(t.tally), rows)
