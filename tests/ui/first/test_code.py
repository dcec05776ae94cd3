"""A first start with the Department's one-time code, against the real service."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import PasswordKey
from station.store.store import open_store
from tests.sync.service_process import ServiceProcess
from tests.ui.test_opening import (
    PASSWORD,
    PATIENCE_MS,
    Start,
    choose_password,
    english,
    enter,
    pc_without_a_keyring,
    said_in,
    start,
    type_in,
)
from ui.first.start import FirstStart
from ui.settings import read_settings
from ui.sign_in import SignIn
from ui.sync.enrol_code import EnrolCodeLine

__all__ = ["english", "pc_without_a_keyring", "start"]  # fixtures

ANOTHER_STATION = 13


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    folder = tmp_path_factory.mktemp("central")
    process = ServiceProcess(sqlite_url(folder / "central.sqlite"), folder / "log")
    yield process
    process.stop()


def give_code(dialog: FirstStart, code: str, address: str) -> None:
    QTest.keyClicks(dialog.code.code, code)
    type_in(dialog, "firstService", address)
    type_in(dialog, "firstLead", "Trần Thị Mai")
    enter(dialog)


def test_with_a_code_the_service_names_the_point_and_knows_it_from_the_first_record(
    start: Callable[[], Start], service: ServiceProcess, tmp_path: Path
) -> None:
    first = start()
    dialog = first.sees(FirstStart)
    give_code(dialog, service.give_code(ANOTHER_STATION), service.address)
    assert not dialog.points.isEnabled()
    choose_password(first)
    enter(first.sees(SignIn))

    assert first.works().chain.station == ANOTHER_STATION
    first.app.close()
    keys = PasswordKey(lambda _new: PASSWORD)
    with open_store(sqlite_url(tmp_path / "station.db"), keys, load()) as store:
        grant = store.enrolment().grant
        assert grant is not None
        assert grant.chain == store.standing().chain
    assert read_settings(tmp_path / "settings.json").service == service.address


def test_a_code_that_nobody_gave_is_said_and_the_point_chosen_by_hand(
    qtbot: QtBot, start: Callable[[], Start], service: ServiceProcess
) -> None:
    first = start()
    dialog = first.sees(FirstStart)
    give_code(dialog, "0" * 16, service.address)
    qtbot.waitUntil(lambda: "does not know this code" in said_in(dialog), timeout=PATIENCE_MS)

    dialog.code.code.clear()
    assert dialog.points.isEnabled()
    enter(dialog)
    choose_password(first)
    enter(first.sees(SignIn))
    first.works()


@pytest.mark.parametrize(
    ("code", "address", "told"),
    [
        ("1234", "https://example.org", "has 16 digits"),
        ("1234567890123456", "the office", "stands on the Department's paper"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    start: Callable[[], Start], code: str, address: str, told: str
) -> None:
    dialog = start().sees(FirstStart)

    give_code(dialog, code, address)

    assert told in said_in(dialog)


def test_without_a_line_the_window_says_so_and_goes_on_asking(
    qtbot: QtBot, start: Callable[[], Start]
) -> None:
    dialog = start().sees(FirstStart)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    give_code(dialog, "1234567890123456", address)

    qtbot.waitUntil(dialog.lead.isEnabled, timeout=PATIENCE_MS)
    line = dialog.findChild(EnrolCodeLine)
    assert line is not None
    told = line.accessibleDescription()
    assert told.startswith("The service cannot be reached now")
    (label,) = [one for one in dialog.findChildren(QLabel) if one.text() == told]
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert dialog.isVisible()
