"""Years of three points, each in another order: all ends agree."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from station.store.engine import sqlite_url
from tests.postgres_server import PostgresServer
from tests.sync.programme import Programme
from tests.sync.service_process import command
from tests.sync.three_points import (
    STATIONS,
    ThreePoints,
    ThreePointsAndALostService,
    ThreePointsAndTrouble,
    after_some_weeks,
    first_days,
)

EXAMPLES, STEPS = 150, 40
MACHINES = (ThreePoints, ThreePointsAndTrouble, ThreePointsAndALostService)


@pytest.fixture(params=["sqlite", "postgresql"])
def programme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Programme]:
    """A service on each engine, with three points that have already worked."""
    folder = tmp_path_factory.mktemp("programme")
    if request.param == "sqlite":
        yield from _programme(sqlite_url(folder / "central.sqlite"), folder)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        assert command("migrate", "--database", url).returncode == 0
        yield from _programme(url, folder)


def _programme(url: str, folder: Path) -> Iterator[Programme]:
    programme = Programme(url, folder, dict.fromkeys(STATIONS, first_days), before=after_some_weeks)
    yield programme
    programme.close()


@pytest.mark.proof
@pytest.mark.parametrize("machine", MACHINES)
def test_whatever_happens_three_points_and_the_service_agree(
    machine: type[ThreePoints],
    programme: Programme,
    record_figure: Callable[[str, float, str, float | None], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "programme", programme, raising=False)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    name = f"{machine.__name__}, {programme.engine.dialect.name}"
    record_figure(f"{name}: histories that converged", EXAMPLES, "histories", None)
    record_figure(f"{name}: steps of each, at most", STEPS, "steps", None)


@pytest.mark.proof
def test_a_service_put_back_to_an_old_copy_hands_out_everything_again(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Places that were read before the loss stand for other things after it."""
    monkeypatch.setattr(ThreePointsAndALostService, "programme", programme, raising=False)
    lost = ThreePointsAndALostService()
    lost.people_work([("bring", 13, 0, 1)])
    lost.sync("push", 13, None, lose=False)
    lost.sync("pull", 12, None, lose=False)
    lost.lose_the_service()
    lost.people_work([("bring", 11, 0, 1)])
    lost.sync("push", 11, None, lose=False)
    lost.sync("pull", 12, None, lose=False)
    lost.teardown()
