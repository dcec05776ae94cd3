"""After a month of three points the service counts as the points do, and so from nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from sqlalchemy import select

from station.counting import CaseFacts, Count, counted
from station.moves import as_it_happened
from station.reference import UnknownReference
from station.store import tables as s
from station.store.engine import sqlite_url
from station.store.entries import items_about
from sync.central import tables as t
from sync.central.database import reading
from sync.central.numbers import projector
from tests.postgres_server import PostgresServer
from tests.sync.central.counted import counted_rows, read_all
from tests.sync.conftest import LONG_ON_BOTH
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


def own_counts(point: Point) -> Counter[Count]:
    """What a point counts by itself, from its own store alone."""
    store = point.store

    @cache
    def facts(code: str) -> CaseFacts | None:
        case = store.case(code)
        return CaseFacts(case.level, case.school or "", case.unit or "") if case else None

    def commune(station: int, day: date) -> str:
        try:
            return store.reference.point(station, day).unit
        except UnknownReference:
            return ""

    found: Counter[Count] = Counter()
    with store.engine.connect() as connection:
        codes = connection.execute(select(s.device.c.code)).scalars().all()
        for code in codes:
            history = as_it_happened(code, items_about(connection, code))
            for count in counted(history, facts, commune):
                if count.station == point.station:
                    found[_cell(count)] += count.devices
    return Counter({cell: n for cell, n in found.items() if n})


def service_counts(programme: Programme, station: int) -> Counter[Count]:
    """What the service counts of a point."""
    with reading(programme.engine) as connection:
        rows = connection.execute(select(t.tally).where(t.tally.c.station == station)).mappings()
        return Counter({_cell(Count(**row)): row["devices"] for row in rows})


def _cell(count: Count) -> Count:
    return Count(
        count.station, count.day, count.measure, 0, count.kind, count.donor_kind, count.unit,
        count.school, count.level,
    )  # fmt: skip


def test_service_and_points_count_alike_after_a_month(month: Told) -> None:
    programme, points = month
    read_all(programme.engine)

    for station, point in points.items():
        ours = own_counts(point)
        assert service_counts(programme, station) == ours
        assert sum(n for cell, n in ours.items() if cell.measure == "received") > 60
        assert any(cell.measure == "given" and cell.level for cell in ours)

    before = counted_rows(programme.engine)
    projector.count_anew(programme.engine, programme.reference)
    assert counted_rows(programme.engine) == before
