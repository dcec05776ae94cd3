"""From the laptop's window to the station's shelf, over real sockets."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from diagnostics.report import identity
from station.codes import parse_scan
from sync.pairing import grouped_short
from tests.sync.lan_point import HERE, Point, listening_point
from ui.runner.application import crashed_tests, examine
from ui.runner.result import ResultScreen
from ui.runner.sending import carry_by_lan
from ui.runner.window import RunnerWindow, Surroundings

DEVICE = "0120003457"


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Point]:
    with listening_point(tmp_path / "station") as point:
        yield point


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[RunnerWindow]:
    """The window as the program makes it, on this very machine."""
    folder = tmp_path / "laptop"
    window = RunnerWindow(
        Surroundings(
            folder=folder,
            diagnose=examine,
            find_crash=lambda: crashed_tests(folder),
            courier=carry_by_lan,
            volumes=lambda: (),
            today=lambda: date(2021, 10, 11),
            open_paper=lambda _file: True,
        )
    )
    window.show()
    yield window
    window.close()


def test_a_report_travels_from_the_laptops_window_to_the_stations_shelf(
    qtbot: QtBot, window: RunnerWindow, point: Point, tmp_path: Path
) -> None:
    begin = window.findChild(QPushButton, "profile.facts")
    assert begin is not None
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.screen_now, ResultScreen), timeout=20_000)
    address = window.findChild(QLineEdit, "address")
    assert address is not None
    address.setText(f"{HERE}:{point.port}")

    qtbot.keyClick(address, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: len(point.desk.waiting()) == 1, timeout=20_000)
    (waiting,) = point.desk.waiting()
    short, code = window.findChild(QLabel, "shortForm"), window.findChild(QLabel, "pairingCode")
    assert short is not None
    assert code is not None
    assert grouped_short(waiting.short_form) in short.text()
    point.desk.expect(parse_scan(code.text()).text, DEVICE)  # the technician scans the screen
    qtbot.waitUntil(lambda: bool(point.landed), timeout=20_000)
    (kept,) = (tmp_path / "laptop").glob("*.json")
    (digest,) = point.shelf.digests()
    assert point.landed[0].device == DEVICE
    assert digest == kept.stem == identity(kept.read_bytes())
    assert point.shelf.read(digest) == kept.read_bytes()
    qtbot.waitUntil(
        lambda: any("switch this machine off" in x.text() for x in window.findChildren(QLabel))
    )
