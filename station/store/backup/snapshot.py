"""One consistent state of a store as a new SQLite file, while others go on writing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from station.store import upkeep
from station.store.copying import Tell, copy_all
from station.store.engine import (
    database_file,
    into_one_file,
    open_engine,
    reading,
    sqlite_url,
    writing,
)

PAGES = 2_000  # copied between two words about how far it is: 8 MB


def snapshot(engine: Engine, file: Path, tell: Tell) -> None:
    """Write the store into this file, which is not there yet.

    Raises a StoreProblem, OSError, or what `tell` raises to end it.
    """
    source = database_file(engine.url.render_as_string(hide_password=False))
    if source is None:
        _copy_rows(engine, file, tell)
    else:
        _copy_pages(source, file, tell)


def _copy_pages(source: Path, file: Path, tell: Tell) -> None:
    """By SQLite's own backup. The transaction holds the state, else a writer begins it anew."""

    def heard(_status: int, left: int, total: int) -> None:
        tell(total - left, total)

    with (
        closing(sqlite3.connect(source, isolation_level=None)) as old,
        closing(sqlite3.connect(file, isolation_level=None)) as new,
    ):
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM head").fetchone()
        old.backup(new, pages=PAGES, progress=heard)


def _copy_rows(engine: Engine, file: Path, tell: Tell) -> None:
    target = open_engine(sqlite_url(file))
    try:
        upkeep.bring_up_to_date(target)
        with reading(engine) as old, writing(target) as new:
            copy_all(old, new, tell)
        into_one_file(target)
    finally:
        target.dispose()
