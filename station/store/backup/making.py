"""A backup is made: a snapshot of the store, then one file in a folder that a person chose."""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from station.ports import Backup, PlaceMissing
from station.store import queries
from station.store.backup.archive import (
    ENDING,
    FORMAT,
    STORE,
    Contents,
    NotABackup,
    files_beside,
    read_contents,
    write_archive,
)
from station.store.backup.snapshot import snapshot
from station.store.copying import Tell
from station.store.engine import open_engine, reading, remove_database, sqlite_url

KEPT: Final = 10  # backups of one store in one folder; the oldest goes when another is whole
SNAPSHOT: Final = "backup.snapshot.db"


def back_up(engine: Engine, data: Path, folder: Path, when: datetime, tell: Tell) -> Backup:
    """Make a backup of a store and of what lies beside it in its data folder.

    Raises PlaceMissing, BackupDamaged, a StoreProblem, OSError, or what `tell` raises to end it.
    """
    if not folder.is_dir():
        raise PlaceMissing(str(folder))
    copy = data / SNAPSHOT
    remove_database(copy)
    try:
        snapshot(engine, copy, tell)
        about = _about(copy, when)
        target = folder / f"{about.station:03d}-{when:%Y%m%d-%H%M%S}{ENDING}"
        for left in folder.glob(f"{about.station:03d}-*{ENDING}.part"):
            left.unlink()  # of a backup that a power cut ended
        contents = write_archive(target, about, {STORE: copy, **files_beside(data)}, tell)
    finally:
        remove_database(copy)
    _thin_out(folder, contents)
    return Backup(
        contents.store_id, contents.seq, contents.made_ms, target.name, target.stat().st_size
    )


def _about(copy: Path, when: datetime) -> Contents:
    """What the snapshot itself says of how far it had come."""
    engine = open_engine(sqlite_url(copy))
    try:
        with reading(engine) as connection:
            standing = queries.standing(connection)
    finally:
        engine.dispose()
    return Contents(
        FORMAT,
        standing.chain.station,
        standing.store_id,
        standing.seq,
        round(when.timestamp() * 1000),
        {},
    )


def _thin_out(folder: Path, made: Contents) -> None:
    """Names sort by day. Another store's files, and what cannot be read, are not ours to delete."""
    ours = []
    for file in sorted(folder.glob(f"{made.station:03d}-*{ENDING}"), reverse=True):
        try:
            if read_contents(file).store_id == made.store_id:
                ours.append(file)
        except (NotABackup, OSError):
            continue
    for old in ours[KEPT:]:
        old.unlink()
