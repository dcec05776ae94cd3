"""Counting is killed anywhere: what stands then is sound, and in the end nothing is missing."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from time import sleep

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import Engine, func, insert, select

from station import events as e
from station.codes import CodeKind, make
from station.counting import Count
from station.ledger import ChainId
from station.store.engine import sqlite_url
from sync.central import schema
from sync.central import tables as t
from sync.central.database import opened, reading, writing
from sync.central.keeping import ingest
from sync.wire import Answered
from tests.postgres_server import PostgresServer
from tests.sync.central.counted import counted_rows, read_all
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ROOT, command

KILLS = 3
DEVICES = 1_500  # some pages for each chain
STATIONS = (12, 13)
LIFE = (
    e.Received(kind="laptop", donor_kind="person"),
    e.TakenToBench(),
    e.MadeReady(policy="release-2021-09-10"),
    e.Reserved(case="H9010000016"),
    e.HandedOver(to="pupil", case="H9010000016"),
)

_counts = msgspec.msgpack.Decoder(tuple[Count, ...])


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A service's database on each engine, with all that two points sent and nothing counted."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "central.sqlite")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        yield url


def test_no_kill_leaves_half_a_count(url: str) -> None:
    chance = Random(7)  # noqa: S311 -- moments to kill at, no secret
    with opened(url) as engine:
        schema.migrate(engine)
        for station in STATIONS:
            _send(engine, station)
        read = [_read_up_to(engine)]
        for _ in range(KILLS):
            _count_and_kill(url, engine, chance.uniform(0.02, 0.2))
            _require_sound(engine)
            read.append(_read_up_to(engine))
        read_all(engine)

        assert read == sorted(read)
        assert len(set(read)) > 2, "it was killed while it counted"
        assert _read_up_to(engine) == len(STATIONS) * DEVICES * len(LIFE)
        before = counted_rows(engine)
        anew = command("count", "--anew", "--database", url)
        assert anew.stdout == f"{len(STATIONS) * DEVICES} devices counted\n", anew.stderr
        assert counted_rows(engine) == before


def _send(engine: Engine, station: int) -> None:
    """What a point sent, as the service keeps it."""
    ledger = MemoryLedger(ChainId(station, 1))
    for number in range(1, DEVICES + 1):
        for said in LIFE:
            ledger.record(make(CodeKind.DEVICE, station, number), said)
    kept = (
        ingest.Kept(
            station, 1, entry.header.subject, entry.header_bytes, entry.salt, entry.data,
            Answered(entry.header.seq, entry.hash, e.ACCEPTED, entry.header.seq),
        )
        for entry in ledger.entries
    )  # fmt: skip
    chain = {"station": station, "chain": 1, "seq": ledger.seq, "hash": bytes(32)}
    with writing(engine) as connection:
        connection.execute(insert(t.chain), [chain | {"delegated": False}])
        while page := list(islice(kept, 5_000)):
            ingest.keep(connection, page)


def _count_and_kill(url: str, engine: Engine, after_s: float) -> None:
    """Begin to count, and kill it soon after it read its first page."""
    before = _read_up_to(engine)
    program = [sys.executable, "-m", "sync.central", "count", "--database", url]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE) as process:
        while process.poll() is None and _read_up_to(engine) == before:
            sleep(0.02)
        sleep(after_s)
        process.send_signal(signal.SIGKILL)


def _read_up_to(engine: Engine) -> int:
    table = t.counted_chain.c
    wanted = select(func.coalesce(func.sum(table.seq), 0)).where(table.station.in_(STATIONS))
    with reading(engine) as connection:
        return int(connection.execute(wanted).scalar_one())


def _require_sound(engine: Engine) -> None:
    """The tally is the sum of what stands beside the journeys, and no cell is empty."""
    with reading(engine) as connection:
        beside: Counter[Count] = Counter()
        for counts in connection.execute(select(t.journey.c.counts)).scalars():
            for count in _counts.decode(counts):
                beside[structs.replace(count, devices=0)] += count.devices
        rows = connection.execute(select(t.tally)).mappings().all()
    tallied = {Count(**(dict(row) | {"devices": 0})): row["devices"] for row in rows}
    assert tallied == {cell: devices for cell, devices in beside.items() if devices}
    assert all(tallied.values())
