import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from station import events as e
from station import handover
from station.ledger import ChainId
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from tests.station import life
from tests.station.conftest import GIVER, KEY, NOON
from tests.sync.service_process import ServiceProcess
from tests.ui.desks import desk_at, point_store
from ui.background import Background
from ui.chips import Chip
from ui.desk import Desk
from ui.sync_page import SyncPage
from ui.syncing import SyncEnd, Syncing
from ui.theme import Tone


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


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


def end_of(qtbot: QtBot, syncing: Syncing) -> SyncEnd:
    with qtbot.waitSignal(syncing.ended, timeout=15_000) as ended:
        syncing.sync_now()
    assert ended.args is not None
    end = ended.args[0]
    assert isinstance(end, SyncEnd)
    return end


def said(page: SyncPage) -> str:
    result = page.findChild(QLabel, "syncResult")
    assert result is not None
    return result.text()


def test_what_waits_is_sent_and_told(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    life.receive(store)
    waiting = store.sync_state().waiting
    syncing = Syncing(desk, store, slow, service.address)

    with qtbot.waitSignal(desk.recorded, timeout=15_000):
        end = end_of(qtbot, syncing)

    assert (end.tone, end.sentence) == (Tone.OK, f"{waiting} records were sent.")
    assert end.contact == NOON.at
    assert store.sync_state().waiting == 0
    assert end_of(qtbot, syncing).sentence == "Everything was sent already."


def test_offline_is_a_normal_state(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background
) -> None:
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        syncing = Syncing(desk, store, slow, f"http://127.0.0.1:{nobody.getsockname()[1]}")

        end = end_of(qtbot, syncing)

    assert end.tone is Tone.UNKNOWN
    assert "records are sent later" in end.sentence
    assert store.sync_state().waiting > 0


def test_a_point_without_a_service_says_so(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background
) -> None:
    syncing = Syncing(desk, store, slow, "")
    page = SyncPage(desk)
    qtbot.addWidget(page)
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

    assert (end.tone, end.word) == (Tone.FAIL, "Wrong address")
    assert "foo is no address of a service" in end.sentence


def test_a_slow_service_blocks_neither_window_nor_store(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background
) -> None:
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        syncing = Syncing(desk, store, slow, f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        syncing.sync_now()
        syncing.sync_now()  # changes nothing
        answers: list[int] = []
        failures: list[Exception] = []
        desk.ask(lambda known: known.sync_state().waiting, answers.append, failures.append)
        qtbot.waitUntil(lambda: bool(answers or failures))
        assert not failures
        assert time.monotonic() - started < 2
        assert syncing.running
        hang_up(silent)
        qtbot.waitUntil(lambda: not syncing.running)


def hang_up(silent: socket) -> None:
    connection, _address = silent.accept()
    connection.close()


def test_after_closing_nothing_is_sent_any_more(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    syncing = Syncing(desk, store, slow, service.address)

    syncing.close()
    syncing.sync_now()

    assert not syncing.running
    assert syncing.last is None


def test_an_old_copy_of_the_store_is_told(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, Syncing(desk, store, slow, service.address))
    with open_store(sqlite_url(copy), KEY, load()) as restored:
        syncing = Syncing(desk, restored, slow, service.address)

        with qtbot.waitSignal(syncing.restored_copy, timeout=15_000):
            end = end_of(qtbot, syncing)

    assert end.tone is Tone.FAIL


def copied(store: SqlStore) -> Path:
    file = Path(store.engine.url.database or "")
    copy = file.with_name("copy.db")
    with closing(sqlite3.connect(file)) as original:
        original.execute("VACUUM INTO ?", (str(copy),))
    return copy


def test_a_copy_that_was_worked_on_begins_one_new_chain_and_goes_on(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    end_of(qtbot, Syncing(desk, store, slow, service.address))
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, Syncing(desk, store, slow, service.address))
    with open_store(sqlite_url(copy), KEY, load()) as restored, desk_at(restored, GIVER) as here:
        for _ in range(3):
            life.receive(restored)
        stuck, old = restored.unanswered(100), restored.standing().chain
        syncing = Syncing(here, restored, slow, service.address)
        begun: list[ChainId] = []
        syncing.restored_copy.connect(lambda: begun.append(begin_anew(restored)))
        end_of(qtbot, syncing)
        qtbot.waitUntil(lambda: bool(begun))

        ends = [end_of(qtbot, syncing) for _ in range(2)]
        with qtbot.waitCallback() as settled:  # whatever was asked of the store is answered
            here.ask(lambda known: known.standing(), settled, settled)

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
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    end_of(qtbot, Syncing(desk, store, slow, service.address))
    copy = copied(store)
    life.receive(store)
    end_of(qtbot, Syncing(desk, store, slow, service.address))
    with open_store(sqlite_url(copy), KEY, load()) as restored, desk_at(restored, GIVER) as here:
        syncing = Syncing(here, restored, slow, service.address)
        told: list[bool] = []
        syncing.restored_copy.connect(lambda: told.append(True))
        syncing.ended.connect(lambda _end: begin_anew(restored))  # as the witness may

        end = end_of(qtbot, syncing)
        with qtbot.waitCallback() as settled:
            here.ask(lambda known: known.standing(), settled, settled)

    assert end.tone is Tone.FAIL
    assert told == []


def test_the_page_shows_how_far_sending_is(
    qtbot: QtBot, store: SqlStore, desk: Desk, slow: Background, service: ServiceProcess
) -> None:
    page = SyncPage(desk)
    QAbstractItemModelTester(page.tasks.model, page)
    qtbot.addWidget(page)
    syncing = Syncing(desk, store, slow, service.address)
    syncing.started.connect(page.show_running)
    syncing.ended.connect(page.show_result)
    page.sync_now.connect(syncing.sync_now)
    life.receive(store)
    count = store.sync_state().waiting
    page.show()
    qtbot.waitUntil(lambda: page.waiting.accessibleName() == f"{count} wait to be sent")

    now = page.findChild(QPushButton, "syncNow")
    assert now is not None
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert said(page) == "Records are being sent. Go on working."
    assert not now.isEnabled()

    qtbot.waitUntil(lambda: said(page) == f"{count} records were sent.", timeout=15_000)
    qtbot.waitUntil(lambda: page.waiting.accessibleName() == "0 wait to be sent")
    assert now.isEnabled()


def test_a_reservation_that_does_not_count_stands_as_a_task(
    qtbot: QtBot, store: SqlStore, desk: Desk
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    claim = handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)[0]
    store.note_verdicts([e.Verdict(claim.hash, e.VOID, 1, "case_has_device")])
    page = SyncPage(desk)
    qtbot.addWidget(page)

    page.show()

    qtbot.waitUntil(lambda: len(page.tasks.model.lines) == 1)
    model = page.tasks.model
    shown = [model.index(0, column).data() for column in range(2)]
    assert shown == ["012 000001 5", "Does not count"]
    assert "another pupil" in model.index(0, 2).data()
