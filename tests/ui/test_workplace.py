from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station import handover, intake
from station.codes import CodeKind, make
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from tests.ui.device_desk import shows
from tests.ui.keyboard import scan, type_by_hand
from tests.ui.workplaces import workplace_at
from ui.device.acts import BenchAct
from ui.device.page import DevicePage
from ui.device.set_dialogs import JoinSetDialog
from ui.giving.handover_page import HandoverPage
from ui.workplace import Workplace

NOBODYS = make(CodeKind.DEVICE, 12, 999)


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


@pytest.fixture
def heard(workplace: Workplace) -> list[str]:
    """What the loudspeaker would play, in order."""
    played: list[str] = []
    names = ("good", "warning", "bad")
    workplace._sounds._players = {name: partial(played.append, name) for name in names}
    return played


def handover_page(qtbot: QtBot, workplace: Workplace) -> HandoverPage:
    """The giving page, once its lists are read."""
    workplace.window.show_page("handover")
    page = workplace.window.page("handover")
    assert isinstance(page, HandoverPage)
    qtbot.waitUntil(lambda: bool(page.match.cases.model.lines))
    return page


@pytest.mark.parametrize("kind", [CodeKind.DEVICE, CodeKind.CASE, CodeKind.LOT])
@pytest.mark.parametrize("where", ["today", "handover"])
def test_a_scan_of_what_nobody_knows_sounds_bad_only_and_stays_said(
    qtbot: QtBot, workplace: Workplace, heard: list[str], where: str, kind: CodeKind
) -> None:
    workplace.window.show_page(where)

    scan(make(kind, 12, 999) + "\r")
    qtbot.waitUntil(lambda: "999" in workplace.window.refusal)
    workplace.desk.recorded.emit()  # as when a sync brought something: every list is read again
    answers: list[object] = []
    workplace.desk.ask(lambda asked: asked.standing(), answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))

    assert heard == ["bad"]
    assert workplace.window.current_page == where
    assert "999" in workplace.window.refusal


@pytest.mark.parametrize("loaded", [True, False])
def test_a_known_case_scanned_anywhere_is_chosen_for_giving(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, heard: list[str], loaded: bool
) -> None:
    life.enter_case(store)
    case = life.enter_case(store, "Lê Văn Bình")
    if loaded:
        handover_page(qtbot, workplace)
        workplace.window.show_page("today")

    scan(case + "\r")

    def is_chosen() -> bool:
        page = workplace.window.page("handover")
        line = page.match.cases.chosen if isinstance(page, HandoverPage) else None
        return line is not None and line.case.code == case

    qtbot.waitUntil(is_chosen)
    assert workplace.window.current_page == "handover"
    assert heard == ["good"]


def test_a_lot_scanned_anywhere_is_searched_for(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, heard: list[str]
) -> None:
    two = (intake.NewDevice(kind="laptop"),) * 2
    lot = intake.receive_lot(intake.ReceiveLot(devices=two), store, CLERK, NOON).lot

    scan(lot + "\r")

    qtbot.waitUntil(lambda: workplace.window.current_page == "stock")
    qtbot.waitUntil(lambda: heard == ["good"])


def test_what_was_searched_for_stands_in_no_other_pages_scan_box(
    qtbot: QtBot, workplace: Workplace
) -> None:
    box = workplace.window.scan_box
    box.setFocus()
    type_by_hand("hoa")
    qtbot.waitUntil(lambda: workplace.window.current_page == "stock")
    assert box.text() == "hoa"

    workplace.window.show_page("today")

    assert not box.text()


@pytest.mark.parametrize("what", ["device", "case"])
def test_a_given_device_or_its_case_scanned_at_the_giving_page_shows_that_device(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, heard: list[str], what: str
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    life.enter_case(store, "Lê Văn Bình")
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    page = handover_page(qtbot, workplace)
    page.back.devices.show_lines(())  # as if it had been given too long ago for the list

    scan((device if what == "device" else case) + "\r")

    qtbot.waitUntil(lambda: page.back.isVisible() and page.back.devices.chosen is not None)
    assert workplace.window.current_page == "handover"
    assert heard == ["good"]


def test_a_device_that_is_not_for_giving_is_opened_from_the_giving_page(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, heard: list[str]
) -> None:
    life.enter_case(store)
    code = life.receive(store)
    handover_page(qtbot, workplace)

    scan_device(qtbot, workplace, code)

    assert workplace.window.current_page == "device"
    assert heard == ["good"]


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


def test_the_code_of_a_schools_batch_opens_its_lines_from_every_page(
    qtbot: QtBot, workplace: Workplace, store: SqlStore
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    command = handover.HandOverBatch(school="truong-th-go-dau", devices=(device,))
    batch = handover.hand_over_batch(command, store, GIVER, NOON).batch

    workplace.routes.take(batch)

    qtbot.waitUntil(lambda: workplace.window.current_page == "handover")
    page = workplace.window.page("handover")
    assert isinstance(page, HandoverPage)
    qtbot.waitUntil(lambda: page.lines.check.batch is not None)


def test_a_pc_that_cannot_take_notes_does_not_begin_anew_at_every_start(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    life.receive(store)
    chain = store.standing().chain.number
    (tmp_path / "state").write_text("a file stands in the folder's place")

    assert [opened(qtbot, store, tmp_path) for _start in range(2)] == [chain, chain]
