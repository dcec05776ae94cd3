"""An old pilot's database keeps its events and goes on under the rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, insert, select

from station import events
from station.ledger import ChainId
from sync.central import schema
from sync.central import tables as t
from sync.central.database import opened, reading, writing
from sync.central.keeping import keeper
from tests.sync.central.conftest import CASE_A, DESKTOP, LAPTOP, Point, received
from tests.sync.memory_ledger import MemoryLedger


@pytest.fixture(params=["sqlite", "postgresql"])
def old_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database as the first version made it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'central.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_database")
    with opened(url) as engine:
        config = Config()
        folder = Path(schema.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
        yield engine


def kept_by_the_old_one(engine: Engine, ledger: MemoryLedger, first: int = 1) -> None:
    """Write a ledger's events as the first version wrote them."""
    old = MetaData()
    old.reflect(engine)
    rows = [
        {
            "station": ledger.chain.station,
            "chain": ledger.chain.number,
            "seq": entry.header.seq,
            "hash": entry.hash,
            "header": entry.header_bytes,
            "salt": entry.salt,
            "data": entry.data,
            "outcome": events.ACCEPTED,
            "number": number,
            "rule": None,
            "other": b"",
        }
        for number, entry in enumerate(ledger.entries, first)
    ]
    head = {"station": ledger.chain.station, "chain": ledger.chain.number}
    last = {"seq": ledger.seq, "hash": ledger.entries[-1].hash}
    with writing(engine) as connection:
        connection.execute(insert(old.tables["event"]), rows)
        connection.execute(insert(old.tables["chain"]), [head | last])
        count = old.tables["verdict_count"]
        connection.execute(count.update().values(number=first + len(rows) - 1))


def test_a_pilots_events_are_kept_with_their_answers(old_engine: Engine) -> None:
    ledger = MemoryLedger(ChainId(12, 4711))
    ledger.record(LAPTOP, received())
    ledger.record("", events.LabelPrinted())
    kept_by_the_old_one(old_engine, ledger)

    schema.migrate(old_engine)

    assert list(keeper.entries_of(old_engine, ledger.chain, 0)) == ledger.entries
    with reading(old_engine) as connection:
        rows = connection.execute(select(t.event).order_by(t.event.c.seq)).all()
    assert [(row.subject, row.outcome, row.number) for row in rows] == [
        (LAPTOP, events.ACCEPTED, 1),
        ("", events.ACCEPTED, 2),
    ]


def test_what_a_pilot_reserved_still_counts(old_engine: Engine) -> None:
    ledger = MemoryLedger(ChainId(12, 4711))
    ledger.record(CASE_A, events.CaseEntered(level="primary"))
    ledger.record(LAPTOP, received())
    kept = ledger.record(LAPTOP, events.Reserved(case=CASE_A))
    kept_by_the_old_one(old_engine, ledger)
    schema.migrate(old_engine)

    answered = Point(old_engine, 13).tell(DESKTOP, events.Reserved(case=CASE_A))

    assert (answered.outcome, answered.rule) == (events.VOID, "case_has_device")
    assert answered.other == kept.hash
    assert answered.number == 4


def test_a_pilots_chain_goes_on_once_it_is_enrolled(old_engine: Engine) -> None:
    ledger = MemoryLedger(ChainId(12, 4711))
    ledger.record(LAPTOP, received())
    kept_by_the_old_one(old_engine, ledger)
    schema.migrate(old_engine)
    point = Point(old_engine, enrolled=False)
    point.ledger = ledger
    with writing(old_engine) as connection:
        connection.execute(t.chain.update().values(key=ledger.key.public))

    answers = (ledger.record(LAPTOP, events.TakenToBench()), point.push())[1]

    assert [answered.number for answered in answers] == [1, 2]


def test_a_device_that_a_pilot_sent_is_followed(old_engine: Engine) -> None:
    ledger = MemoryLedger(ChainId(12, 4711))
    ledger.record(LAPTOP, received())
    ledger.record(LAPTOP, events.SentTo(place="point-013"))
    kept_by_the_old_one(old_engine, ledger)
    schema.migrate(old_engine)

    items = Point(old_engine, 13).pulled().items

    assert [item.kind for item in items] == ["event", "event"]
    assert items[0].position < items[1].position
