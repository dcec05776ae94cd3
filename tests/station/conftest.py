"""A real store for the domain's tests: on SQLite, and on PostgreSQL where the engine matters."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from station.ledger import Moment
from station.operators import Operator, Role
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import StatedKey
from station.store.store import SqlStore, create_store

HANOI = timezone(timedelta(hours=7))
NOON = Moment(datetime(2021, 10, 11, 12, 0, tzinfo=HANOI))
LEAD = Operator("op.lead", Role.LEAD)
CLERK = Operator("op.lan", Role.INTAKE)
TECHNICIAN = Operator("op.minh", Role.BENCH)
GIVER = Operator("op.hoa", Role.HANDOVER)
KEY = StatedKey("test")
STATION = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each engine."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "station.db")
    url: str = request.getfixturevalue("postgres_database")
    return url


def new_store(url: str) -> SqlStore:
    """A point's store with its first chain begun."""
    return create_store(url, KEY, load(), station=STATION, by=LEAD, when=NOON)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A point's store in a file."""
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        yield store


@pytest.fixture
def either_store(database: str) -> Iterator[SqlStore]:
    """A point's store on each engine."""
    with new_store(database) as store:
        yield store
