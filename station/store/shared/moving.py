"""A point's data moves from its file into the shared store, and is compared before it counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, select

from station import ports
from station.store import tables as t
from station.store import upkeep
from station.store.copying import Tell, copy_all
from station.store.engine import writing


class MovedWrong(Exception):
    """What arrived is not what was sent; nothing was changed at the old place."""

    code = "moved_wrong"


@contextmanager
def moved(source: Engine, target: Engine, tell: Tell) -> Iterator[None]:
    """Within, the target holds everything, durably, and nobody writes to the source.

    Raises StoreExists where the target holds a point already, MovedWrong where the two differ.
    """
    upkeep.bring_up_to_date(target)
    with writing(source) as old:
        with writing(target) as new:
            if new.execute(select(t.head)).first() is not None:
                raise ports.StoreExists
            copy_all(old, new, tell)
            _count_on(new)
            everything = t.metadata.sorted_tables
            if upkeep.fingerprint(old, everything) != upkeep.fingerprint(new, everything):
                raise MovedWrong
        yield


def _count_on(new: Connection) -> None:
    """Numbers that the database gives go on behind those that came along."""
    for table in t.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None or (last := new.execute(select(func.max(column))).scalar()) is None:
            continue
        name = func.pg_get_serial_sequence(table.name, column.name)
        new.execute(select(func.setval(name, last)))
