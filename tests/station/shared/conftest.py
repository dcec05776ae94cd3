"""Folders in which PostgreSQL's stand-in for root may work, and a point with a day of work."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from station.store.engine import sqlite_url
from station.store.shared.point import SharedPoint
from tests.station import busy_day
from tests.station.conftest import new_store

TYPED = "con gà trống 26"


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """This account has none."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring has no types there
    yield
    keyring.set_keyring(before)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Pytest's own folders are closed to all other accounts."""
    made = Path(tempfile.mkdtemp(prefix="station-shared-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def file(folder: Path) -> Path:
    """The file of a point that worked for a day."""
    made = folder / "station.db"
    with new_store(sqlite_url(made)) as store:
        busy_day.work(store, lambda *_events: None)
    return made


@pytest.fixture
def main(folder: Path) -> Iterator[SharedPoint]:
    """The main PC, without a keyring."""
    point = SharedPoint(folder, lambda _new: TYPED)
    yield point
    point.cluster.stop()
