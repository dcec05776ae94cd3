import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from socket import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from station import events as e
from station import handover
from station.ledger import ChainId
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from tests.station import life
from tests.station.conftest import GIVER, KEY, LEAD, NOON, STATION
from tests.sync.service_process import ServiceProcess
from tests.ui.desks import desk_at
from ui.background import Background
from ui.chips import Chip
from ui.desk import Desk
from ui.sync.end import SyncEnd
from ui.sync.enrol_code import EnrolCodeLine
from ui.sync.page import SyncPage
from ui.sync.syncing import Syncing
from ui.theme import Tone


@pytest.fixture
def desk(store: SqlStore, look: None) -> Iterator[Desk]:
    with desk_at(store, GIVER) as desk:
        yield desk


@pytest.fixture
def slow(look: None) -> Iterator[Background]:
    background = Background("slow")
    yield background
    background.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    folder = tmp_path_factory.mktemp("central")
    process = ServiceProcess(sqlite_url(folder / "central.sqlite"), folder / "log")
    yield process
    process.stop()


def syncing_at(desk: Desk, store: SqlStore, slow: Background, address: str) -> Iterator[Syncing]:
    syncing = Syncing(desk, store, slow, address)
    yield syncing
    syncing.close()


@pytest.fixture
def syncing(
    desk: Desk, store: SqlStore, slow: Background, service: ServiceProcess
) -> Iterator[Syncing]:
    """At a point that the service knows."""
    service.enrol(store)
    yield from syncing_at(desk, store, slow, service.address)


@pytest.fixture
def unknown(
    desk: Desk, store: SqlStore, slow: Background, service: ServiceProcess
) -> Iterator[Syncing]:
    """At a point that the service does not know yet."""
    yield from syncing_at(desk, store, slow, service.address)


@pytest.fixture
def lead_page(
    qtbot: QtBot, store: SqlStore, slow: Background, service: ServiceProcess, look: None
) -> Iterator[SyncPage]:
    """The lead looks at the page of a point that the service does not know yet."""
    with desk_at(store, LEAD) as desk:
        syncing = Syncing(desk, store, slow, service.address)
        page = page_of(qtbot, desk, syncing)
        page.show()
        qtbot.waitUntil(code_line(page).isVisible)
        yield page
        syncing.close()


def end_of(qtbot: QtBot, syncing: Syncing) -> SyncEnd:
    with qtbot.waitSignal(syncing.ended, timeout=15_000) as ended:
        syncing.sync_now()
    assert ended.args is not None
    end = ended.args[0]
    assert isinstance(end, SyncEnd)
    return end


def page_of(qtbot: QtBot, desk: Desk, syncing: Syncing, *, connected: bool = True) -> SyncPage:
    page = SyncPage(desk, syncing.enrol, syncing.begin_anew, connected=connected)
    qtbot.addWidget(page)
    syncing.started.connect(page.show_running)
    syncing.ended.connect(page.show_result)
    page.sync_now.connect(syncing.sync_now)
    return page


def said(page: SyncPage, name: str = "syncResult") -> str:
    result = page.findChild(QLabel, name)
    assert result is not None
    return result.text()


def button(page: SyncPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def code_line(page: SyncPage) -> EnrolCodeLine:
    found = page.findChild(EnrolCodeLine)
    assert found is not None
    return found


def test_what_waits_is_sent_and_told(
    qtbot: QtBot, store: SqlStore, desk: Desk, syncing: Syncing
) -> None:
    life.receive(store)
    waiting = store.sync_state().waiting

    with qtbot.waitSignal(desk.recorded, timeout=15_000):
        end = end_of(qtbot, syncing)

    assert (end.tone, end.sentence) == (Tone.OK, f"{waiting} records were sent.")
    assert end.contact == NOON.at
    assert store.sync_state().waiting == 0
    assert end_of(qtbot, syncing).sentence == "Everything was sent already."


def test_rounds_begin_by_themselves(qtbot: QtBot, store: SqlStore, syncing: Syncing) -> None:
    with qtbot.waitSignals([syncing.started, syncing.ended], timeout=15_000):
        syncing.begin()

    assert store.sync_state().waiting == 0


def test_offline_is_a_normal_state_that_says_since_when(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    service.enrol(store)
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        syncing = Syncing(desk, store, slow, f"http://127.0.0.1:{nobody.getsockname()[1]}")

        ends = [end_of(qtbot, syncing) for _again in range(2)]
        syncing.close()

    for end in ends:
        assert end.tone is Tone.UNKNOWN
        assert "records are sent later" in end.sentence
        assert (end.offline_since, end.needs) == (NOON.at, False)
    assert store.sync_state().waiting > 0


def test_a_point_without_a_service_says_so(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background
) -> None:
    syncing = Syncing(desk, store, slow, "")
    page = page_of(qtbot, desk, syncing, connected=False)
    assert syncing.last is not None
    page.show_result(syncing.last)

    end = end_of(qtbot, syncing)

    assert end.sentence == said(page) == "This point is not connected to the service yet."
    chip = page.findChild(Chip)
    assert chip is not None
    assert chip.word == end.word == "No address set"


def test_an_address_that_is_none_is_not_called_a_lost_connection(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background
) -> None:
    end = end_of(qtbot, Syncing(desk, store, slow, "foo"))

    assert (end.tone, end.word, end.needs) == (Tone.FAIL, "Wrong address", True)
    assert "foo is no address of a service" in end.sentence


def test_a_slow_service_blocks_neither_window_nor_store_nor_closing(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    service.enrol(store)
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        syncing = Syncing(desk, store, slow, f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        with qtbot.waitSignal(syncing.started):
            syncing.sync_now()
        syncing.sync_now()  # changes nothing
        answers: list[int] = []
        failures: list[Exception] = []
        desk.ask(lambda known: known.sync_state().waiting, answers.append, failures.append)
        qtbot.waitUntil(lambda: bool(answers or failures))
        assert not failures
        assert syncing.running
        syncing.close()
        assert time.monotonic() - started < 5


def test_after_closing_nothing_is_sent_any_more(qtbot: QtBot, syncing: Syncing) -> None:
    syncing.close()
    syncing.sync_now()
    syncing.begin()

    assert not syncing.running
    assert syncing.last is None


def test_a_pc_that_is_not_enrolled_says_what_to_do(
    qtbot: QtBot, store: SqlStore, unknown: Syncing
) -> None:
    end = end_of(qtbot, unknown)

    assert (end.tone, end.word, end.needs) == (Tone.WARN, "Not enrolled", True)
    assert store.sync_state().waiting > 0


def test_the_lead_enrols_the_pc_by_its_code_and_what_waits_is_sent(
    qtbot: QtBot, store: SqlStore, service: ServiceProcess, lead_page: SyncPage
) -> None:
    line = code_line(lead_page)

    QTest.keyClicks(line, service.give_code(STATION))
    with qtbot.waitSignal(lead_page.said, timeout=15_000) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)

    assert told.args == ["Enrolled as point 012."]
    qtbot.waitUntil(lambda: store.sync_state().waiting == 0, timeout=15_000)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert "knows this PC's key" in said(lead_page, "enrolAbout")


@pytest.mark.parametrize(
    "refusal",
    [
        (lambda service: service.give_code(13), "This code is for point 013."),
        (lambda _service: "0" * 16, "The service does not know this code."),
        (lambda _service: "1234", "The code has 16 digits."),
    ],
)
def test_a_code_that_does_not_fit_is_refused_beside_its_field(
    qtbot: QtBot,
    store: SqlStore,
    service: ServiceProcess,
    lead_page: SyncPage,
    refusal: tuple[Callable[[ServiceProcess], str], str],
) -> None:
    line, (code, told) = code_line(lead_page), refusal

    QTest.keyClicks(line, code(service))
    button(lead_page, "enrol").click()

    qtbot.waitUntil(lambda: line.accessibleDescription().startswith(told))
    assert store.enrolment().grant is None


def test_enrolling_is_the_leads_work(qtbot: QtBot, desk: Desk, unknown: Syncing) -> None:
    page = page_of(qtbot, desk, unknown)
    page.show()
    qtbot.waitUntil(code_line(page).isVisible)

    page.take_code("1234567890123456")

    qtbot.waitUntil(lambda: code_line(page).text() == "1234 5678 9012 3456")
    assert not button(page, "enrol").isEnabled()
    assert "Head of the point" in button(page, "enrol").toolTip()


def test_an_old_copy_of_the_store_is_told(
    qtbot: QtBot, store: SqlStore, slow: Background, service: ServiceProcess, syncing: Syncing
) -> None:
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, syncing)
    with open_store(sqlite_url(copy), KEY, load()) as restored, desk_at(restored, GIVER) as here:
        old = Syncing(here, restored, slow, service.address)

        with qtbot.waitSignal(old.restored_copy, timeout=15_000):
            end = end_of(qtbot, old)
        old.close()

    assert end.tone is Tone.FAIL


def copied(store: SqlStore) -> Path:
    file = Path(store.engine.url.database or "")
    copy = file.with_name("copy.db")
    with closing(sqlite3.connect(file)) as original:
        original.execute("VACUUM INTO ?", (str(copy),))
    return copy


def test_a_copy_that_was_worked_on_begins_one_new_chain_and_goes_on(
    qtbot: QtBot,
    store: SqlStore,
    slow: Background,
    service: ServiceProcess,
    syncing: Syncing,
) -> None:
    end_of(qtbot, syncing)
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, syncing)
    with open_store(sqlite_url(copy), KEY, load()) as restored, desk_at(restored, GIVER) as here:
        for _ in range(3):
            life.receive(restored)
        stuck, old = restored.unanswered(100), restored.standing().chain
        again = Syncing(here, restored, slow, service.address)
        begun: list[ChainId] = []
        again.restored_copy.connect(lambda: begun.append(begin_anew(restored)))
        end_of(qtbot, again)
        qtbot.waitUntil(lambda: bool(begun))

        ends = [end_of(qtbot, again) for _ in range(2)]
        with qtbot.waitCallback() as settled:  # whatever was asked of the store is answered
            here.ask(lambda known: known.standing(), settled, settled)
        again.close()

        assert settled.args[0].chain == begun[0] != old
        assert len(begun) == 1
        assert {end.tone for end in ends} == {Tone.WARN}
        assert str(old) in ends[0].sentence
        assert ends[0].contact == NOON.at
        assert restored.unanswered(100) == stuck
        state = restored.sync_state()
        assert state.recorded == state.answered + len(stuck)


def begin_anew(store: SqlStore) -> ChainId:
    return store.start_chain(GIVER, NOON, printed=0, reason="restored")


def test_a_chain_that_was_left_meanwhile_begins_no_further_one(
    qtbot: QtBot,
    store: SqlStore,
    slow: Background,
    service: ServiceProcess,
    syncing: Syncing,
) -> None:
    end_of(qtbot, syncing)
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, syncing)
    with open_store(sqlite_url(copy), KEY, load()) as restored, desk_at(restored, GIVER) as here:
        old = Syncing(here, restored, slow, service.address)
        told: list[bool] = []
        old.restored_copy.connect(lambda: told.append(True))
        old.ended.connect(lambda _end: begin_anew(restored))  # as the witness may

        end = end_of(qtbot, old)
        with qtbot.waitCallback() as settled:
            here.ask(lambda known: known.standing(), settled, settled)
        old.close()

    assert end.tone is Tone.FAIL
    assert told == []


def test_the_page_shows_how_far_sending_is(
    qtbot: QtBot, store: SqlStore, desk: Desk, syncing: Syncing
) -> None:
    page = page_of(qtbot, desk, syncing)
    life.receive(store)
    count = store.sync_state().waiting
    page.show()
    qtbot.waitUntil(lambda: page.waiting.accessibleName() == f"{count} records to send")

    now = button(page, "syncNow")
    with qtbot.waitSignal(syncing.started):
        qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert not now.isEnabled()

    qtbot.waitUntil(lambda: said(page) == f"{count} records were sent.", timeout=15_000)
    qtbot.waitUntil(lambda: page.waiting.accessibleName() == "0 records to send")
    assert now.isEnabled()


def test_what_must_be_settled_is_counted_and_leads_to_its_page(
    qtbot: QtBot, store: SqlStore, desk: Desk, unknown: Syncing
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    claim = handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)[0]
    store.note_verdicts([e.Verdict(claim.hash, e.VOID, 1, "case_has_device")])
    page = page_of(qtbot, desk, unknown)

    page.show()

    qtbot.waitUntil(page.to_settle.isVisible)
    assert page.to_settle.text() == "1 thing to settle"
    assert page.void.accessibleName() == "1 do not count"
    with qtbot.waitSignal(page.open_page) as opened:
        page.void.click()
    assert opened.args == ["tasks"]
