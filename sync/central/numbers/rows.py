"""The rows of what events add up to: journeys, the cases behind counts, and the tally."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from station.counting import Count
from sync.central import tables as t
from sync.central.numbers.telling import Told

_encoder = msgspec.msgpack.Encoder()
_counts = msgspec.msgpack.Decoder(tuple[Count, ...])

CELL = [column.name for column in t.tally.primary_key.columns]


def replace(connection: Connection, told: Sequence[Told]) -> None:
    """These devices are as told from now on, and the tally with them."""
    codes = [one.code for one in told]
    sums: Counter[Count] = Counter()
    for counts in _counted_before(connection, codes):
        sums.subtract(_cells(counts))
    for one in told:
        sums.update(_cells(one.counts))
    _replace_journeys(connection, told)
    _replace_cases(connection, told)
    _add(connection, sums)


def forget_all(connection: Connection) -> None:
    """Nothing was counted yet."""
    for table in (t.journey, t.counted_case, t.tally, t.to_count):
        connection.execute(delete(table))


def _counted_before(connection: Connection, codes: Collection[str]) -> list[tuple[Count, ...]]:
    wanted = select(t.journey.c.counts).where(t.journey.c.code.in_(codes))
    return [_counts.decode(row.counts) for row in connection.execute(wanted)]


def _cells(counts: Iterable[Count]) -> dict[Count, int]:
    return {structs.replace(count, devices=0): count.devices for count in counts}


def _replace_journeys(connection: Connection, told: Sequence[Told]) -> None:
    gone = [one.code for one in told if one.journey is None]
    if gone:
        connection.execute(delete(t.journey).where(t.journey.c.code.in_(gone)))
    rows = [
        {
            "code": one.code,
            "state": _encoder.encode(one.journey),
            "counts": _encoder.encode(one.counts),
            "offer": one.offer,
            "donor": one.donor,
            "donor_of": one.donor_of,
        }
        for one in told
        if one.journey is not None
    ]
    if rows:
        made = _insert(connection, t.journey)
        changed = {name: made.excluded[name] for name in rows[0] if name != "code"}
        connection.execute(made.on_conflict_do_update(index_elements=["code"], set_=changed), rows)


def _replace_cases(connection: Connection, told: Sequence[Told]) -> None:
    table = t.counted_case
    devices = [one.code for one in told]
    wanted = select(table.c.code, table.c.device).where(table.c.device.in_(devices))
    held = {(case, device) for case, device in connection.execute(wanted)}
    now = {(case, one.code) for one in told if one.journey is not None for case in one.cases}
    if left := held - now:
        its = (table.c.code == bindparam("_code"), table.c.device == bindparam("_device"))
        connection.execute(
            delete(table).where(*its), [{"_code": c, "_device": d} for c, d in sorted(left)]
        )
    if come := now - held:
        connection.execute(
            _insert(connection, table), [{"code": c, "device": d} for c, d in sorted(come)]
        )


def _add(connection: Connection, sums: Counter[Count]) -> None:
    """Add to the cells of the tally; one that comes to nothing is no row."""
    rows = [_row(cell, devices) for cell, devices in sums.items() if devices]
    if not rows:
        return
    made = _insert(connection, t.tally)
    sum_ = t.tally.c.devices + made.excluded.devices
    connection.execute(
        made.on_conflict_do_update(index_elements=CELL, set_={"devices": sum_}), rows
    )
    its = [t.tally.c[name] == bindparam(f"_{name}") for name in CELL]
    empty = delete(t.tally).where(*its, t.tally.c.devices == 0)
    connection.execute(empty, [{f"_{name}": row[name] for name in CELL} for row in rows])


def _row(cell: Count, devices: int) -> dict[str, Any]:
    return structs.asdict(cell) | {"devices": devices}


def _insert(connection: Connection, table: Any) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
