from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from tests.ui.desks import desk_at
from tests.ui.input_method import InputMethod
from tests.ui.keyboard import scan
from tests.ui.workplaces import workplace_at
from ui.scan_check.judging import TEST_TEXT
from ui.scan_check.memory import check_file, read_tried
from ui.scan_check.page import ScannerPage
from ui.scan_check.sheet import write_sheet
from ui.scan_check.words import method_ready, scanner_ready
from ui.scanning import preamble
from ui.scanning.habits import BY_ITSELF, ScannerHabits
from ui.settings import read_settings
from ui.theme import Tone
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Workplace]:
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        yield place
    preamble.use("")


def page_of(place: Workplace, qtbot: QtBot) -> ScannerPage:
    place.window.show_page("scanner")
    page = place.window.page("scanner")
    assert isinstance(page, ScannerPage)
    qtbot.waitUntil(page.check.probe.hasFocus)
    return page


def test_a_clean_test_scan_is_told_and_stands_on_todays_page(
    qtbot: QtBot, place: Workplace, tmp_path: Path
) -> None:
    page = page_of(place, qtbot)

    with qtbot.waitSignal(page.check.tried):
        scan(TEST_TEXT + "\r")

    assert page.check.told["scanner"] == (Tone.OK, "works")
    assert page.check.told["speed"][1] == "8 ms a character"
    tried = read_tried(check_file(tmp_path / "state"))
    assert scanner_ready(tried, NOON.day)[0] is Tone.OK
    assert method_ready(tried, NOON.day)[0] is Tone.OK
    assert scanner_ready(tried, NOON.day + timedelta(days=1))[0] is Tone.WARN


def test_an_input_method_that_is_on_is_told_and_warned_of(
    qtbot: QtBot, place: Workplace, tmp_path: Path
) -> None:
    page = page_of(place, qtbot)

    with qtbot.waitSignal(page.check.tried):
        scan(InputMethod("vni").keys_for(TEST_TEXT) + "\r")

    assert page.check.told["method"] == (Tone.WARN, "VNI is on")
    assert place.window.refusal == ""
    tried = read_tried(check_file(tmp_path / "state"))
    assert method_ready(tried, NOON.day)[0] is Tone.WARN


def test_what_is_saved_holds_at_once(qtbot: QtBot, place: Workplace, tmp_path: Path) -> None:
    page = page_of(place, qtbot)
    page.habits.port.choose(BY_ITSELF)
    page.habits.preamble.setText("~")
    page.habits.sounds.setChecked(False)

    with qtbot.waitSignal(page.said):
        page.habits.save.click()

    expected = ScannerHabits(port=BY_ITSELF, preamble="~", muted=True)
    assert read_settings(tmp_path / "settings.json").scanner == expected
    assert place.scanner.habits == expected
    place.window.show_page("today")
    heard: list[str] = []
    place.window.scan.connect(heard.append)
    scan("~0120003457\r")
    assert heard == ["0120003457"]


def test_the_test_codes_are_drawn_on_paper(tmp_path: Path) -> None:
    assert write_sheet(tmp_path / "papers" / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_settings_lead_to_the_scanner(qtbot: QtBot, place: Workplace) -> None:
    place.window.show_page("settings")

    button = place.window.page("settings").findChild(QPushButton, "openScanner")
    assert isinstance(button, QPushButton)
    button.click()

    assert place.window.current_page == "scanner"
