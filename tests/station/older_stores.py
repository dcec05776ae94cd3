"""A store as an older version of the program left it: its own migrations, gone back."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from station.store import schema
from station.store.engine import open_engine, writing


def go_back(engine: Engine, revision: str) -> None:
    """Take the tables back to that revision; nothing is folded again."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def older(database: str, revision: str = "0001") -> str:
    """The address of a store that was taken back."""
    engine = open_engine(database)
    go_back(engine, revision)
    engine.dispose()
    return database
