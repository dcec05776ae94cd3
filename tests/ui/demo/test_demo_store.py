from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diagnostics.shelf import Shelf
from station.device import Stage
from station.ledger import Moment
from station.ports import DeviceFilter
from station.reference import load
from station.store.engine import sqlite_url
from station.store.verifying import verify
from ui.demo.opening import Variant, found_demonstration
from ui.demo.people import STAFF
from ui.places import Places

NOON = Moment(datetime.fromisoformat("2026-11-25T12:00:00+07:00"))


def test_a_busy_demonstration_shows_every_stage_and_something_to_settle(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "demo.db")

    with found_demonstration(
        url, Places(tmp_path, tmp_path / "state"), load(), Variant.BUSY, NOON
    ) as store:
        assert store.count_devices(DeviceFilter()) == pytest.approx(400, abs=25)
        assert {count.stage for count in store.stage_counts()} == set(Stage)
        assert {task.outcome for task in store.tasks()} == {"void", "disputed"}
        assert len(store.cases(waiting=True)) > 30
        assert store.sync_state().waiting > 0
        assert len(Shelf(tmp_path / "reports").digests()) > 150
        assert store.clock_doubt(NOON.at + timedelta(minutes=1)) is None
        assert verify(store.engine).sound


def test_an_empty_demonstration_is_a_first_morning(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "demo.db")

    with found_demonstration(
        url, Places(tmp_path, tmp_path / "state"), load(), Variant.EMPTY, NOON
    ) as store:
        assert store.stage_counts() == ()
        assert {name.name for name in store.operators()} == {STAFF[0].name}
