"""After a month of three points the service counts as the points do, and so from nothing."""

from collections.abc import Iterator

import pytest

from station.store.engine import sqlite_url
from sync.central.database import opened
from sync.central.numbers import projector
from tests.postgres_server import PostgresServer
from tests.sync.central.counted import counted_rows
from tests.sync.conftest import LONG_ON_BOTH
from tests.sync.counted_alike import counts_at_service, own_counts, read_all_beside
from tests.sync.demonstration_month import demonstration_month
from tests.sync.points import Point
from tests.sync.programme import Programme
from tests.sync.service_process import command

Told = tuple[Programme, dict[int, Point]]


@pytest.fixture(params=LONG_ON_BOTH)
def month(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """Forty days of three points at a service on each engine."""
    folder = tmp_path_factory.mktemp("month")
    if request.param == "sqlite":
        with demonstration_month(sqlite_url(folder / "central.sqlite"), folder) as told:
            yield told
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        assert command("migrate", "--database", url).returncode == 0
        with demonstration_month(url, folder) as told:
            yield told


def test_service_and_points_count_alike_after_a_month(month: Told) -> None:
    programme, points = month
    read_all_beside(programme.engine)

    for station, point in points.items():
        ours = own_counts(point)
        assert counts_at_service(programme.engine, station) == ours
        assert sum(n for cell, n in ours.items() if cell.measure == "received") > 60
        assert any(cell.measure == "given" and cell.level for cell in ours)

    before = counted_rows(programme.engine)
    with opened(programme.engine.url.render_as_string(hide_password=False)) as engine:
        projector.count_anew(engine, programme.reference)
    assert counted_rows(programme.engine) == before
