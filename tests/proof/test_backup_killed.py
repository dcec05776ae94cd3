"""kill -9 while a backup is made and while one is restored: what is there is whole."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from station.reference import load
from station.store.backup.archive import ENDING, check_archive
from station.store.backup.making import back_up
from station.store.engine import sqlite_url
from station.store.keys import PasswordKey
from station.store.schema import existing_engine
from station.store.store import create_store
from station.store.verifying import verify
from tests.station import busy_day
from tests.station.conftest import LEAD, NOON, STATION, new_store

KILLS = 40
DAYS = 60
ROOT = Path(__file__).parents[2]

Figure = Callable[[str, float, str, float | None], None]

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some megabytes."""
    file = tmp_path_factory.mktemp("point") / "station.db"
    made = create_store(
        sqlite_url(file),
        PasswordKey(lambda _new: "con gà trống 26"),
        load(),
        station=STATION,
        by=LEAD,
        when=NOON,
    )
    with made:
        for _day in range(DAYS):
            busy_day.work(made, lambda *_events: None)
    return file


def killed(command: list[str], after_s: float) -> bool:
    """Run `python -m station …` and kill it; whether it had ended by itself."""
    run = subprocess.Popen(
        [sys.executable, "-m", "station", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after_s)
    ended = run.poll() is not None
    run.send_signal(signal.SIGKILL)
    run.wait()
    return ended


def lasts(command: list[str]) -> float:
    began = time.monotonic()
    run = [sys.executable, "-m", "station", *command]
    subprocess.run(run, cwd=ROOT, stdin=subprocess.DEVNULL, check=True, capture_output=True)
    return time.monotonic() - began


def test_a_backup_that_is_there_is_whole(
    store: Path, tmp_path: Path, record_figure: Figure
) -> None:
    whole, ended = lasts(["backup", str(store), str(tmp_path)]), 0
    chance = Random(6_011)  # noqa: S311 -- the same each time
    for _kill in range(KILLS):
        ended += killed(["backup", str(store), str(tmp_path)], chance.uniform(0.2, 1.1) * whole)
        for file in tmp_path.glob(f"*{ENDING}"):
            check_archive(file)
    engine = existing_engine(sqlite_url(store))
    assert verify(engine).sound
    back_up(engine, store.parent, tmp_path, NOON.at, lambda _done, _total: None)
    assert not list(tmp_path.glob("*.part"))
    assert not list(store.parent.glob("backup.snapshot*"))
    record_figure("kills while a backup was made", KILLS, "kills", None)
    record_figure("of these after its end", ended, "kills", None)


def test_a_restore_that_was_killed_leaves_the_old_store_or_the_new(
    store: Path, tmp_path: Path, record_figure: Figure
) -> None:
    engine = existing_engine(sqlite_url(store))
    backup = (
        tmp_path / back_up(engine, store.parent, tmp_path, NOON.at, lambda _done, _total: None).file
    )
    before = tmp_path / "before" / "station.db"
    before.parent.mkdir()
    with new_store(sqlite_url(before)):
        pass
    target = tmp_path / "pc" / "station.db"
    chance = Random(6_012)  # noqa: S311 -- the same each time
    new = none = 0
    whole = lasts(["restore", str(backup), str(tmp_path / "timed" / "station.db")])
    for _kill in range(KILLS):
        shutil.rmtree(target.parent, ignore_errors=True)
        shutil.copytree(before.parent, target.parent)
        killed(["restore", str(backup), str(target)], chance.uniform(0.3, 1.05) * whole)
        if not target.exists():
            none += 1  # between two renames: the old one is beside it, and asked for again
            assert list(target.parent.glob("station.before-*.db"))
            continue
        found = existing_engine(sqlite_url(target))
        findings = verify(found)
        found.dispose()
        assert findings.sound
        new += findings.events > 1
    lasts(["restore", str(backup), str(target)])
    record_figure("kills while a backup was restored", KILLS, "kills", None)
    record_figure("of these with the restored store", new, "kills", None)
    record_figure("of these between two renames", none, "kills", None)
