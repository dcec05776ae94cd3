"""The power goes while a PC becomes the main one: its store is whole, at either place."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from station.reference import load
from station.store.engine import sqlite_url
from station.store.shared.point import SharedPoint
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from tests.station import busy_day, child
from tests.station.conftest import KEY, new_store
from tests.station.shared.conftest import TYPED, folder, no_keyring

__all__ = ["folder", "no_keyring"]  # fixtures

KILLS = 30
LONGEST_S = 2.6  # a little more than the whole takes

pytestmark = pytest.mark.proof


def opened(point: SharedPoint, folder: Path) -> SqlStore:
    """As the next start finds it."""
    file = folder / "station.db"
    if point.is_in_use():
        return point.open(load(), file)
    return open_store(sqlite_url(file), KEY, load())


def kill_at(folder: Path, after_s: float) -> None:
    sharing = child.start("tests.station.shared.sharing_process", folder)
    assert sharing.stdout is not None
    assert sharing.stdout.readline().strip() == "begun"
    time.sleep(after_s)
    sharing.send_signal(signal.SIGKILL)
    sharing.communicate()


def test_no_kill_loses_a_store_that_moves(
    folder: Path, no_keyring: None, record_figure: Callable[..., None]
) -> None:
    chance = Random(6)  # noqa: S311 -- a moment to kill at, no secret
    ends = {"file": 0, "server": 0}
    for number in range(KILLS):
        home = folder / str(number)
        home.mkdir()
        with new_store(sqlite_url(home / "station.db")) as store:
            busy_day.work(store, lambda *_events: None)
            before = store.standing()

        kill_at(home, chance.uniform(0.05, LONGEST_S))

        point = SharedPoint(home, lambda _new: TYPED)
        with opened(point, home) as store:
            assert store.standing() == before
            assert verify(store.engine).sound
        ends["server" if point.is_in_use() else "file"] += 1
        point.cluster.stop()
    assert all(ends.values()), ends
    record_figure("kills while a store moved", KILLS, "kills", None)
    record_figure("stores lost in a move", 0, "stores", 0)
