"""Fifty points at once, on bad lines, all after the same pupils' cases."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from station import events as e
from station import handover
from station.codes import CodeKind, make
from station.device import Stage
from station.people import Pupil
from station.refusals import Refusal
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from tests.postgres_server import PostgresServer
from tests.station import life
from tests.station.conftest import LEAD, NOON
from tests.sync import converged
from tests.sync.points import Point, a_ready_monitor
from tests.sync.programme import Programme
from tests.sync.service_process import command

STATIONS = tuple(range(101, 151))
CASES = tuple(make(CodeKind.CASE, 1, number) for number in range(1, 6))
DAYS = 12


def two_ready(store: SqlStore) -> None:
    """Something to give, and a list of pupils that every point got on paper."""
    station = store.standing().chain.station
    for n in range(2):
        a_ready_monitor(store, f"OLD-{station}-{n}")
    for case in CASES:
        entered = handover.EnterCase(code=case, level="primary", pupil=Pupil(name="Trần Văn An"))
        handover.enter_case(entered, store, LEAD, NOON)


@pytest.fixture(params=["sqlite", "postgresql"])
def programme(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Programme]:
    """A service on each engine, and fifty points that know it."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "central.sqlite")
        yield from _programme(url, tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        assert command("migrate", "--database", url).returncode == 0
        yield from _programme(url, tmp_path)


def _programme(url: str, folder: Path) -> Iterator[Programme]:
    programme = Programme(url, folder, dict.fromkeys(STATIONS, two_ready))
    yield programme
    programme.close()


def days(point: Point) -> None:
    """People work, and the line holds for a while now and then."""
    chance = Random(point.station)  # noqa: S311 -- what happens, no secret
    for _ in range(DAYS):
        life.receive(point.store, kind="monitor", note="Màn hình")
        _reserve(point, chance)
        with point.line(chance.choice([None, 0, 1, 3, 9]), lose_answer=chance.random() < 0.5):
            point.whole_round()


def _reserve(point: Point, chance: Random) -> None:
    ready = point.store.longest_waiting((Stage.READY,))
    cases = point.store.cases(waiting=True)
    if ready and cases:
        command_ = handover.Reserve(device=ready[0].code, case=chance.choice(cases).code)
        with suppress(Refusal):
            handover.reserve(command_, point.store, LEAD, NOON)


def until_quiet(points: dict[int, Point]) -> None:
    """Rounds until nobody has news."""
    before: list[tuple[int, int]] = []
    while (after := [point.mark() for point in points.values()]) != before:
        before = after
        for point in points.values():
            point.whole_round()


@pytest.mark.proof
def test_fifty_points_at_once_leave_one_history(
    programme: Programme, record_figure: Callable[[str, float, str, float | None], None]
) -> None:
    with programme.begun() as points:
        began = time.monotonic()
        with ThreadPoolExecutor(len(STATIONS)) as at_once:
            list(at_once.map(days, points.values()))
        took = time.monotonic() - began
        until_quiet(points)
        acknowledged = converged.Acknowledged()
        for point in points.values():
            acknowledged.read(point)
        kept = converged.kept_by(programme.engine)

        converged.assert_once_and_in_order(kept)
        converged.assert_all_arrived(points.values(), kept, acknowledged, set())
        converged.assert_outcomes(kept)
        converged.assert_one_winner(kept)
        converged.assert_disputes_are_tasks(programme.engine, points)
        converged.assert_stores_are_sound(points.values())
    claims = [one for one in kept if isinstance(one.event.said, e.Reserved)]
    accepted = {one.event.said for one in claims if one.outcome == e.ACCEPTED}
    assert {said.case for said in accepted if isinstance(said, e.Reserved)} == set(CASES)

    engine = programme.engine.dialect.name
    record_figure(f"50 points at once, {engine}: events, each once", len(kept), "events", None)
    record_figure(f"50 points at once, {engine}: claims", len(claims), "claims", None)
    record_figure(f"50 points at once, {engine}: took", took, "s", None)
