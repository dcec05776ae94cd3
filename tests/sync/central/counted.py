"""What was counted at the service, as rows, and a service that has read everything."""

from typing import Any

import msgspec
from sqlalchemy import Engine, select

from station.journey import Journey
from sync.central import tables as t
from sync.central.database import reading
from sync.central.feeds.words import Words
from sync.central.numbers import projector

COUNTED = (t.journey, t.counted_case, t.tally, t.counted_chain, t.to_count)


def read_all(engine: Engine) -> None:
    """Read on until nothing is new."""
    words = Words(engine)
    while projector.read_on(engine, words):
        pass


def counted_rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that counting keeps, in one order."""
    with reading(engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in COUNTED
        }


def journey_of(engine: Engine, device: str) -> Journey | None:
    """The journey as it is kept."""
    wanted = select(t.journey.c.state).where(t.journey.c.code == device)
    with reading(engine) as connection:
        state = connection.execute(wanted).scalar()
    return None if state is None else msgspec.msgpack.decode(state, type=Journey)


def tallied(engine: Engine, **of: Any) -> dict[str, int]:
    """Sums by measure of the cells in which these columns say this."""
    its = (t.tally.c[name] == value for name, value in of.items())
    sums: dict[str, int] = {}
    with reading(engine) as connection:
        for row in connection.execute(select(t.tally).where(*its)):
            sums[row.measure] = sums.get(row.measure, 0) + row.devices
    return {measure: devices for measure, devices in sums.items() if devices}
