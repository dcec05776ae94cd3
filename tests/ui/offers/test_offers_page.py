"""A clerk's day with what is announced: appointments, pick-ups and calls, by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station import calling, offers
from station import events as e
from station.ledger import Moment
from station.offer import Offer, PickUp
from station.people import Donor
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.act_dialog import ActDialog
from ui.desk import Desk
from ui.offers.call_lines import told_before
from ui.offers.expected import read_expected
from ui.offers.page import CALLS, OffersPage
from ui.offers.phone_line import masked
from ui.offers.pick_up_form import form_of

MAI = Donor(name="Nguyen Thi Mai", phone="0912 345 678", address="Long Hoa", may_process=True)
TOMORROW = NOON.day + timedelta(days=1)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(store: SqlStore, look: None) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OffersPage:
    page = OffersPage(desk)
    for listed in (page.arrivals, page.calls):
        QAbstractItemModelTester(listed.model, page)
    qtbot.addWidget(page)
    page.resize(1096, 676)
    return page


def announce(store: SqlStore, donor: Donor = MAI, **more: Any) -> str:
    known: dict[str, Any] = {"items": (e.OfferedItem("laptop"),), "donor": donor}
    command = offers.EnterOffer(**known | more)
    return offers.enter_offer(command, store, CLERK, NOON).header.subject


def offer_of(store: SqlStore, code: str) -> Offer:
    offer = store.offer(code)
    assert offer is not None
    return offer


def lines(page: OffersPage) -> list[str]:
    return [line.code for line in page.arrivals.model.lines]


def open_page(qtbot: QtBot, page: OffersPage, count: int = 1) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.search.setFocus()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: len(lines(page)) + len(page.calls.model.lines) >= count)


def dialog_over(qtbot: QtBot, page: OffersPage) -> ActDialog:
    qtbot.waitUntil(lambda: bool(page.findChildren(ActDialog)))
    return page.findChildren(ActDialog)[0]


def in_dialog(dialog: ActDialog, kind: type[QWidget], name: str) -> Any:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def press(page: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)


def until_next(qtbot: QtBot, page: OffersPage, word: str) -> None:
    qtbot.waitUntil(lambda: page.offer_card.next.text() == word)


def test_a_telephone_call_at_a_point_without_the_service_becomes_an_offer_and_is_taken_back(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    open_page(qtbot, page, 0)
    press(page, Qt.Key.Key_N, CTRL)
    dialog = dialog_over(qtbot, page)
    in_dialog(dialog, QLineEdit, "offerDonor").setText(MAI.name)
    in_dialog(dialog, QLineEdit, "offerPhone").setText(MAI.phone)
    in_dialog(dialog, QComboBox, "offerKind1").setCurrentIndex(1)
    dialog.confirm.click()
    assert "name and number" in dialog.donor.consent_field.error  # type: ignore[attr-defined]  # the offer's

    dialog.donor.may_process.setChecked(True)  # type: ignore[attr-defined]  # the same
    with qtbot.waitSignal(page.done) as told:
        dialog.confirm.click()

    qtbot.waitUntil(lambda: len(lines(page)) == 1)
    assert page.offer_card.title.text() == MAI.name
    told.args[1]()
    qtbot.waitUntil(lambda: lines(page) == [])


def test_a_pick_up_goes_on_with_one_key_a_time_until_the_counter(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    code = announce(store, pick_up=True)
    open_page(qtbot, page)

    press(page, Qt.Key.Key_Return, CTRL)  # agree on a day: tomorrow is proposed
    dialog_over(qtbot, page).confirm.click()
    qtbot.waitUntil(lambda: offer_of(store, code).pick_up is PickUp.AGREED)
    assert offer_of(store, code).expected_on == TOMORROW
    for next_word in ("Collected, on its way", "Arrived at the point"):
        until_next(qtbot, page, next_word)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        press(page, Qt.Key.Key_Return, CTRL)
    until_next(qtbot, page, "Receive from this donor")
    assert offer_of(store, code).pick_up is PickUp.ARRIVED
    with qtbot.waitSignal(page.receive_wanted) as wanted:
        press(page, Qt.Key.Key_Return, CTRL)

    assert wanted.args == [code]


def test_who_cannot_be_reached_is_among_the_calls_and_a_slip_is_taken_back(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    code = announce(store, pick_up=True)
    open_page(qtbot, page)

    with qtbot.waitSignal(page.done) as told:
        press(page, Qt.Key.Key_K, ALT)
    qtbot.waitUntil(lambda: len(page.calls.model.lines) == 1)
    told.args[1]()

    qtbot.waitUntil(lambda: offer_of(store, code).pick_up is PickUp.NEW)
    assert offer_of(store, code).calls == ()


def test_the_form_for_the_way_names_whom_to_visit_and_when(store: SqlStore) -> None:
    announce(store, pick_up=True, expected_on=TOMORROW, part="afternoon", note="Cổng sau")

    form = form_of(read_expected(store)[0])

    assert (form.extras.donor, form.extras.due) == (MAI, TOMORROW)
    assert form.extras.due_hour is not None
    assert (form.devices, form.extras.note) == (2, "Cổng sau")


def test_a_number_is_masked_until_one_key_shows_it(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    announce(store)
    open_page(qtbot, page)
    assert page.offer_card.phone.number.text() == "091••••678"

    press(page, Qt.Key.Key_S, ALT)

    qtbot.waitUntil(lambda: page.offer_card.phone.number.text() == MAI.phone)
    assert masked("0276 382 2222") == "027•••••222"
    assert masked("113") == "•••"


def plan(store: SqlStore, code: str, about: str = "lock") -> None:
    calling.plan_call(calling.PlanCall(code=code, about=about), store, TECHNICIAN, NOON)


def test_a_call_is_noted_in_two_keys_and_taken_back(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    tablet = life.receive(store, kind="tablet", locks=("google-account",))
    plan(store, tablet)
    open_page(qtbot, page)
    page.show_part(CALLS)

    page.call_card.note.setText("nobody home")
    press(page, Qt.Key.Key_D, CTRL)  # not tomorrow, in three days
    with qtbot.waitSignal(page.done) as told:
        press(page, Qt.Key.Key_3, CTRL)  # no answer

    assert told_before((tablet, "lock"), store)[0] == "11/10/2021 · no answer · “nobody home”"
    device = store.device(tablet)
    assert device is not None
    assert (device.calls[0].due, device.calls[0].tries) == (NOON.day + timedelta(days=3), 1)
    told.args[1]()
    qtbot.waitUntil(lambda: page.calls.model.lines[0].call.due is None)


def test_the_last_try_in_vain_says_what_follows(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    tablet = life.receive(store, kind="tablet", locks=("google-account",))
    plan(store, tablet)
    for day in (2, 1):
        noted = calling.NoteCall(code=tablet, about="lock", result="no-answer", again_on=NOON.day)
        earlier = Moment(NOON.at - timedelta(days=day))
        calling.note_call(noted, store, CLERK, earlier)
    open_page(qtbot, page)
    page.show_part(CALLS)

    with qtbot.waitSignal(page.followed) as told:
        press(page, Qt.Key.Key_3, CTRL)

    assert told.args[1] == tablet
    assert "on hold" in told.args[0]
    qtbot.waitUntil(lambda: not page.calls.model.lines)


def test_others_see_the_lists_and_are_told_whose_work_it_is(
    qtbot: QtBot, store: SqlStore, desk: Desk, page: OffersPage
) -> None:
    announce(store, pick_up=True)
    open_page(qtbot, page)
    desk.sign_in(GIVER)

    with qtbot.waitSignal(page.said) as told:
        press(page, Qt.Key.Key_Return, CTRL)

    assert not page.offer_card.next.isEnabled()
    assert told.args[0]


def test_letters_narrow_both_lists_and_an_empty_one_says_how_it_fills(
    qtbot: QtBot, store: SqlStore, page: OffersPage
) -> None:
    code = announce(store)
    announce(store, Donor(name="Hoa Binh", organisation=True))
    open_page(qtbot, page, 2)

    page.search.setText("0912")
    assert lines(page) == [code]
    page.search.setText("nobody")
    assert lines(page) == []
    assert page.offer_card.line is None
