"""Scans by real keys into every page, dialogs coming and going, input methods in between."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from station.ledger import Moment
from station.ports import DeviceFilter
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from station.store.verifying import verify
from tests.ui.opened_app import opened
from tests.ui.robot import Outcome, Robot, keys_of
from ui.demo.opening import Variant, found_demonstration
from ui.opening import DEMONSTRATION_KEY
from ui.places import Places

SCANS_A_PAGE = 20
SEED = 5_112
OWN_SCANS = {"scanner"}  # keeps what is scanned into its test

Figure = Callable[[str, float, str, float | None], None]

pytestmark = pytest.mark.proof


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    when = Moment(datetime.now().astimezone())
    places = Places(tmp_path, tmp_path / "state")
    url = sqlite_url(tmp_path / "station.db")
    found_demonstration(url, places, load(), Variant.BUSY, when).close()
    return tmp_path


def test_no_scan_is_read_wrong_and_none_is_lost(
    qtbot: QtBot, folder: Path, record_figure: Figure
) -> None:
    url = sqlite_url(folder / "station.db")
    with open_store(url, DEMONSTRATION_KEY, load()) as store:
        codes = [row.device.code for row in store.devices(DeviceFilter(), limit=200)]
        before = store.standing()
    app, work, hand = opened(folder)
    pages = [key for key in work.window.keys if key not in OWN_SCANS]

    with keys_of(hand) as keys:
        robot = Robot(work, hand, keys, rng := Random(SEED))  # noqa: S311 -- the same each time
        outcomes = [
            robot.scan(page, rng.choice(codes)) for _turn in range(SCANS_A_PAGE) for page in pages
        ]
    app.close()

    wrong = [one for one in outcomes if one.is_wrong]
    lost = [one for one in outcomes if one.is_lost]
    assert [str(one) for one in wrong] == []
    assert [str(one) for one in lost] == []
    _record(outcomes, record_figure)
    with open_store(url, DEMONSTRATION_KEY, load()) as store:
        assert verify(store.engine).sound
        assert store.standing() == before


def _record(outcomes: list[Outcome], record_figure: Figure) -> None:
    fates = Counter(_fate(one) for one in outcomes)
    record_figure("scans by real keys into every page", len(outcomes), "scans", None)
    record_figure("of these read at once", fates["read"], "scans", None)
    record_figure("of these given to no window by the X server", fates["gone"], "scans", None)
    record_figure("of these told to scan again", fates["told"], "scans", None)
    record_figure(
        "of these brought as slowly as a hand types, and taken so", fates["slow"], "scans", None
    )


def _fate(one: Outcome) -> str:
    if one.read or one.told:
        return "read" if one.read else "told"
    return "slow" if one.was_slow else "gone"
