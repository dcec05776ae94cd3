"""What was scanned as come home from a school outlives a power cut, and is recorded once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from station import handover
from station.batches import HomeLine
from station.codes import parse
from station.device import Stage
from station.store.store import SqlStore
from tests.station.conftest import GIVER, LEAD, NOON
from tests.ui.desks import desk_at
from tests.ui.giving.test_clerks_day import ready_monitor
from tests.ui.giving.test_handover_page import SCHOOL, case_of
from ui.giving.handover_page import HandoverPage
from ui.giving.paper_draft import PAPER_FORM, PaperDraft

THREE = 3


def batch(store: SqlStore, first: int = 0) -> tuple[str, list[str]]:
    """Three monitors at a school."""
    devices = [ready_monitor(store, number) for number in range(first, first + THREE)]
    for number, device in enumerate(devices):
        case = case_of(store, f"Em {number}")
        handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    command = handover.HandOverBatch(school=SCHOOL, devices=tuple(devices))
    return handover.hand_over_batch(command, store, GIVER, NOON).batch, devices


@contextmanager
def a_page(qtbot: QtBot, store: SqlStore) -> Iterator[HandoverPage]:
    """The page as one start of the app has it; a power cut ends it without a word."""
    with desk_at(store, LEAD, NOON.at + timedelta(days=1)) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: bool(page.lines._batches))
        yield page


def cut_short(qtbot: QtBot, store: SqlStore) -> list[str]:
    """Two came home and were scanned, and then the power went."""
    code, devices = batch(store)
    with a_page(qtbot, store) as page:
        page.accept_scan(parse(code))
        for device in devices[:2]:
            page.accept_scan(parse(device))
        qtbot.waitUntil(
            lambda: (found := PAPER_FORM.found(store)) is not None and len(found.home) == 2
        )
    return devices


def test_what_came_home_is_there_again_after_a_power_cut_and_is_recorded_once(
    qtbot: QtBot, store: SqlStore
) -> None:
    devices = cut_short(qtbot, store)

    with a_page(qtbot, store) as page:
        lines = page.lines
        qtbot.waitUntil(lambda: len(lines.check.home) == 2)
        assert lines._told.text() == "1 pupil signed, 2 devices came back"
        assert not lines._found.isHidden()
        page.show_tab("lines")
        lines._confirm.click()
        qtbot.waitUntil(lambda: stage(store, devices[2]) is Stage.HANDED_OVER)

    assert store.draft(PAPER_FORM.place()) is None
    with desk_at(store, LEAD, NOON.at + timedelta(days=2)) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        page.refresh()
        qtbot.wait(100)
        assert page.unfinished() == ""


def test_a_machine_that_came_home_and_is_scanned_again_sounds_a_warning(
    qtbot: QtBot, store: SqlStore
) -> None:
    code, devices = batch(store)
    with a_page(qtbot, store) as page:
        page.accept_scan(parse(code))
        assert not page.take_scan(parse(devices[0]))
        page.accept_scan(parse(devices[0]))

        with qtbot.waitSignal(page.doubted):
            assert page.take_scan(parse(devices[0]))
        assert page.lines.check.home == (devices[0],)


def test_what_was_found_can_be_thrown_away_and_that_undone(qtbot: QtBot, store: SqlStore) -> None:
    cut_short(qtbot, store)

    with a_page(qtbot, store) as page:
        qtbot.waitUntil(lambda: len(page.lines.check.home) == 2)
        with qtbot.waitSignal(page.undoable) as told:
            page.lines._found.throw.click()

        assert page.lines.check.home == ()
        qtbot.waitUntil(lambda: store.draft(PAPER_FORM.place()) is None)
        told.args[1]()
        assert len(page.lines.check.home) == 2
        qtbot.waitUntil(lambda: store.draft(PAPER_FORM.place()) is not None)


def test_a_batch_that_was_confirmed_elsewhere_meanwhile_brings_nothing_home(
    qtbot: QtBot, store: SqlStore
) -> None:
    devices = cut_short(qtbot, store)
    for device in devices:
        line = handover.ConfirmHandover(device=device, result="signed")
        handover.confirm_handover(line, store, GIVER, NOON)
    batch(store, first=THREE)

    with a_page(qtbot, store) as page:
        qtbot.wait(100)
        assert page.unfinished() == ""


def test_what_came_home_of_a_batch_that_was_laid_aside_is_there_again_too(
    qtbot: QtBot, store: SqlStore
) -> None:
    (first, devices), (second, others) = batch(store), batch(store, first=THREE)
    with a_page(qtbot, store) as page:
        for code in (first, devices[0], second, others[0], others[1]):
            page.accept_scan(parse(code))
        qtbot.waitUntil(lambda: (kept := PAPER_FORM.found(store)) is not None and bool(kept.others))

    with a_page(qtbot, store) as page:
        lines = page.lines
        qtbot.waitUntil(lambda: len(lines.check.home) == 2)
        page.show_tab("lines")
        lines._confirm.click()
        qtbot.waitUntil(lambda: stage(store, others[2]) is Stage.HANDED_OVER)
        qtbot.waitUntil(
            lambda: (kept := PAPER_FORM.found(store)) is not None and kept.batch == first
        )
        page.accept_scan(parse(first))
        assert lines._told.text() == "2 pupils signed, 1 device came back"


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_draft(data: bytes) -> None:
    found = PAPER_FORM.decode(data)
    assert found is None or found.format == 1


def test_a_draft_is_read_back_as_it_was_kept() -> None:
    draft = PaperDraft(at=NOON.at, batch="L0120000015", home=(HomeLine("0120000015"),))

    assert PAPER_FORM.decode(PAPER_FORM.encode(draft)) == draft


def stage(store: SqlStore, code: str) -> Stage:
    found = store.device(code)
    assert found is not None
    return found.stage
