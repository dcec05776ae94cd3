"""A clerk's morning with what is announced, said in sentences, by keyboard alone and counted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station import calling, offers
from station import events as e
from station.ledger import Moment
from station.offer import PickUp
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, NOON, TECHNICIAN
from tests.ui.desks import desk_at, point_store
from tests.ui.workplaces import workplace_at
from ui.act_dialog import ActDialog
from ui.cards import FigureCard
from ui.device.page import DevicePage
from ui.offers.page import OffersPage
from ui.workplace import Workplace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Morning:
    """One pair of hands at one keyboard; every key is counted."""

    def __init__(self, qtbot: QtBot, place: Workplace, store: SqlStore) -> None:
        self.bot, self.place, self.store, self.keys = qtbot, place, store, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        window = QApplication.activeModalWidget() or self.place.window
        window.activateWindow()
        self.bot.waitUntil(window.isActiveWindow)
        self.bot.keyClick(QApplication.focusWidget() or window, key, modifier)
        self.keys += 1

    def stands_on(self, page: str) -> None:
        self.bot.waitUntil(lambda: self.place.window.current_page == page)

    @property
    def offers(self) -> OffersPage:
        page = self.place.window.page("offers")
        assert isinstance(page, OffersPage)
        return page

    def next_is(self, words: str) -> None:
        self.bot.waitUntil(lambda: self.offers.offer_card.next.text() == words)

    def state_of(self, offer: str) -> PickUp | None:
        found = self.store.offer(offer)
        return found.pick_up if found else None


@pytest.fixture
def morning(qtbot: QtBot, tmp_path: Path) -> Iterator[Morning]:
    with (
        point_store(tmp_path) as store,
        desk_at(store, CLERK) as desk,
        workplace_at(qtbot, desk, store, tmp_path) as place,
    ):
        place.window.resize(1366, 768)
        yield Morning(qtbot, place, store)


def announced(store: SqlStore) -> str:
    command = offers.EnterOffer(
        items=(e.OfferedItem("laptop"),), donor=life.HOA, pick_up=True, expected_on=NOON.day
    )
    return offers.enter_offer(command, store, CLERK, NOON).header.subject


def test_a_pick_up_of_today_is_collected_brought_and_received_in_four_keys(
    morning: Morning,
) -> None:
    offer = announced(morning.store)
    morning.place.show()
    morning.bot.waitUntil(lambda: "1 appointments today" in _names(morning))

    morning.press(Qt.Key.Key_1, ALT)  # the card of appointments
    morning.stands_on("offers")
    morning.next_is("Collected, on its way")
    morning.press(Qt.Key.Key_Return, CTRL)
    morning.next_is("Arrived at the point")
    morning.press(Qt.Key.Key_Return, CTRL)
    morning.next_is("Receive from this donor")
    assert morning.state_of(offer) is PickUp.ARRIVED
    morning.press(Qt.Key.Key_Return, CTRL)

    morning.stands_on("intake")
    assert morning.keys == 4


def test_a_donor_is_rung_from_today_and_the_answer_noted_in_three_keys(morning: Morning) -> None:
    tablet = life.receive(morning.store, kind="tablet", locks=("google-account",))
    planned = calling.PlanCall(code=tablet, about="lock")
    earlier = Moment(NOON.at - timedelta(days=1))
    calling.plan_call(planned, morning.store, TECHNICIAN, earlier)
    morning.place.show()
    morning.bot.waitUntil(lambda: "1 donors to call" in _names(morning))

    morning.press(Qt.Key.Key_2, ALT)  # the card of calls
    morning.stands_on("offers")
    morning.bot.waitUntil(lambda: morning.offers.call_card.line is not None)
    morning.press(Qt.Key.Key_S, ALT)  # show the number
    number = morning.offers.call_card.phone.number
    morning.bot.waitUntil(lambda: number.text() == life.HOA.phone)
    morning.press(Qt.Key.Key_3, CTRL)  # no answer: again tomorrow

    morning.bot.waitUntil(lambda: morning.store.calls(NOON.day) == ())
    assert [one.code for one in morning.store.calls(NOON.day + timedelta(days=1))] == [tablet]
    assert morning.keys == 3


def test_a_call_is_planned_on_the_device_page(morning: Morning) -> None:
    tablet = life.receive(morning.store, kind="tablet")
    morning.place.show()
    morning.place.routes.open_device(tablet)
    morning.stands_on("device")
    morning.bot.waitUntil(lambda: _title(morning) != "")

    morning.press(Qt.Key.Key_L, ALT)
    morning.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ActDialog))
    morning.press(Qt.Key.Key_Down)  # account lock
    morning.press(Qt.Key.Key_Return, CTRL)

    morning.bot.waitUntil(lambda: len(morning.store.calls(NOON.day)) == 1)
    assert morning.keys == 3


def _names(morning: Morning) -> list[str]:
    page = morning.place.window.page("today")
    return [card.accessibleName() for card in page.findChildren(FigureCard)]


def _title(morning: Morning) -> str:
    page = morning.place.window.page("device")
    assert isinstance(page, DevicePage)
    return page.head.title.text()
