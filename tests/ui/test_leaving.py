"""Devices that leave together: scanned into a list in the whole window, one commit, one paper."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from station import sets, stock
from station.codes import grouped
from station.device import Stage
from station.operators import Operator
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from tests.ui.device_desk import child
from tests.ui.papers.lives import retired
from tests.ui.workplaces import workplace_at
from ui.choice import Choice
from ui.leaving_page import LeavingPage
from ui.papers.disposal import e_waste_minutes
from ui.papers.offers import offers
from ui.shortcut_list import shortcuts_of
from ui.workplace import Workplace

ELSEWHERE = "point-011"


@pytest.fixture
def who() -> Operator:
    return LEAD


@pytest.fixture
def place(qtbot: QtBot, store: SqlStore, who: Operator, tmp_path: Path) -> Iterator[Workplace]:
    with desk_at(store, who) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        yield place


def page_of(place: Workplace, name: str) -> LeavingPage:
    place.window.show_page(name)
    page = place.window.page(name)
    assert isinstance(page, LeavingPage)
    return page


def scan_all(qtbot: QtBot, place: Workplace, page: LeavingPage, codes: tuple[str, ...]) -> None:
    for code in codes:
        place.routes.take(code)
        qtbot.waitUntil(partial(page.listed.__contains__, code))


def set_of_two(store: SqlStore) -> tuple[str, str]:
    head = life.receive(store, serial="A1", kind="desktop")
    member = life.receive(store, serial="M1", kind="monitor")
    sets.join_set(sets.JoinSet(head=head, member=member), store, CLERK, NOON)
    return head, member


def test_devices_sent_together_get_one_code_and_their_slip(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    codes = (life.receive(store, serial="S1"), life.receive(store, serial="S2"))
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, codes)
    offered: list[str] = []
    page.papers_offered.connect(offered.append)

    page.leave.click()
    choice = child(page, Choice, "leavingPlace")
    assert isinstance(choice, Choice)
    choice.choose(ELSEWHERE)
    page.leave.click()

    qtbot.waitUntil(lambda: bool(offered))
    lot = store.lot(offered[0])
    assert lot is not None
    assert lot.devices == codes
    assert "transfer-manifest" in offers(store, offered[0])
    assert page.listed == {}
    for code in codes:
        device = store.device(code)
        assert device is not None
        assert device.stage is Stage.IN_TRANSIT


def test_retired_devices_are_given_as_waste_on_one_paper(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    codes = (retired(store, "S1"), retired(store, "S2"))
    page = page_of(place, "waste")
    scan_all(qtbot, place, page, codes)
    offered: list[str] = []
    page.papers_offered.connect(offered.append)
    ways_back: list[Callable[[], object]] = []
    page.undoing.done.connect(lambda _told, back: ways_back.append(back))

    page.leave.click()  # nobody was named
    assert offered == []
    line = child(page, QLineEdit, "wasteReceiver")
    assert isinstance(line, QLineEdit)
    line.setText("Công ty Môi trường Xanh")
    address = child(page, QLineEdit, "wasteAddress")
    assert isinstance(address, QLineEdit)
    address.setText("12 Trần Phú")
    page.leave.click()

    qtbot.waitUntil(lambda: bool(offered))
    assert "e-waste-minutes" in offers(store, offered[0])
    facts = e_waste_minutes(store, offered[0])
    assert facts.receiver is not None
    assert facts.receiver.address == "12 Trần Phú"
    ways_back[0]()
    qtbot.waitUntil(lambda: not any(one.given_as_waste for one in map(store.device, codes) if one))


def test_what_may_not_leave_is_refused_beside_the_list_and_the_rest_stays(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    good, waste = life.receive(store, serial="S1"), retired(store, "S2")
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, (good,))

    place.routes.take(waste)
    qtbot.waitUntil(lambda: bool(page.acts.problem))
    assert page.codes() == (good,)

    place.routes.take(good)
    qtbot.waitUntil(lambda: "already" in page.acts.problem)
    assert page.codes() == (good,)
    assert page.unfinished()


def test_a_device_is_taken_off_the_list(qtbot: QtBot, place: Workplace, store: SqlStore) -> None:
    codes = (life.receive(store, serial="S1"), life.receive(store, serial="S2"))
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, codes)

    page.devices.choose(codes[0])
    page.take_off.click()

    assert page.codes() == (codes[1],)


@pytest.mark.parametrize("who", [TECHNICIAN])
def test_who_may_not_send_is_told_whose_work_it_is(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, (life.receive(store),))

    assert not page.leave.isEnabled()
    assert page.leave.toolTip()


@pytest.mark.parametrize("who", [CLERK])
def test_the_pages_are_reached_from_the_stock(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    place.window.show_page("stock")
    button = child(place.window.page("stock"), QPushButton, "leaving")
    assert isinstance(button, QPushButton)
    menu = button.menu()
    assert menu is not None
    for action in menu.actions():
        action.trigger()
        assert place.window.current_page == action.objectName()


def heard_at(page: LeavingPage) -> list[str]:
    """How each scan sounds from now on."""
    heard: list[str] = []
    page.good.connect(lambda: heard.append("good"))
    page.doubted.connect(lambda: heard.append("warning"))
    page.alarmed.connect(lambda: heard.append("bad"))
    return heard


def test_each_scan_sounds_as_it_was_judged(qtbot: QtBot, place: Workplace, store: SqlStore) -> None:
    good, waste = life.receive(store, serial="S1"), retired(store, "S2")
    page = page_of(place, "sending")
    heard = heard_at(page)

    for code in (good, waste, good, "0120009001"):
        place.routes.take(code)
    qtbot.waitUntil(lambda: len(heard) == 3)  # the last is no code: that is told at once

    assert heard == ["good", "bad", "warning"]


def test_a_set_goes_whole_and_its_member_stands_in_the_list_with_it(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    head, member = set_of_two(store)
    page = page_of(place, "sending")
    heard = heard_at(page)

    place.routes.take(member)
    qtbot.waitUntil(lambda: heard == ["bad"])
    assert grouped(head) in page.acts.problem
    scan_all(qtbot, place, page, (head,))
    assert page.listed[head].along == (member,)
    place.routes.take(member)
    qtbot.waitUntil(lambda: heard == ["bad", "good", "warning"])
    assert "already" in page.acts.problem

    offered: list[str] = []
    ways_back: list[Callable[[], object]] = []
    page.undoing.done.connect(lambda told, _back: offered.append(told))
    page.undoing.done.connect(lambda _told, back: ways_back.append(back))
    choice = child(page, Choice, "leavingPlace")
    assert isinstance(choice, Choice)
    choice.choose(ELSEWHERE)
    page.leave.click()
    qtbot.waitUntil(lambda: bool(offered))
    assert offered[0].startswith("2 devices")
    with qtbot.waitSignal(page.undoing.said):
        ways_back[0]()
    stages = {known.stage for known in map(store.device, (head, member)) if known}
    assert stages == {Stage.RECEIVED}


def test_what_is_scanned_while_the_others_leave_stays_on_the_list(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    first, late = life.receive(store, serial="S1"), life.receive(store, serial="S2")
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, (first,))
    choice = child(page, Choice, "leavingPlace")
    assert isinstance(choice, Choice)
    choice.choose(ELSEWHERE)
    place.routes.take(late)  # judged before the act, heard after the button
    page.leave.click()

    with qtbot.waitSignal(page.papers_offered):
        pass

    assert page.codes() == (late,)


def test_what_is_refused_in_the_end_leaves_the_whole_list(
    qtbot: QtBot, place: Workplace, store: SqlStore
) -> None:
    codes = (life.receive(store, serial="S1"), life.receive(store, serial="S2"))
    page = page_of(place, "sending")
    scan_all(qtbot, place, page, codes)
    stock.retire(stock.Retire(device=codes[1], reason="too-old"), store, LEAD, NOON)
    choice = child(page, Choice, "leavingPlace")
    assert isinstance(choice, Choice)
    choice.choose(ELSEWHERE)

    page.leave.click()

    qtbot.waitUntil(lambda: grouped(codes[1]) in page.acts.problem)
    assert page.codes() == codes


def test_the_keys_of_both_pages_stand_in_the_list_of_keys(qtbot: QtBot, place: Workplace) -> None:
    place.window.show_page("stock")
    qtbot.waitUntil(place.window.scan_box.hasFocus)
    known = dict(shortcuts_of(place.window))
    assert known["Alt+N"] == "Send devices away"

    qtbot.keyClick(place.window.scan_box, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)

    assert place.window.current_page == "waste"
