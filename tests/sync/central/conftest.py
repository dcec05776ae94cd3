"""The service's database on each engine, and points whose chains it believes."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text

from station import documents, events
from station.documents import CASE, AllottedCase
from station.ledger import ChainId, Entry
from sync.central import schema
from sync.central import tables as t
from sync.central.database import opened, reading, writing
from sync.central.feeds import documents as publishing
from sync.central.feeds import feed
from sync.central.keeping import keeper
from sync.wire import Answered, DocumentRequest, PullPage, PushAnswer
from tests.postgres_server import PostgresServer
from tests.sync.memory_ledger import MemoryLedger

LAPTOP, DESKTOP, MONITOR = "0120000010", "0120000029", "0120000038"
CASE_A, CASE_B = "H0120000019", "H0120000028"
HERE, THERE, ELSEWHERE = 12, 13, 14

_numbers = count(1)


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the service's tables."""
    file = tmp_path_factory.mktemp("made") / "central.sqlite"
    with opened(f"sqlite:///{file}") as engine:
        schema.migrate(engine)
    return file


@pytest.fixture(scope="session")
def made_database(postgres: PostgresServer) -> Iterator[Engine]:
    """A PostgreSQL database with the service's tables."""
    with postgres.fresh_database() as url, opened(url) as engine:
        schema.migrate(engine)
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty ledger on each engine."""
    name = "sqlite_engine" if request.param == "sqlite" else "postgres_engine"
    found: Engine = request.getfixturevalue(name)
    return found


@pytest.fixture
def sqlite_engine(made_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty ledger in a file."""
    file = shutil.copy(made_file, tmp_path / "central.sqlite")
    with opened(f"sqlite:///{file}") as engine:
        yield engine


@pytest.fixture
def postgres_engine(made_database: Engine) -> Engine:
    """An empty ledger that several may write at the same time."""
    names = ", ".join(table.name for table in t.metadata.sorted_tables)
    with writing(made_database) as connection:
        connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(insert(t.verdict_count), [{"id": t.COUNTED, "number": 0}])
    return made_database


class Point:
    """A point's chain that the service believes, pushed by hand."""

    def __init__(self, engine: Engine, station: int = HERE, *, enrolled: bool = True) -> None:
        self.engine = engine
        self.ledger = MemoryLedger(ChainId(station, next(_numbers)))
        if enrolled:
            self.enrol()

    def enrol(self) -> None:
        """Let the service know the chain's key."""
        chain = self.ledger.chain
        row = {"station": chain.station, "chain": chain.number, "seq": 0, "hash": bytes(32)}
        with writing(self.engine) as connection:
            key = {"key": self.ledger.key.public, "delegated": False}
            connection.execute(insert(t.chain), row | key)

    def record(self, subject: str, *said: events.Said) -> Entry:
        """Write events; the last of them."""
        return [self.ledger.record(subject, one) for one in said][-1]

    def push(self) -> tuple[Answered, ...]:
        """Send what has no answer."""
        waiting = self.ledger.unanswered(1_000)
        answer = keeper.keep(self.engine, self.ledger.request(waiting))
        self.ledger.note_verdicts([answered.verdict for answered in answer.verdicts])
        return answer.verdicts

    def tell(self, subject: str, *said: events.Said) -> Answered:
        """Write events and send them; the answer to the last of them."""
        self.record(subject, *said)
        return self.push()[-1]

    def again(self, first: int = 1, last: int | None = None) -> PushAnswer:
        """Send events that were sent before."""
        entries = self.ledger.entries[first - 1 : last]
        return keeper.keep(self.engine, self.ledger.request(entries))

    def pulled(self, limit: int = 1_000) -> PullPage:
        """Everything in its feeds."""
        return feed.page(self.engine, self.ledger.chain.station, feed.Cursor(), limit)


def allot(engine: Engine, station: int, case: str = CASE_A, *, approved: bool = True) -> int:
    """The Department gives an approved case to a point."""
    body = documents.encode(AllottedCase(level="primary", approved=approved))
    return publishing.publish(engine, DocumentRequest(station, CASE, case, body))


def received(kind: str = "laptop") -> events.Received:
    """A device comes in."""
    return events.Received(kind=kind)


def open_rules(engine: Engine) -> list[str]:
    """The rules of what nobody settled."""
    wanted = select(t.dispute.c.rule).where(t.dispute.c.settled.is_(None))
    with reading(engine) as connection:
        return sorted(connection.execute(wanted).scalars())
