"""What people must settle: both sides in words, and the lead's decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from station import documents, handover
from station import events as e
from station.codes import parse
from station.documents import TASK, Document, SharedTask
from station.people import Pupil
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON
from tests.ui.desks import desk_at
from tests.ui.full_point import case_of
from tests.ui.other_point import OTHER_STATION, bring, entry_of, other_point
from ui.desk import Desk
from ui.tasks.page import TasksPage


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqlStore]:
    with other_point(tmp_path) as store:
        yield store


@pytest.fixture
def desk(store: SqlStore, look: None) -> Iterator[Desk]:
    with desk_at(store, LEAD) as desk:
        yield desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TasksPage:
    page = TasksPage(desk)
    QAbstractItemModelTester(page.tasks.model, page)
    qtbot.addWidget(page)
    return page


def said(page: TasksPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def button(page: TasksPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def shown(qtbot: QtBot, page: TasksPage, count: int) -> None:
    page.show()
    qtbot.waitUntil(lambda: len(page.tasks.model.lines) == count)


def void_reservation(store: SqlStore) -> e.Event:
    device, case = life.ready_laptop(store), case_of(store)
    claim = handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)[0]
    store.note_verdicts([e.Verdict(claim.hash, e.VOID, 41, "case_has_device", b"x" * 32)])
    return claim


def given(store: SqlStore, serial: str, case: str) -> e.Event:
    device = life.ready_laptop(store, serial)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    events = handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return events[0]


def given_twice(store: SqlStore, other: SqlStore) -> tuple[e.Event, e.Event]:
    """The same pupil was given a device at both points."""
    case = case_of(store)
    entered = handover.EnterCase(level="primary", pupil=Pupil(name="Trần Văn An"), code=case)
    handover.enter_case(entered, other, GIVER, NOON)
    ours, theirs = given(store, "S1", case), given(other, "S2", case)
    return ours, theirs


def test_without_contradictions_the_page_says_how_they_come(qtbot: QtBot, page: TasksPage) -> None:
    page.show()

    qtbot.waitUntil(page.tasks.isVisible)
    assert not page.card.ours.isVisible()
    assert not button(page, "settle").isVisible()


def test_a_claim_that_does_not_count_is_told_with_what_to_do(
    qtbot: QtBot, store: SqlStore, page: TasksPage
) -> None:
    void_reservation(store)

    shown(qtbot, page, 1)

    assert "another device" in page.tasks.model.index(0, 1).data()
    assert said(page, "taskRule") == "Another device was kept for the same pupil first."
    assert said(page, "taskOurs").startswith("Kept for case H 012")
    assert said(page, "taskTheirs") == "Its record is not here: ask that point."


def test_both_sides_stand_beside_each_other(
    qtbot: QtBot, store: SqlStore, other: SqlStore, page: TasksPage
) -> None:
    ours, theirs = given_twice(store, other)
    bring(store, entry_of(other, theirs))
    store.note_verdicts([e.Verdict(ours.hash, e.DISPUTED, 7, "case_given_twice", theirs.hash)])

    shown(qtbot, page, 1)

    assert said(page, "taskRule") == "Two points gave a device for the same pupil."
    assert said(page, "taskOurs").startswith("Handed over to the pupil of case H 012")
    assert said(page, "taskTheirs") == said(page, "taskOurs")
    texts = [label.text() for label in page.card.theirs.findChildren(QLabel)]
    assert any(text.startswith("point 013") for text in texts)
    assert not any("Phạm Hòa" in text for text in texts)  # our operator of the same id


def test_anothers_event_against_ours_is_told_with_the_departments_decision(
    qtbot: QtBot, store: SqlStore, other: SqlStore, page: TasksPage
) -> None:
    ours, theirs = given_twice(store, other)
    told = SharedTask(
        subject=theirs.header.subject,
        event=theirs.hash,
        kind="HandedOver",
        outcome="disputed",
        rule="case_given_twice",
        other=ours.hash,
        station=OTHER_STATION,
        decision="recover",
    )
    document = Document(TASK, theirs.hash.hex(), 1, documents.encode(told))
    bring(store, entry_of(other, theirs), document)

    shown(qtbot, page, 1)

    assert said(page, "taskOurs").startswith("Handed over to the pupil of case")
    assert said(page, "taskDecided") == "The Department decided: Take the device back."


def test_the_departments_decision_on_ours_names_the_other_point(
    qtbot: QtBot, store: SqlStore, other: SqlStore, page: TasksPage
) -> None:
    ours, theirs = given_twice(store, other)
    told = SharedTask(
        subject=ours.header.subject,
        event=ours.hash,
        kind="HandedOver",
        outcome="disputed",
        rule="case_given_twice",
        other=theirs.hash,
        station=ours.header.chain.station,
        other_station=OTHER_STATION,
        decision="recover",
    )
    store.note_verdicts([e.Verdict(ours.hash, e.DISPUTED, 7, told.rule, theirs.hash)])
    bring(store, Document(TASK, ours.hash.hex(), 1, documents.encode(told)))

    shown(qtbot, page, 1)

    texts = [label.text() for label in page.card.theirs.findChildren(QLabel)]
    assert any(text.startswith(f"point {OTHER_STATION:03d}") for text in texts)


def test_the_lead_settles_and_the_line_goes(
    qtbot: QtBot, store: SqlStore, other: SqlStore, page: TasksPage
) -> None:
    ours, theirs = given_twice(store, other)
    store.note_verdicts([e.Verdict(ours.hash, e.DISPUTED, 7, "case_given_twice", theirs.hash)])
    shown(qtbot, page, 1)
    assert not button(page, "settle").isEnabled()

    choice = page.findChild(QRadioButton, "decide.leave")
    assert choice is not None
    choice.click()
    page.card.note.edit.setPlainText("Đã gọi điểm kia")
    with qtbot.waitSignal(page.said):
        qtbot.mouseClick(button(page, "settle"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not page.tasks.model.lines)
    settled = [row.event.said for row in store.timeline(ours.header.subject)][-1]
    assert isinstance(settled, e.DisputeSettled)
    assert (settled.target, settled.decision) == (ours.hash, "leave")
    assert settled.note is not None


def test_others_see_it_and_are_told_whose_work_it_is(
    qtbot: QtBot, store: SqlStore, look: None
) -> None:
    void_reservation(store)
    with desk_at(store, GIVER) as desk:
        page = TasksPage(desk)
        qtbot.addWidget(page)
        shown(qtbot, page, 1)
        choice = page.findChildren(QRadioButton)[0]
        choice.click()

        assert not button(page, "settle").isEnabled()
        assert "Head of the point" in said(page, "taskWhose")


def test_a_scan_chooses_what_is_to_be_settled_about_it_and_a_button_opens_it(
    qtbot: QtBot, store: SqlStore, page: TasksPage
) -> None:
    claim = void_reservation(store)
    shown(qtbot, page, 1)

    assert page.accept_scan(parse(claim.header.subject))
    assert not page.accept_scan(parse(life.receive(store, serial="Z9")))
    with qtbot.waitSignal(page.open_device) as opened:
        button(page, "openTask").click()
    assert opened.args == [claim.header.subject]
