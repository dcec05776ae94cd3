"""A durable use case beside one Core INSERT and raw sqlite3, with the same settings, in one run."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert

from station import stock
from station.store.engine import open_engine, sqlite_url, writing
from tests.figures import Figure
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN, new_store

ROUNDS = 1_000
ROW = b"x" * 400  # about what one event takes


def figures(folder: Path, command: str) -> Iterator[Figure]:
    """Medians in milliseconds; taken in turns, so that a busy machine is busy for all."""
    with new_store(sqlite_url(folder / "append.db")) as store:
        device = life.receive(store)
        raw, core = _raw(folder / "raw.db"), _core(folder / "core.db")

        def use_case() -> None:
            stock.count_device(device, store, TECHNICIAN, NOON, found=True)

        took = _in_turns({"raw": raw, "core": core, "append": use_case})
    yield Figure("raw sqlite3 insert + commit", took["raw"], "ms", None, command)
    yield Figure("SQLAlchemy Core insert + commit", took["core"], "ms", None, command)
    yield Figure("durable use case of one event", took["append"], "ms", None, command)
    yield Figure("use case / Core insert", took["append"] / took["core"], "ratio", 3.0, command)


def _in_turns(acts: dict[str, Callable[[], None]]) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(ROUNDS + 50):
        for name, act in acts.items():
            begun = time.perf_counter()
            act()
            if turn >= 50:
                took[name].append((time.perf_counter() - begun) * 1_000)
    return {name: statistics.median(times) for name, times in took.items()}


def _raw(file: Path) -> Callable[[], None]:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE row (position INTEGER PRIMARY KEY, body BLOB)")

    def act() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO row (body) VALUES (?)", (ROW,))
        connection.execute("COMMIT")

    return act


def _core(file: Path) -> Callable[[], None]:
    engine = open_engine(sqlite_url(file))
    metadata = MetaData()
    table = Table(
        "row", metadata, Column("position", Integer, primary_key=True), Column("body", LargeBinary)
    )
    metadata.create_all(engine)

    def act() -> None:
        with writing(engine) as connection:
            connection.execute(insert(table), {"body": ROW})

    return act
