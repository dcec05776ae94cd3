"""A few scans by real keys at 5 ms: the long run is `tests/proof/test_scan_robot.py`."""

import sys
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.robot import Asking, Robot, keys_of
from tests.ui.workplaces import workplace_at
from ui.hand import Hand

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="keys are pressed by an X server")


def test_real_keys_are_read_right_or_told_and_answer_no_dialog(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    before, Asking.answered = store.device(code), 0
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        hand = Hand(place.window)
        with keys_of(hand) as keys:
            robot = Robot(place, hand, keys, Random(11))  # noqa: S311 -- the same each time
            pages = ("today", "intake", "bench", "stock", "handover", "settings")
            outcomes = [robot.scan(page, code) for page in pages]

    assert [str(one) for one in outcomes if one.is_wrong] == []
    assert any(one.read for one in outcomes)
    assert Asking.answered == 0
    assert store.device(code) == before
