"""Donors who registered are expected: found by name, phone or code, received under their offer."""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from station import documents, people
from station import events as e
from station.codes import CodeKind, make, parse
from station.documents import OFFER, Document, Offer
from station.events import OfferedItem
from station.people import Donor
from station.ports import DeviceFilter, PersonSent
from station.store.sealing import SALT_BYTES
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from tests.ui.desks import desk_at
from tests.ui.other_point import bring
from ui.desk import Desk
from ui.intake.page import IntakePage
from ui.intake.print_habits import PrintHabits
from ui.settings import Settings

OFFICE = Donor(name="Công ty TNHH Hòa Bình", organisation=True, phone="0276 382 2222")
MAI = Donor(name="Nguyễn Thị Mai", phone="0912 345 678", may_process=True)
CODE, OTHER = make(CodeKind.OFFER, 12, 1), make(CodeKind.OFFER, 12, 2)


@pytest.fixture
def desk(store: SqlStore, look: None) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, tmp_path: Path) -> IntakePage:
    page = IntakePage(desk, PrintHabits(desk, tmp_path / "settings.json", Settings()))
    QAbstractItemModelTester(page.expected.list.model, page)
    qtbot.addWidget(page)
    page.resize(1096, 676)
    return page


def came(store: SqlStore, content: people.Content) -> e.Ref:
    """A people row as it comes from the service."""
    id_, salted = secrets.token_bytes(16), secrets.token_bytes(SALT_BYTES) + people.encode(content)
    row = PersonSent(id_, 900, 1, "donor", salted)
    store.take_in_people([row], store.people_position() + 1)
    return e.Ref(id_, sha256(salted).digest())


def register(store: SqlStore, code: str, donor: Donor, on: date | None, **more: object) -> None:
    items = (OfferedItem("desktop", 2), OfferedItem("monitor", 2))
    offer = Offer(items=items, donor=came(store, donor), expected_on=on, **more)  # type: ignore[arg-type]  # fields of an offer
    bring(store, Document(OFFER, code, 1, documents.encode(offer)))


def button(page: IntakePage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def open_list(qtbot: QtBot, page: IntakePage, count: int) -> None:
    page.show()
    qtbot.waitUntil(lambda: button(page, "expectedArrivals").text() == words_of(count))
    qtbot.mouseClick(button(page, "expectedArrivals"), Qt.MouseButton.LeftButton)
    assert page.expected.isVisible()


def words_of(count: int) -> str:
    return f"Expected arrivals ({count})" if count else "Expected arrivals"


def shown(page: IntakePage) -> list[str]:
    return [line.code for line in page.expected.list.model.lines]


def test_nobody_expected_says_how_they_come(qtbot: QtBot, page: IntakePage) -> None:
    open_list(qtbot, page, 0)

    assert shown(page) == []
    texts = [label.text() for label in page.expected.findChildren(QLabel)]
    assert "Nobody is expected" in texts


def test_expected_donors_stand_by_their_day_and_letters_narrow_them(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    register(store, OTHER, MAI, NOON.day + timedelta(days=1))
    register(store, CODE, OFFICE, NOON.day - timedelta(days=1), pick_up=True)
    open_list(qtbot, page, 2)

    assert shown(page) == [CODE, OTHER]
    assert page.expected.list.model.index(0, 0).data() == "10/10/2021 · fetch it"
    assert page.expected.list.model.index(0, 4).data() == "2 × Desktop PC, 2 × Monitor"
    for typed, found in (("hoa binh", [CODE]), ("0912", [OTHER]), (OTHER, [OTHER]), ("xyz", [])):
        page.expected.search.setText(typed)
        assert shown(page) == found


def test_enter_takes_the_only_one_left_to_the_counter(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    register(store, CODE, OFFICE, NOON.day)
    open_list(qtbot, page, 1)

    page.expected.search.setText("hoa")
    QTest.keyClick(page.expected.search, Qt.Key.Key_Return)

    assert page.donor.donor == OFFICE
    assert page.counter.form.kind.chosen == "desktop"
    assert not page.expected.isVisible()


def test_what_comes_is_received_under_the_offer_and_counts_against_it(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    register(store, CODE, OFFICE, NOON.day)
    page.show()
    assert page.accept_scan(parse(CODE))
    qtbot.waitUntil(lambda: page.donor.name.text() == OFFICE.name)

    page.commit()
    qtbot.waitUntil(page.received.isVisible)

    (row,) = store.devices(DeviceFilter())
    said = store.timeline(row.device.code)[0].event.said
    assert isinstance(said, e.Received)
    assert said.offer == CODE
    (expected,) = store.expected_offers()
    assert expected.received == 1
    page.next_intake()
    assert page.donor.donor is None


def test_an_offer_that_is_not_known_here_is_noted_all_the_same(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    page.show()
    with qtbot.waitSignal(page.said) as told:
        page.accept_scan(parse(CODE))

    assert "not known here" in told.args[0]
    page.counter.form.kind.choose("laptop")
    page.counter.form.touched = True
    page.commit()
    qtbot.waitUntil(page.received.isVisible)
    (row,) = store.devices(DeviceFilter())
    said = store.timeline(row.device.code)[0].event.said
    assert isinstance(said, e.Received)
    assert said.offer == CODE


def test_a_donor_who_was_typed_stays_when_an_offer_is_scanned(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    register(store, OTHER, MAI, NOON.day)
    page.show()
    page.donor.name.setText("Lan")

    with qtbot.waitSignal(page.said):
        page.accept_scan(parse(CODE))  # nobody here knows it
    assert page.donor.name.text() == "Lan"
    with qtbot.waitSignal(page.said) as told:
        page.accept_scan(parse(OTHER))

    assert page.donor.name.text() == "Lan"
    assert MAI.name in told.args[0]


def test_another_offer_names_its_own_donor(qtbot: QtBot, store: SqlStore, page: IntakePage) -> None:
    register(store, CODE, OFFICE, NOON.day)
    register(store, OTHER, MAI, NOON.day)
    page.show()
    page.accept_scan(parse(CODE))
    qtbot.waitUntil(lambda: page.donor.name.text() == OFFICE.name)

    page.accept_scan(parse(OTHER))

    qtbot.waitUntil(lambda: page.donor.name.text() == MAI.name)


def test_what_is_on_the_counter_is_recorded_first(
    qtbot: QtBot, store: SqlStore, page: IntakePage
) -> None:
    register(store, CODE, OFFICE, NOON.day)
    page.show()
    page.donor.name.setText("Lan")

    with qtbot.waitSignal(page.said) as told:
        page.show_expected()

    assert told.args == ["Record what is on the counter first."]
    assert not page.expected.isVisible()
