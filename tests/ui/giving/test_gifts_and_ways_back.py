"""Direct gifts on the page of giving, and the way back of each act in the message line."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from station import batches, handover
from station.codes import CodeKind, make, parse
from station.device import Device, Stage
from station.direct_gifts import Promise, promise
from station.paperwork import NewPaper, make_papers
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON
from tests.ui.desks import desk_at
from tests.ui.giving.test_handover_page import (
    at_school,
    case_of,
    click,
    fill_in,
    find,
    given,
    open_page,
    promised,
    tab,
)
from ui.act_dialog import ActDialog
from ui.choice import Choice
from ui.giving.handover_page import HandoverPage
from ui.lending.lend_dialog import LendDialog


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore) -> Iterator[HandoverPage]:
    with desk_at(store, LEAD, NOON.at + timedelta(days=1)) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        page.resize(1100, 640)
        yield page


def device_of(store: SqlStore, code: str) -> Device:
    found = store.device(code)
    assert found is not None
    return found


def done(qtbot: QtBot, page: HandoverPage, act: Callable[[], object]) -> Callable[[], object]:
    """Do it; what takes it back."""
    with qtbot.waitSignal(page.undoable) as told:
        act()
    assert told.args is not None
    back: Callable[[], object] = told.args[1]
    return back


def open_gift(qtbot: QtBot, page: HandoverPage, case: str) -> ActDialog:
    page.match.cases.choose(case)
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(ActDialog, "direct_gift_dialog") is not None)
    return find(page, "direct_gift_dialog", ActDialog)


def test_a_gift_past_the_point_is_entered_for_its_case_and_taken_back(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    case = case_of(store)
    open_page(qtbot, page)
    dialog = open_gift(qtbot, page, case)
    click(qtbot, dialog, "confirm")
    assert find(dialog, "giftKind", Choice).accessibleDescription() == "Please choose."

    find(dialog, "giftKind", Choice).choose("laptop")
    fill_in(qtbot, dialog, "giftDonor", "Nguyen Ba")
    fill_in(qtbot, dialog, "giftModel", "E7450")
    back = done(qtbot, page, lambda: click(qtbot, dialog, "confirm"))

    known = store.case(case)
    assert known is not None
    (code,) = known.devices
    assert device_of(store, code).unchecked
    qtbot.waitUntil(lambda: bool(page.back.devices.model.lines))
    assert page.back.devices.model.index(0, 3).data() == "Given directly, not checked"

    back()
    qtbot.waitUntil(lambda: device_of(store, code).mistaken)
    qtbot.waitUntil(lambda: bool(page.match.cases.model.lines))


def test_a_second_device_for_a_pupil_is_recorded_by_who_knows_that_both_are_true(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    case = case_of(store)
    device = life.ready_laptop(store)
    open_page(qtbot, page)
    dialog = open_gift(qtbot, page, case)
    find(dialog, "giftKind", Choice).choose("tablet")
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)

    click(qtbot, dialog, "confirm")
    beside = find(dialog, "giftBeside", QCheckBox)
    qtbot.waitUntil(beside.isVisible)
    beside.setChecked(True)
    done(qtbot, page, lambda: click(qtbot, dialog, "confirm"))

    known = store.case(case)
    assert known is not None
    assert len(known.devices) == 2


def test_a_gift_stands_first_for_its_case_and_nowhere_for_another_until_it_is_released(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    chosen, other = case_of(store), case_of(store, "Bình")
    better, gift = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    promise(Promise(device=gift, case=chosen), store, CLERK, NOON)
    open_page(qtbot, page)
    ready, release = page.match.devices, find(page, "releasePromise", QPushButton)

    page.match.cases.choose(other)
    assert [line.device.code for line in ready.model.lines] == [better]
    page.match.cases.choose(chosen)
    assert [line.device.code for line in ready.model.lines] == [gift, better]
    assert ready.model.lines[0].why.startswith("The donor chose this pupil")
    assert page.match.waiting.gift(page.match.cases.model.lines[0]) == "direct gift: ready"

    ready.choose(gift)
    assert release.isVisible()
    click(qtbot, page, "releasePromise")
    dialog = find(page, "release_promise_dialog", ActDialog)
    find(dialog, "reason", Choice).choose("case-withdrawn")
    back = done(qtbot, page, lambda: click(qtbot, dialog, "confirm"))
    assert device_of(store, gift).promised is None
    back()
    qtbot.waitUntil(lambda: device_of(store, gift).promised == chosen)


def test_a_hand_over_and_a_freed_device_have_their_way_back(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = promised(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    back = done(qtbot, page, lambda: click(qtbot, page, "handOver"))
    assert device_of(store, device).stage is Stage.HANDED_OVER
    back()
    qtbot.waitUntil(lambda: device_of(store, device).stage is Stage.RESERVED)

    qtbot.waitUntil(lambda: bool(page.pupil.devices.model.lines))
    page.pupil.devices.choose(device)
    click(qtbot, page, "freeDevice")
    dialog = find(page, "free_device_dialog", ActDialog)
    find(dialog, "reason", Choice).choose("case-moved")
    back = done(qtbot, page, lambda: click(qtbot, dialog, "confirm"))
    assert device_of(store, device).stage is Stage.READY
    back()
    qtbot.waitUntil(lambda: device_of(store, device).stage is Stage.RESERVED)


def test_what_came_after_an_act_keeps_it_from_being_undone_and_says_so(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    (device,) = at_school(store, ("S1",))
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    find(page, "delivery.absent", QRadioButton).click()
    back = done(qtbot, page, lambda: click(qtbot, page, "recordLine"))
    signed = handover.ConfirmHandover(device=device, result="signed")
    handover.confirm_handover(signed, store, GIVER, NOON)
    batches.reopen_lines((device,), store, GIVER, NOON)

    with qtbot.waitSignal(page.said) as said:
        back()

    assert said.args is not None
    assert "cannot be undone any more" in said.args[0]


def test_the_signed_list_takes_its_batch_up_and_another_paper_is_shown(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    devices = at_school(store, ("S1", "S2"))
    batch = device_of(store, devices[0]).batch
    assert batch is not None
    new = (NewPaper(paper="signing-list", about=(batch, *devices)),)
    (paper,) = make_papers(new, lambda _place, code: code.encode(), store, GIVER, NOON)
    open_page(qtbot, page)

    assert page.accept_scan(parse(paper.code))
    qtbot.waitUntil(lambda: page.lines.check.batch is not None)
    assert tab(page) == "lines"
    assert find(page, "confirmBatch", QPushButton).isEnabled()

    strange = parse(make(CodeKind.PAPER, 12, 999))
    with qtbot.waitSignal(page.not_mine) as told:
        page.accept_scan(strange)
    assert told.args == [strange]


def test_a_line_code_of_the_list_chooses_its_line_and_a_device_that_stayed_is_said_so(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    first, second = at_school(store, ("S1", "S2"))
    open_page(qtbot, page)
    page.show_tab("lines")
    page.accept_scan(parse(device_of(store, first).batch or ""))

    assert page.accept_scan(parse(device_of(store, second).case_code()))
    assert page.lines.check.home == ()
    find(page, "delivery.left-out", QRadioButton).click()
    done(qtbot, page, lambda: click(qtbot, page, "recordLine"))

    left = device_of(store, second)
    assert (left.undelivered, left.place) == ("left-out", "point-012")

    page.accept_scan(parse(first))
    assert page.unfinished()
    click(qtbot, page, "notHome")
    assert not page.unfinished()


def test_a_laptop_takes_along_what_was_packed_for_the_school(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = promised(store)
    promised(store, "S2", "Bình")
    open_page(qtbot, page)
    page.show_tab("school")
    for _scan in range(2):
        assert page.accept_scan(parse(device))
    qtbot.waitUntil(lambda: device_of(store, device).packed)
    qtbot.waitUntil(lambda: len(page.school.schools.model.lines[0].packed) == 1)

    click(qtbot, page, "laptopAlong")

    qtbot.waitUntil(lambda: page.findChild(LendDialog) is not None)
    dialog = page.findChild(LendDialog)
    assert isinstance(dialog, LendDialog)
    assert dialog.devices.ticked == (device,)


def test_the_lists_are_narrowed_without_marks(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    case_of(store, "Đỗ Thị Ngọc Ánh")
    wanted = case_of(store, "Trần Bình")
    open_page(qtbot, page)

    fill_in(qtbot, page, "caseFilter", "tran binh go dau")
    assert [line.case.code for line in page.match.cases.model.lines] == [wanted]
    find(page, "waitingLevel", Choice).choose("upper-secondary")
    assert page.match.cases.model.lines == ()
    find(page, "waitingLevel", Choice).setCurrentIndex(0)

    other = find(page, "caseFilter", QLineEdit)
    page.accept_scan(parse(wanted))
    other.setText("anh")
    assert page.accept_scan(parse(wanted)), "who scans a case wants it, whatever was typed"
    assert other.text() == ""


def test_what_a_family_brought_or_took_by_mistake_stands_as_before(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = given(store)
    before = device_of(store, device)
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    for button, name, reason in (
        ("takeBack", "take_back_dialog", "broke-in-use"),
        ("returnToStock", "return_to_stock_dialog", "exchanged"),
    ):
        click(qtbot, page, button)
        dialog = find(page, name, ActDialog)
        find(dialog, "reason", Choice).choose(reason)
        back = done(qtbot, page, partial(click, qtbot, dialog, "confirm"))
        assert device_of(store, device).stage is not before.stage

        with qtbot.waitSignal(page.said) as told:
            back()

        assert told.args == ["Undone: everything stands as before."]
        now = device_of(store, device)
        assert (now.stage, now.case, now.grade) == (before.stage, before.case, before.grade)
        qtbot.waitUntil(lambda: page.back.devices.choose(device))
