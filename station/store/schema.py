"""The shape of the database: which migration it has, and the few values it notes about itself."""

import secrets
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from station import ports
from station.fold import POINT
from station.store import tables as t
from station.store.engine import open_engine, reading, writing

REVISION = "0001"  # the newest migration; a test compares it with the folder
KNOWN = (REVISION,)


def point_subject(station: int) -> str:
    """The subject of events about the point itself."""
    return f"{POINT}{station:03d}"


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables; a store that is current costs one query."""
    found = _revision(engine)
    if found == REVISION:
        return
    if found is not None and found not in KNOWN:
        raise ports.StoreTooNew(found)
    _migrate(engine)


def existing_engine(url: str) -> Engine:
    """The engine of a store of this version; refuses any other database and writes nothing."""
    engine = open_engine(url)
    found = _revision(engine)
    if found is None:
        raise ports.StoreEmpty(str(engine.url))
    if found != REVISION:
        raise ports.StoreTooNew(found)
    return engine


def _revision(engine: Engine) -> str | None:
    try:
        with reading(engine) as connection:
            row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    except DBAPIError:  # a new database has no such table
        return None
    return row[0] if row else None


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 -- slow to import, needed only here
    from alembic.config import Config  # noqa: PLC0415 -- the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class MetaNotes:
    """Values the store notes about itself; implements `keys.Notes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.store_id = self._own_id()

    def get(self, name: str) -> bytes | None:
        """A noted value."""
        return self._connection.execute(
            select(t.meta.c.value).where(t.meta.c.name == name)
        ).scalar()

    def put(self, name: str, value: bytes) -> None:
        """Note a value."""
        row = {"name": name, "value": value}
        if self._connection.execute(update(t.meta).where(t.meta.c.name == name), row).rowcount == 0:
            self._connection.execute(insert(t.meta), row)

    def _own_id(self) -> str:
        known = self.get("store_id")
        if known is None:
            known = secrets.token_hex(8).encode()
            self.put("store_id", known)
        return known.decode()
