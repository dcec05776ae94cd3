"""All rows of one store go into another, table by table, whatever engines hold the two."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Table, func, insert, select

from station.store import tables as t

STEP = 2_000  # rows between two words about how far it is

Tell = Callable[[int, int], None]
"""Hears how much is there, and of how much; what it raises ends the work."""


def copy_all(old: Connection, new: Connection, tell: Tell) -> None:
    """Copy every table; the new store's are there and empty."""
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
