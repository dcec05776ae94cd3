"""A real desk for the tests of pages: a store in a file and a thread of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from station.operators import Operator
from station.people import OperatorName
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN, new_store
from ui.background import Background
from ui.desk import Desk

NAMES = {LEAD: "Trần Thị Mai", CLERK: "Lê Thị Lan", TECHNICIAN: "Nguyễn Minh", GIVER: "Phạm Hòa"}


@contextmanager
def point_store(folder: Path) -> Iterator[SqlStore]:
    """A point's store whose operators have names."""
    with new_store(sqlite_url(folder / "station.db")) as store:
        for operator, name in NAMES.items():
            store.add_operator(OperatorName(operator.id, name, operator.role))
        yield store


@contextmanager
def desk_at(store: SqlStore, operator: Operator, at: datetime = NOON.at) -> Iterator[Desk]:
    """A desk at which this operator sits."""
    with desk_with(store, operator, lambda: at) as desk:
        yield desk


@contextmanager
def desk_with(store: SqlStore, operator: Operator, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """A desk at which this operator sits before this clock."""
    background = Background("store")
    yield Desk(store, operator, background, clock)
    background.close()
