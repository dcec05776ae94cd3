from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diagnostics.shelf import Shelf
from station.device import Stage
from station.ledger import Moment
from station.ports import DeviceFilter, StoreEmpty
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from station.store.verifying import verify
from ui.bench.in_work import Place, ask_in_work
from ui.demo import opening
from ui.demo.opening import Variant, found_demonstration
from ui.demo.people import STAFF
from ui.opening import DEMONSTRATION_KEY
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
        board = Counter(line.place for line in ask_in_work(NOON)(store).lines)
        assert 9 <= board[Place.WAITING] <= 16
        assert min(board[place] for place in Place) >= 2, board
        assert store.clock_doubt(NOON.at + timedelta(minutes=1)) is None
        assert verify(store.engine).sound
    assert [file.name for file in tmp_path.glob("demo.db*")] == ["demo.db"]


def test_a_start_that_ends_amid_the_story_leaves_no_half_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, places = sqlite_url(tmp_path / "demo.db"), Places(tmp_path, tmp_path / "state")

    def power_cut(*_all: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as cut:
        cut.setattr(opening, "tell", power_cut)
        with pytest.raises(InterruptedError):
            found_demonstration(url, places, load(), Variant.BUSY, NOON)

    with pytest.raises(StoreEmpty):
        open_store(url, DEMONSTRATION_KEY, load())
    with monkeypatch.context() as short:
        short.setattr(opening, "tell", lambda *_all: None)
        with found_demonstration(url, places, load(), Variant.BUSY, NOON) as store:
            assert store.standing().seq == 1


def test_an_empty_demonstration_is_a_first_morning(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "demo.db")

    with found_demonstration(
        url, Places(tmp_path, tmp_path / "state"), load(), Variant.EMPTY, NOON
    ) as store:
        assert store.stage_counts() == ()
        assert {name.name for name in store.operators()} == {STAFF[0].name}
