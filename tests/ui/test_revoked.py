"""A PC whose chain the Department revoked: told in words, and able to go on by a new code."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station import events as e
from station.ledger import ChainId
from station.operators import Operator
from station.store.store import SqlStore
from sync.central.access import revocation
from sync.central.database import opened
from tests.station import life
from tests.station.conftest import CLERK, LEAD, STATION
from tests.sync.service_process import ServiceProcess
from tests.ui.desks import desk_at
from tests.ui.sync.test_syncing import (
    button,
    code_line,
    end_of,
    page_of,
    said,
    service,
    slow,
)
from ui.background import Background
from ui.sync.page import SyncPage
from ui.sync.syncing import Syncing

__all__ = ["service", "slow"]  # fixtures

SECONDS = 15_000


@pytest.fixture
def who() -> Operator:
    return LEAD


@pytest.fixture
def revoked_page(
    qtbot: QtBot,
    store: SqlStore,
    slow: Background,
    service: ServiceProcess,
    who: Operator,
) -> Iterator[SyncPage]:
    """The page of a point whose chain was believed, sent, and was revoked then."""
    service.enrol(store)
    with desk_at(store, who) as desk:
        syncing = Syncing(desk, store, slow, service.address)
        end_of(qtbot, syncing)
        revoke(service, store.standing().chain)
        life.receive(store)
        page = page_of(qtbot, desk, syncing)
        page.show()
        assert end_of(qtbot, syncing).revoked == store.standing().chain
        qtbot.waitUntil(code_line(page).isVisible)
        yield page
        syncing.close()


def revoke(service: ServiceProcess, chain: ChainId) -> None:
    with opened(service.database) as engine:
        revocation.revoke(engine, chain, "stolen")


def test_the_lead_begins_a_new_chain_by_a_new_code_and_work_goes_on(
    qtbot: QtBot, store: SqlStore, service: ServiceProcess, revoked_page: SyncPage
) -> None:
    page, old = revoked_page, store.standing().chain
    assert "its key was taken back" in said(page, "enrolAbout")
    assert button(page, "enrol").text() == "Begin a new chain"

    QTest.keyClicks(code_line(page), service.give_code(STATION))
    with qtbot.waitSignal(page.said, timeout=SECONDS):
        QTest.keyClick(code_line(page), Qt.Key.Key_Return)

    chain = store.standing().chain
    assert chain != old
    qtbot.waitUntil(lambda: not code_line(page).isVisible(), timeout=SECONDS)
    assert begun(store).reason == "revoked"
    life.receive(store)
    page.sync_now.emit()
    qtbot.waitUntil(lambda: not store.unanswered(9, skip=(old,)), timeout=SECONDS)
    qtbot.waitUntil(lambda: "of a revoked chain stay" in said(page), timeout=SECONDS)
    assert "knows this PC's key" in said(page, "enrolAbout")


def begun(store: SqlStore) -> e.ChainStarted:
    started = [row.event.said for row in store.timeline(f"point-{STATION:03d}")]
    (newest, *_older) = [one for one in reversed(started) if isinstance(one, e.ChainStarted)]
    return newest


def test_a_code_of_another_point_begins_nothing(
    qtbot: QtBot, store: SqlStore, service: ServiceProcess, revoked_page: SyncPage
) -> None:
    line, old = code_line(revoked_page), store.standing()

    QTest.keyClicks(line, service.give_code(13))
    button(revoked_page, "enrol").click()

    qtbot.waitUntil(lambda: line.accessibleDescription().startswith("This code is for point 013"))
    assert store.standing() == old


@pytest.mark.parametrize("who", [CLERK])
def test_a_new_chain_is_the_leads_work(revoked_page: SyncPage) -> None:
    revoked_page.take_code("1234567890123456")

    assert not button(revoked_page, "enrol").isEnabled()
    assert "Head of the point" in button(revoked_page, "enrol").toolTip()
