"""Every page in Vietnamese, with nothing in the store and with one device.

A busy point's, at every scale and in both languages, are walked by `tests/proof`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.ledger import Moment
from station.reference import load
from station.store.engine import sqlite_url
from tests.station import life
from tests.station.conftest import NOON
from ui.demo.opening import Variant, found_demonstration
from ui.places import Places

FINE: dict[str, list[str]] = {}


def prepared(folder: Path, variant: Variant) -> None:
    places, url = Places(folder, folder / "state"), sqlite_url(folder / "station.db")
    with found_demonstration(url, places, load(), variant, Moment(NOON.at)) as store:
        if variant is Variant.EMPTY and folder.name == "one":
            life.receive(store)


def walked(
    folder: Path, language: str, scale: str, walk: str = "tests.ui.page_walk"
) -> dict[str, list[str]]:
    """What a clerk would see cut, in English or unnamed, by page."""
    command = (sys.executable, "-m", walk, str(folder), language)
    no_printers = "127.0.0.1:9"  # queues of this machine, or of another test, have English names
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "CUPS_SERVER": no_printers}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("name", ["none", "one"])
def test_every_page_opens_with_no_device_and_with_one(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    prepared(folder, Variant.EMPTY)

    assert walked(folder, "vi", "1") == FINE
