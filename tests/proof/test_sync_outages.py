"""Databases that go and come back, full disks and wrong clocks, in the middle of sync."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from station.ledger import Moment
from station.ports import StoreFull
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from sync.problems import ServiceUnavailable
from tests.postgres_server import PostgresServer, running_server
from tests.station import life
from tests.station.conftest import NOON
from tests.sync.kill_campaign import AWAY, HERE, Campaign
from tests.sync.points import Point
from tests.sync.programme import Programme
from tests.sync.service_process import command
from tests.sync.syncing_day import one_round

RESTARTS = 20
FILLINGS = 20
MOST_ROOM = 200_000  # bytes left on the disk when work begins
MANY = 2_000
YEARS = (-10, 10)

RecordFigure = Callable[[str, float, str, float | None], None]


def nothing(_store: SqlStore) -> None:
    """A point that did nothing yet."""


@contextmanager
def a_programme(url: str, folder: Path, clock_years: int = 0) -> Iterator[Programme]:
    """A service, and two points that know it."""
    if url.startswith("postgresql"):
        assert command("migrate", "--database", url).returncode == 0
    fills = {HERE: nothing, AWAY: nothing}
    programme = Programme(url, folder, fills, clock_years=clock_years)
    try:
        yield programme
    finally:
        programme.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 256 MiB, where PostgreSQL's own user finds its way: not in pytest's folder."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    folder = Path(tempfile.mkdtemp(prefix="station-disk-"))
    options = ["-t", "tmpfs", "-o", "size=256m,mode=755", "tmpfs"]
    try:
        folder.chmod(0o755)
        subprocess.run(["mount", *options, folder], check=True)
        yield folder
        subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        folder.rmdir()


class Ballast:
    """Fills a disk but for some room."""

    def __init__(self, disk: Path) -> None:
        self._disk, self._file = disk, disk / "ballast"

    def fill(self, room: int) -> None:
        """Leave so much."""
        size = shutil.disk_usage(self._disk).free - room
        with self._file.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, size)

    def clear(self) -> None:
        """Somebody made room."""
        self._file.unlink()


@pytest.mark.proof
def test_a_database_that_goes_and_comes_back_loses_nothing(
    tmp_path: Path, record_figure: RecordFigure
) -> None:
    chance = Random(3)  # noqa: S311 -- moments, no secret
    with (
        running_server() as server,
        server.fresh_database() as url,
        a_programme(url, tmp_path) as programme,
        programme.begun() as points,
    ):
        campaign = Campaign(programme, points, seed=3)
        with campaign.day() as process:
            for _ in range(RESTARTS):
                time.sleep(chance.uniform(0, 1))
                server.stop(chance.choice([signal.SIGINT, signal.SIGQUIT]))
                time.sleep(chance.uniform(0, 1))
                server.start()
                assert process.poll() is None
        survived = campaign.survived()

    record_figure("sync: PostgreSQL stopped and started", RESTARTS, "times", None)
    record_figure("sync: promised and lost over these", survived.lost, "events", 0)
    assert survived.lost == 0


def _until_it_is_full(point: Point) -> int:
    """Work and push until the service can keep no more; how many records that were."""
    for n in range(MANY):
        life.receive(point.store, kind="monitor", note="Máy của cơ quan " * 200)
        if n % 5 == 0:
            try:
                point.whole_round()
            except ServiceUnavailable:
                return n
    raise AssertionError("the disk never filled")


@pytest.mark.proof
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_service_goes_on_after_its_disk_was_full(
    engine: str, small_disk: Path, tmp_path: Path, record_figure: RecordFigure
) -> None:
    ballast, chance = Ballast(small_disk), Random(5)  # noqa: S311 -- room, no secret
    with (
        _database_on(small_disk, engine) as (url, server),
        a_programme(url, tmp_path) as programme,
        programme.begun() as points,
    ):
        campaign = Campaign(programme, points, seed=5)
        points[HERE].open()
        for _ in range(FILLINGS):
            ballast.fill(chance.randrange(MOST_ROOM))
            _until_it_is_full(points[HERE])
            ballast.clear()
            if server:
                server.stop(signal.SIGQUIT)  # it may have ended already
                server.start()
            one_round(points[HERE].store, programme.process.address)  # with some patience
        campaign.file.touch()
        points[HERE].close()
        survived = campaign.survived()

    record_figure(f"sync, {engine}: the service's disk filled", FILLINGS, "times", None)
    assert survived.lost == 0


@contextmanager
def _database_on(disk: Path, engine: str) -> Iterator[tuple[str, PostgresServer | None]]:
    if engine == "sqlite":
        yield sqlite_url(disk / "central.sqlite"), None
        return
    with running_server(disk) as server, server.fresh_database() as url:
        yield url, server


@pytest.mark.proof
def test_a_point_goes_on_after_its_disk_was_full(
    small_disk: Path, tmp_path: Path, record_figure: RecordFigure
) -> None:
    """What comes by pull fills the disk: rows and cursor stay together."""
    ballast, chance = Ballast(small_disk), Random(7)  # noqa: S311 -- room, no secret
    url = sqlite_url(tmp_path / "central.sqlite")
    with a_programme(url, tmp_path) as programme, programme.begun(small_disk) as points:
        campaign = Campaign(programme, points, seed=7)
        points[HERE].open()
        full = 0
        for _ in range(FILLINGS):
            for _ in range(10):
                campaign.others_work()
            ballast.fill(chance.randrange(MOST_ROOM))
            try:
                points[HERE].whole_round()
            except StoreFull:
                full += 1
            ballast.clear()
            points[HERE].whole_round()
        campaign.file.touch()
        points[HERE].close()
        survived = campaign.survived()

    record_figure("sync: a point's disk full while it pulled", full, "times", None)
    assert full
    assert survived.lost == 0


@pytest.mark.proof
@pytest.mark.parametrize("service_years", YEARS)
@pytest.mark.parametrize("point_years", YEARS)
def test_clocks_ten_years_off_change_nothing(
    point_years: int, service_years: int, tmp_path: Path
) -> None:
    url = sqlite_url(tmp_path / "central.sqlite")
    when = Moment(NOON.at + timedelta(days=365 * point_years), NOON.occurred)
    with a_programme(url, tmp_path, service_years) as programme, programme.begun() as points:
        campaign = Campaign(programme, points, seed=11)
        points[HERE].open()
        for _ in range(10):
            campaign.others_work()
            life.receive(points[HERE].store, when, kind="monitor")
            points[HERE].whole_round()
        campaign.file.touch()
        points[HERE].close()
        assert campaign.survived().lost == 0
