"""Opening a database the way a point needs it: durable at every commit, one writer at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url

from station import ports

BUSY_MS = 30_000
RESTED_S = 2.0
RESTS_SINCE = "rests since"
LOST_S = 15  # without a sign of life a server is gone: its PC lost power, or sleeps
DRIVERS = ("sqlite", "postgresql+psycopg")


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`; nothing is read yet."""
    address = _address(url)
    engine = create_engine(
        address,
        pool_size=5,
        max_overflow=5,
        hide_parameters=True,
        connect_args=_arguments(address),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _require_alive)
    return engine


def _address(url: str) -> URL:
    """The parts of a URL; raises NotAnAddress."""
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError) as error:
        raise ports.NotAnAddress from error
    if address.drivername not in DRIVERS:
        raise ports.NotAnAddress(address.drivername)
    return address


def _is_server(address: URL) -> bool:
    return address.get_backend_name() == "postgresql"


def _arguments(address: URL) -> dict[str, str | int]:
    """A PC that hangs in a transaction must not make the others wait for ever.

    Nor may a server's PC that is suddenly off: without limits of ours the system asks it again
    for a quarter of an hour, and whoever waits for the answer sees a window that does nothing.
    """
    if not _is_server(address):
        return {}
    limits = f"-c lock_timeout={BUSY_MS} -c idle_in_transaction_session_timeout={BUSY_MS}"
    return {
        "options": limits,
        "tcp_user_timeout": LOST_S * 1_000,  # what was sent is not acknowledged
        "keepalives_idle": LOST_S // 3,  # nothing is sent: an answer is waited for
        "keepalives_interval": LOST_S // 3,
        "keepalives_count": 2,
    }


def _note_rest(_connection: Any, record: Any) -> None:
    record.info[RESTS_SINCE] = monotonic()


def _require_alive(connection: Any, record: Any, _proxy: Any) -> None:
    """Of a server that was started anew meanwhile no act may learn it by failing.

    Only who rested is asked: it costs a way there and back on the network.
    """
    if monotonic() - record.info.get(RESTS_SINCE, monotonic()) < RESTED_S:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as lost:
        raise exc.DisconnectionError from lost  # the pool connects anew


def shown_url(url: str) -> str:
    """The URL for a message: without its password."""
    return _address(url).render_as_string(hide_password=True)


def sqlite_url(path: Path) -> str:
    """The URL of a store in a file."""
    return f"sqlite:///{path}"


def database_file(url: str) -> Path | None:
    """The file behind a URL; None for a database server. Raises NotAnAddress."""
    address = _address(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(str(address.database)) if is_file else None


def remove_database(file: Path) -> None:
    """Throw away a database that nobody has open, with what lies beside it."""
    for ending in ("-wal", "-shm", "-journal", ""):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def into_one_file(engine: Engine) -> None:
    """Bring what stands in the journal beside a SQLite file into it, before it goes elsewhere."""
    with named_problems(), engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # our BEGIN stands before every statement
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that a writer can say IMMEDIATE
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # power cuts are common
    cursor.execute("PRAGMA cache_size = -16384")
    cursor.close()


def forgo_durability(engine: Engine) -> None:
    """From now on no commit waits for the disk: for a file that a power cut may take whole."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry_sqlite)
        engine.dispose()  # connections that are open already would wait still


def _hurry_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; what the environment refuses comes out as a StoreProblem.

    A server that goes away before it answered the commit leaves a StoreUncertain: whoever repeated
    the act without looking could record it twice.
    """
    done = False  # all that is left is the commit
    with named_problems():
        try:
            with engine.execution_options(writing=True).begin() as connection:
                yield connection
                done = True
        except exc.DBAPIError as error:
            if done and _problem(error) is ports.StoreUnreachable:
                raise ports.StoreUncertain(str(error.orig)) from error
            raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one consistent state."""
    server = engine.dialect.name == "postgresql"  # SQLite reads a snapshot anyway
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ") if server else engine
    with named_problems(), snapshot.connect() as connection:
        yield connection


@contextmanager
def named_problems() -> Iterator[None]:
    """Turn the driver's errors of the environment into the store's own, named ones."""
    try:
        yield
    except exc.DBAPIError as error:
        problem = _problem(error)
        if problem is None:
            raise
        raise problem(str(error.orig)) from error


_SQLITE: dict[int, type[ports.StoreProblem]] = {
    sqlite3.SQLITE_FULL: ports.StoreFull,
    sqlite3.SQLITE_READONLY: ports.StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: ports.StoreReadOnly,
    sqlite3.SQLITE_BUSY: ports.StoreBusy,
    sqlite3.SQLITE_LOCKED: ports.StoreBusy,
    sqlite3.SQLITE_NOTADB: ports.StoreUnreadable,
    sqlite3.SQLITE_CORRUPT: ports.StoreUnreadable,
    sqlite3.SQLITE_IOERR: ports.StoreUnreadable,
}
LOCKED_OUT = "password authentication failed"
"""What a server says before there is a connection has no state, only words: English, as ours is."""
_POSTGRESQL: dict[str, type[ports.StoreProblem]] = {
    "53100": ports.StoreFull,  # disk_full
    "25006": ports.StoreReadOnly,  # read_only_sql_transaction
    "55P03": ports.StoreBusy,  # lock_not_available
}


def _problem(error: exc.DBAPIError) -> type[ports.StoreProblem] | None:
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0)
        return _SQLITE.get(code & 0xFF)
    state = getattr(origin, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    lost = isinstance(error, exc.OperationalError | exc.InterfaceError) and state is None
    if not error.connection_invalidated and not lost:
        return None
    return ports.StoreLockedOut if LOCKED_OUT in str(origin) else ports.StoreUnreachable
