"""A few histories of three points; `make proof` goes through many more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from station.store.engine import sqlite_url
from tests.sync.kill_campaign import AWAY, HERE, Campaign
from tests.sync.programme import Programme
from tests.sync.three_points import (
    STATIONS,
    ThreePoints,
    ThreePointsAndTrouble,
    after_some_weeks,
    first_days,
)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    """A service with three points that have already worked."""
    folder = tmp_path_factory.mktemp("programme")
    url = sqlite_url(folder / "central.sqlite")
    programme = Programme(url, folder, dict.fromkeys(STATIONS, first_days), before=after_some_weeks)
    yield programme
    programme.close()


@pytest.mark.parametrize("machine", [ThreePoints, ThreePointsAndTrouble])
def test_whatever_happens_three_points_and_the_service_agree(
    machine: type[ThreePoints], programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "programme", programme, raising=False)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=2,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_kill_loses_what_was_promised(programme: Programme, tmp_path: Path) -> None:
    with programme.begun() as points:
        campaign = Campaign(programme, {n: points[n] for n in (HERE, AWAY)}, seed=1)
        campaign.others_work()
        campaign.kill_point()
        campaign.kill_service_often(1)
        assert campaign.survived().lost == 0
