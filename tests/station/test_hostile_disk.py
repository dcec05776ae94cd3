"""The disk is full, the folder read-only, the store held by somebody else."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url

from station import ports
from station.reference import load
from station.store import engine
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from tests.station import child, life
from tests.station.conftest import KEY, new_store

MANY = 2_000


def fill(store: SqlStore) -> ports.Standing:
    """Receive devices until the disk is full; how far the store had come."""
    for _ in range(MANY):
        standing = store.standing()
        try:
            life.receive(store, note="Máy của cơ quan " * 20)
        except ports.StoreFull:
            return standing
    raise AssertionError("the disk never filled")


def test_a_full_disk_refuses_the_act_and_keeps_what_was(store: SqlStore) -> None:
    def no_more_room(connection: sqlite3.Connection, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    store.engine.dispose()
    event.listen(store.engine, "connect", no_more_room)
    standing = fill(store)

    assert store.standing() == standing
    event.remove(store.engine, "connect", no_more_room)
    store.engine.dispose()  # somebody made room
    life.receive(store)
    assert verify(store.engine).sound


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that nobody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="station-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


def what_nobody_gets(file: Path) -> str:
    return child.finished("tests.station.hostile_folder", sqlite_url(file)).stdout.strip()


def test_nobody_may_use_a_store_that_is_open_to_all(open_folder: Path) -> None:
    new_store(sqlite_url(open_folder / "station.db")).close()
    (open_folder / "station.db").chmod(0o666)

    assert what_nobody_gets(open_folder / "station.db") == "0120000015"


def test_a_read_only_file_is_named(open_folder: Path) -> None:
    new_store(sqlite_url(open_folder / "station.db")).close()
    (open_folder / "station.db").chmod(0o444)

    assert what_nobody_gets(open_folder / "station.db") == "store_read_only"


def test_a_read_only_folder_is_named(open_folder: Path) -> None:
    new_store(sqlite_url(open_folder / "station.db")).close()
    (open_folder / "station.db").chmod(0o666)
    open_folder.chmod(0o555)

    assert what_nobody_gets(open_folder / "station.db") == "store_read_only"


def test_a_read_only_store_stays_as_it_was(open_folder: Path) -> None:
    with new_store(sqlite_url(open_folder / "station.db")) as store:
        standing = store.standing()
    (open_folder / "station.db").chmod(0o444)
    open_folder.chmod(0o555)
    what_nobody_gets(open_folder / "station.db")
    open_folder.chmod(0o777)

    with open_store(sqlite_url(open_folder / "station.db"), KEY, load()) as store:
        assert store.standing() == standing
        assert verify(store.engine).sound


def test_a_store_held_by_another_program_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 100)
    file = tmp_path / "station.db"
    with new_store(sqlite_url(file)) as store:
        standing = store.standing()
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ports.StoreBusy):
                life.receive(store)
            assert store.standing() == standing  # reading goes on
        life.receive(store)
        assert verify(store.engine).sound


def test_a_shared_database_held_by_another_pc_is_busy(
    postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 100)
    address = make_url(postgres_database)
    with new_store(postgres_database) as store:
        standing = store.standing()
        with psycopg.connect(
            host=str(address.query["host"]), user=address.username, dbname=address.database
        ) as other:
            other.execute("SELECT * FROM head FOR UPDATE")
            other.execute("SET idle_in_transaction_session_timeout = '5s'")  # the test must end
            with pytest.raises(ports.StoreBusy):
                life.receive(store)
            assert store.standing() == standing
        life.receive(store)


def test_a_shared_database_that_went_away_is_unreachable(postgres_database: str) -> None:
    url = make_url(postgres_database).set(database="no_such_database")

    with pytest.raises(ports.StoreUnreachable):
        open_store(url.render_as_string(hide_password=False), KEY, load())


@pytest.mark.parametrize(
    "content", [b"no database at all " * 500, b"SQLite format 3\0" + b"x" * 9_000]
)
def test_a_file_that_is_no_store_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "station.db"
    file.write_bytes(content)

    with pytest.raises(ports.StoreUnreadable):
        open_store(sqlite_url(file), KEY, load())
    assert file.read_bytes() == content
