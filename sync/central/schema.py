"""The shape of the service's database, and who may bring it there."""

from pathlib import Path

from sqlalchemy import Column, Engine, MetaData, Table, Text, inspect, select

from sync.central.database import reading, writing

REVISION = "0003"  # the newest migration; a test compares it with the folder
VERSION_TABLE = "central_version"  # not alembic's own name: a point's store is not taken for ours

_version = Table(VERSION_TABLE, MetaData(), Column("version_num", Text))


class NotMigrated(Exception):
    """The database does not have the tables of this version."""


class NotOurs(Exception):
    """The database holds something else than the service's tables."""


class TooNew(Exception):
    """A newer version of the service wrote this database."""


def require(engine: Engine) -> None:
    """Make sure the tables are there. An empty SQLite file, a pilot's beginning, gets them."""
    found = _revision(engine)
    if found is None and engine.dialect.name == "sqlite":
        migrate(engine)
    elif found != REVISION:
        raise NotMigrated


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this version."""
    try:
        return _revision(engine) == REVISION
    except (NotOurs, TooNew):
        return False


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them to this version."""
    from alembic import command  # noqa: PLC0415 -- slow to import, needed only here
    from alembic.config import Config  # noqa: PLC0415 -- the same

    if _revision(engine) == REVISION:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    """The migration the database has; None when it is empty."""
    with reading(engine) as connection:
        tables = inspect(connection).get_table_names()
        if VERSION_TABLE not in tables:
            if tables:
                raise NotOurs
            return None
        found = connection.execute(select(_version.c.version_num)).scalar_one()
    if found > REVISION:
        raise TooNew(found)
    return str(found)
