"""A point's data moves from its file into the shared store, and is compared before it counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table, func, insert, select

from station import ports
from station.store import tables as t
from station.store import upkeep
from station.store.engine import writing

STEP = 2_000  # rows between two words about how far it is

Tell = Callable[[int, int], None]
"""Hears how many rows are there, and of how many; what it raises ends the move."""


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
            _copy_all(old, new, tell)
            _count_on(new)
            everything = t.metadata.sorted_tables
            if upkeep.fingerprint(old, everything) != upkeep.fingerprint(new, everything):
                raise MovedWrong
        yield


def _copy_all(old: Connection, new: Connection, tell: Tell) -> None:
    tables = t.metadata.sorted_tables
    total = sum(
        old.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
    )
    done = 0
    for table in tables:
        for rows in _steps(old, table):
            new.execute(insert(table), rows)
            done += len(rows)
            tell(done, total)


def _steps(old: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    read = old.execute(select(table).execution_options(yield_per=STEP))
    for rows in read.mappings().partitions():
        yield [dict(row) for row in rows]


def _count_on(new: Connection) -> None:
    """Numbers that the database gives go on behind those that came along."""
    for table in t.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None or (last := new.execute(select(func.max(column))).scalar()) is None:
            continue
        name = func.pg_get_serial_sequence(table.name, column.name)
        new.execute(select(func.setval(name, last)))
