"""Every page in both languages and at every scale, and every page over 100,000 devices."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.bench import big_store
from tests.ui.opened_app import opened
from tests.ui.page_walk import walk
from tests.ui.test_every_page import FINE, prepared, walked
from ui.demo.opening import Variant

DEVICES = 100_000

pytestmark = [pytest.mark.proof, pytest.mark.usefixtures("display")]


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_of_a_busy_point_is_cut(tmp_path: Path, language: str, scale: str) -> None:
    prepared(tmp_path, Variant.BUSY)

    assert walked(tmp_path, language, scale) == FINE


def test_every_page_opens_over_a_hundred_thousand_devices(qtbot: QtBot, tmp_path: Path) -> None:
    big_store.build(tmp_path / "station.db", DEVICES)

    app, work, hand = opened(tmp_path, keys=big_store.KEY)
    try:
        assert walk(work, hand, vietnamese=False) == FINE
    finally:
        app.close()
