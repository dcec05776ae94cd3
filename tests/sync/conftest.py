"""A running service on each engine, the client to it, and ledgers to send."""

import logging
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest

from station.ledger import ChainId, Entry, Moment
from station.operators import Operator, Role
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import StatedKey
from station.store.store import SqlStore, create_store
from sync.service import CentralService
from tests.postgres_server import PostgresServer
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess, command

NOON = Moment(datetime(2021, 10, 11, 12, 0, tzinfo=timezone(timedelta(hours=7))))
LEAD = Operator("op.lead", Role.LEAD)
KEY = StatedKey("test")
STATION = 12

_chains = count(1)

NewLedger = Callable[[], MemoryLedger]


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The service's tasks log to where a test listens; nobody does afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def unknown_ledger() -> MemoryLedger:
    """The ledger of a chain that no other test wrote to, and no service knows."""
    return MemoryLedger(ChainId(STATION, next(_chains)))


def fresh_ledger(*processes: ServiceProcess) -> MemoryLedger:
    """A ledger of a chain that no other test wrote to, which these services believe.

    The last of them is the one it knows.
    """
    ledger = unknown_ledger()
    for process in processes:
        process.enrol(ledger)
    return ledger


@pytest.fixture
def new_ledger(process: ServiceProcess) -> NewLedger:
    """Begin enrolled ledgers."""
    return lambda: fresh_ledger(process)


@pytest.fixture
def point(new_ledger: NewLedger) -> MemoryLedger:
    """One point's ledger, enrolled."""
    return new_ledger()


@pytest.fixture
def pilot_url(tmp_path: Path) -> str:
    """A SQLite file for a service that a test kills."""
    return sqlite_url(tmp_path / "central.sqlite")


@pytest.fixture(scope="session")
def sqlite_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """A service on a SQLite file, for all tests."""
    folder = tmp_path_factory.mktemp("central")
    process = ServiceProcess(sqlite_url(folder / "central.sqlite"), folder / "log")
    yield process
    process.stop()


@pytest.fixture(scope="session")
def postgres_process(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceProcess]:
    """A service on PostgreSQL, for all tests."""
    with postgres.fresh_database() as url:
        migrated = command("migrate", "--database", url)
        assert migrated.returncode == 0, migrated.stderr
        process = ServiceProcess(url, tmp_path_factory.mktemp("central") / "log")
        yield process
        process.stop()


LONG_ON_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)]
"""Engines of long stories between both ends: the second one waits for the proof."""


@pytest.fixture(params=["sqlite", "postgresql"])
def process(request: pytest.FixtureRequest) -> ServiceProcess:
    """The service on each engine."""
    return process_on(request)


def process_on(request: pytest.FixtureRequest) -> ServiceProcess:
    """The service on the engine that a fixture's parameter names."""
    name = "sqlite_process" if request.param == "sqlite" else "postgres_process"
    found: ServiceProcess = request.getfixturevalue(name)
    return found


@pytest.fixture
def service(process: ServiceProcess) -> Iterator[CentralService]:
    """The service on each engine, as a chain of the point asks it that says nothing itself."""
    with CentralService(process.address, fresh_ledger(process)) as service:
        yield service


@pytest.fixture
def enrolled(store: SqlStore, process: ServiceProcess) -> SqlStore:
    """A point's real store that the service believes."""
    process.enrol(store)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A point's real store."""
    url = sqlite_url(tmp_path / "station.db")
    with create_store(url, KEY, load(), station=STATION, by=LEAD, when=NOON) as store:
        yield store


def whole_copy(service: CentralService, chain: ChainId) -> list[Entry]:
    """Everything the service holds of a chain."""
    entries: list[Entry] = []
    while page := service.entries(chain, after=len(entries)):
        entries += page
    return entries


@pytest.fixture
def silent_address() -> Iterator[str]:
    """Where somebody takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
