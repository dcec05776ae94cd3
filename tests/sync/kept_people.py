"""What tests of people rows and files share: a service's tables, and stored events."""

import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from station import events, people
from station.ledger import ChainId, Entry
from station.store.engine import sqlite_url
from sync.central import tables as t
from sync.central.database import opened, writing
from sync.central.feeds.people import Row
from sync.sealing import Cipher
from tests.postgres_server import PostgresServer
from tests.sync.memory_ledger import MemoryLedger


@pytest.fixture(scope="module")
def postgres_central(postgres: PostgresServer) -> Iterator[Engine]:
    """A service's tables on PostgreSQL, for the tests of one module."""
    with postgres.fresh_database() as url, opened(url) as engine:
        t.metadata.create_all(engine)
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A service's empty tables on each engine."""
    if request.param == "postgresql":
        engine: Engine = request.getfixturevalue("postgres_central")
        with engine.begin() as connection:
            for table in t.metadata.sorted_tables:
                connection.execute(table.delete())
        yield engine
        return
    with opened(sqlite_url(tmp_path / "central.sqlite")) as engine:
        t.metadata.create_all(engine)
        yield engine


@pytest.fixture
def seal() -> Cipher:
    """The service's key for what it keeps of people."""
    return Cipher(secrets.token_bytes(32))


class Kept:
    """One point at the service: its events are stored, its rows are made as a store makes them."""

    def __init__(self, engine: Engine, station: int, number: int = 1) -> None:
        self.engine, self.station = engine, station
        self.ledger = MemoryLedger(ChainId(station, number))

    def record(self, subject: str, said: events.Said) -> tuple[int, int]:
        """Have the service hold an event; its chain number and seq."""
        entry = self.ledger.record(subject, said)
        with writing(self.engine) as connection:
            connection.execute(insert(t.event), _row(entry))
        return entry.header.chain.number, entry.header.seq


def made(content: people.Content, version: int = 1, id_: bytes | None = None) -> Row:
    """A row as it comes to be at a point."""
    salted = secrets.token_bytes(16) + people.encode(content)
    kind = str(content.__struct_config__.tag)
    return Row(id_ or secrets.token_bytes(16), version, kind, salted)


def ref(row: Row) -> events.Ref:
    """How events name it."""
    return events.Ref(row.id, sha256(row.salted or b"").digest())


def _row(entry: Entry) -> dict[str, object]:
    header = entry.header
    return {
        "station": header.chain.station,
        "chain": header.chain.number,
        "seq": header.seq,
        "subject": header.subject,
        "hash": entry.hash,
        "header": entry.header_bytes,
        "salt": entry.salt,
        "data": entry.data,
        "outcome": events.ACCEPTED,
        "number": header.seq,
        "rule": None,
        "other": b"",
    }
