"""Power cuts and outages in the middle of sync: what anybody was told is safe stays safe."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.store.engine import sqlite_url
from tests.postgres_server import PostgresServer
from tests.sync.kill_campaign import AWAY, HERE, Campaign
from tests.sync.programme import Programme
from tests.sync.service_process import command

KILLS = 100
IN_A_ROW = 10  # kills of the service under one process of the point

RecordFigure = Callable[[str, float, str, float | None], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def programme(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Programme]:
    """A service on each engine, and two points that know it."""
    if request.param == "sqlite":
        yield from _programme(sqlite_url(tmp_path / "central.sqlite"), tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        assert command("migrate", "--database", url).returncode == 0
        yield from _programme(url, tmp_path)


def _programme(url: str, folder: Path) -> Iterator[Programme]:
    programme = Programme(url, folder, {HERE: lambda _store: None, AWAY: lambda _store: None})
    yield programme
    programme.close()


@pytest.mark.proof
def test_no_kill_loses_what_was_promised(programme: Programme, record_figure: RecordFigure) -> None:
    with programme.begun() as points:
        campaign = Campaign(programme, points, seed=2021)
        for _ in range(KILLS):
            campaign.others_work()
            campaign.kill_point()
        for _ in range(KILLS // IN_A_ROW):
            campaign.others_work()
            campaign.kill_service_often(IN_A_ROW)
        survived = campaign.survived()

    engine = programme.engine.dialect.name
    record_figure(f"sync, {engine}: kill -9 of the point", KILLS, "kills", None)
    record_figure(f"sync, {engine}: kill -9 of the service", KILLS, "kills", None)
    record_figure(f"sync, {engine}: records promised", survived.recorded, "events", None)
    record_figure(f"sync, {engine}: answers promised", survived.answered, "events", None)
    record_figure(f"sync, {engine}: promised and lost", survived.lost, "events", 0)
    assert survived.lost == 0
