from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, make
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import TECHNICIAN
from tests.ui.desks import desk_at, point_store
from tests.ui.device_desk import shows
from tests.ui.keyboard import scan
from tests.ui.workplaces import workplace_at
from ui.bench_acts import BenchAct
from ui.device_page import DevicePage
from ui.set_dialogs import JoinSetDialog
from ui.workplace import Workplace

# The machine that tests has neither sound nor video hardware, and Qt's multimedia says so.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) ", "pa_context_connect")

NOBODYS = make(CodeKind.DEVICE, 12, 999)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


@pytest.fixture
def workplace(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Workplace]:
    with (
        desk_at(store, TECHNICIAN) as desk,
        workplace_at(qtbot, desk, store, tmp_path) as place,
    ):
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        yield place


def device_page(workplace: Workplace) -> DevicePage:
    page = workplace.window.page("device")
    assert isinstance(page, DevicePage)
    return page


def scan_device(qtbot: QtBot, workplace: Workplace, code: str) -> DevicePage:
    scan(code + "\r")
    page = device_page(workplace)
    qtbot.waitUntil(lambda: shows(page, code))
    return page


def test_a_scanned_device_is_opened_from_any_page(
    qtbot: QtBot, store: SqlStore, workplace: Workplace
) -> None:
    code = life.receive(store)

    scan_device(qtbot, workplace, code)

    assert workplace.window.current_page == "device"
    assert workplace.window.refusal == ""


def test_a_code_nobody_knows_opens_nothing_and_is_told_at_the_scan_box(
    qtbot: QtBot, store: SqlStore, workplace: Workplace
) -> None:
    first, second = life.receive(store), life.receive(store)
    scan_device(qtbot, workplace, first)
    page = scan_device(qtbot, workplace, second)
    assert page.strip.count() == 2
    workplace.window.show_page("today")

    scan(NOBODYS + "\r")

    qtbot.waitUntil(lambda: "999" in workplace.window.refusal)
    assert workplace.window.current_page == "today"
    assert page.strip.count() == 2
    assert shows(page, second)


def test_after_a_dialog_that_let_scans_through_the_keys_go_to_the_scan_box(
    qtbot: QtBot, store: SqlStore, workplace: Workplace
) -> None:
    page = scan_device(qtbot, workplace, life.receive(store))
    page.perform(BenchAct.JOIN_SET)
    dialog = page.findChild(JoinSetDialog)
    assert dialog is not None
    keys_to(qtbot, dialog)
    workplace.window.navigation.setFocus()

    dialog.reject()
    keys_to(qtbot, workplace.window)

    qtbot.waitUntil(workplace.window.scan_box.hasFocus)


def keys_to(qtbot: QtBot, window: QWidget) -> None:
    """A display without a window manager forgets to."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


# ---- what this PC remembers of the store ----


def seen_note(folder: Path, store: SqlStore) -> Path:
    return folder / "state" / f"{store.standing().store_id}.seen.json"


def settle(qtbot: QtBot, workplace: Workplace) -> None:
    answers: list[object] = []
    workplace.desk.ask(lambda asked: asked.standing(), answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))


def opened(qtbot: QtBot, store: SqlStore, folder: Path) -> int:
    """The chain in which work goes on after one start of the app."""
    with (
        desk_at(store, TECHNICIAN) as desk,
        workplace_at(qtbot, desk, store, folder) as place,
    ):
        place.show()
        settle(qtbot, place)
        settle(qtbot, place)
    return store.standing().chain.number


@pytest.mark.parametrize("left", [b"", b"\0" * 200, b'{"store_id":'])
def test_a_note_that_a_power_cut_spoiled_accuses_nobody(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, left: bytes
) -> None:
    life.receive(store)
    chain = store.standing().chain.number
    note = seen_note(tmp_path, store)
    note.parent.mkdir()
    note.write_bytes(left)

    assert opened(qtbot, store, tmp_path) == chain
    assert store.standing().highest_number == 1


def test_a_pc_that_cannot_take_notes_does_not_begin_anew_at_every_start(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    life.receive(store)
    chain = store.standing().chain.number
    (tmp_path / "state").write_text("a file stands in the folder's place")

    assert [opened(qtbot, store, tmp_path) for _start in range(2)] == [chain, chain]
