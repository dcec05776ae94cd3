"""A disk that is really full: a small file system in memory."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from station.store.engine import sqlite_url
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import new_store
from tests.station.test_hostile_disk import fill

TIMES = 40
MOST_ROOM = 300_000  # bytes left when work begins


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 MiB."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.proof
def test_a_store_goes_on_after_its_disk_was_full(
    small_disk: Path, record_figure: Callable[[str, float, str, float | None], None]
) -> None:
    ballast = small_disk / "ballast"
    chance = Random(7)  # noqa: S311 -- how full the disk is, no secret
    with new_store(sqlite_url(small_disk / "station.db")) as store:
        for _ in range(TIMES):
            room = chance.randrange(MOST_ROOM)
            ballast.write_bytes(b"-" * (shutil.disk_usage(small_disk).free - room))
            standing = fill(store)
            assert store.standing() == standing
            ballast.unlink()
            assert verify(store.engine).sound
            life.receive(store)

        record_figure("full disk: fillings survived", TIMES, "times", None)
        record_figure("full disk: events, all whole", store.standing().seq, "events", None)
