"""Opening the service's database: one writer of a chain at a time, durable at every commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc

BUSY_MS = 15_000  # less than a point waits for an answer


class DatabaseUnavailable(Exception):
    """The database is down, full or busy for too long; nothing was written."""

    code = "unavailable"


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
        raise DatabaseUnavailable(type(error).__name__) from error
    except exc.DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise
        raise NotADatabase from error
