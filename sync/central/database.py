"""Opening the service's database: one writer of a chain at a time, durable at every commit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, exc

BUSY_MS = 15_000  # less than a point waits for an answer
TRIES = 8  # of a transaction that PostgreSQL ended because it stood in another's way
IN_THE_WAY = frozenset({"40001", "40P01"})  # could not be serialized; deadlock

T = TypeVar("T")


class DatabaseUnavailable(Exception):
    """The database is down, full or busy for too long; nothing was written."""

    code = "unavailable"


class StoodInTheWay(DatabaseUnavailable):
    """Another transaction was in the way of this one; nothing was written, and it may go again."""


class BadAddress(Exception):
    """No address of a database the service can use."""


class NotADatabase(Exception):
    """The file is no SQLite database."""


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The database at `sqlite:///path` or `postgresql+psycopg://…`, until the end of a `with`."""
    engine = _engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    try:
        # what an event says stands in no log, and so in no error message either
        engine = create_engine(url, hide_parameters=True, pool_timeout=BUSY_MS / 1000)
    except (exc.ArgumentError, ImportError) as error:
        raise BadAddress(url) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name != "postgresql":
        raise BadAddress(url)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that a writer can say IMMEDIATE
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # a verdict that was sent must never be forgotten
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; raises DatabaseUnavailable."""
    with _named_problems(), engine.execution_options(writing=True).begin() as connection:
        yield connection


def written(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do this in one transaction, and again where another one stood in its way."""
    for _ in range(TRIES - 1):
        try:
            with writing(engine) as connection:
                return work(connection)
        except StoodInTheWay:
            continue
    with writing(engine) as connection:
        return work(connection)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one consistent state; raises DatabaseUnavailable."""
    with _named_problems(), engine.connect() as connection:
        yield connection


@contextmanager
def _named_problems() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        if getattr(getattr(error, "orig", None), "sqlstate", None) in IN_THE_WAY:
            raise StoodInTheWay from error
        raise DatabaseUnavailable(type(error).__name__) from error
    except exc.DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise
        raise NotADatabase from error
