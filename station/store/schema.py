"""The shape of the database: which migration it has, and the few values it notes about itself."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from station import ports
from station.fold import POINT
from station.store import tables as t
from station.store.engine import open_engine, reading, writing

REVISION = "0006"  # the newest migration; a test compares it with the folder
KNOWN = ("0001", "0002", "0003", "0004", "0005", REVISION)


def point_subject(station: int) -> str:
    """The subject of events about the point itself."""
    return f"{POINT}{station:03d}"


def bring_up_to_date(engine: Engine, fold_again: Callable[[Connection], object]) -> None:
    """Create or migrate the tables; a store that is current costs one query.

    What is folded is folded again in the same transaction: a power cut in between would leave a
    store that calls itself current and knows no marks of its devices.
    """
    found = _revision(engine)
    if found == REVISION:
        return
    if found is not None and found not in KNOWN:
        raise ports.StoreTooNew(found)
    with writing(engine) as connection:
        _migrate(connection)
        fold_again(connection)


def existing_engine(url: str) -> Engine:
    """The engine of a store of this version; refuses any other database and writes nothing."""
    engine = open_engine(url)
    found = _revision(engine)
    if found == REVISION:
        return engine
    engine.dispose()
    if found is None:
        raise ports.StoreEmpty(str(engine.url))
    raise ports.StoreTooOld(found) if found in KNOWN else ports.StoreTooNew(found)


def _revision(engine: Engine) -> str | None:
    try:
        with reading(engine) as connection:
            row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    except DBAPIError:  # a new database has no such table
        return None
    return row[0] if row else None


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- slow to import, needed only here
    from alembic.config import Config  # noqa: PLC0415 -- the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def notes(engine: Engine) -> dict[str, bytes]:
    """The values the store notes about itself."""
    with reading(engine) as connection:
        return {row.name: row.value for row in connection.execute(select(t.meta))}


def note_once(engine: Engine, fresh: dict[str, bytes]) -> None:
    """Note all of these, or none where another copy of the app noted one of them before."""
    rows = [{"name": name, "value": value} for name, value in fresh.items()]
    with suppress(IntegrityError), writing(engine) as connection:
        connection.execute(insert(t.meta), rows)


def note(engine: Engine, name: str, value: bytes) -> None:
    """Note a value, whatever stood there before."""
    with writing(engine) as connection:
        connection.execute(delete(t.meta).where(t.meta.c.name == name))
        connection.execute(insert(t.meta).values(name=name, value=value))
