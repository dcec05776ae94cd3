"""Labels and papers beside the store's own thread: on the disk at once, noted when out."""

import os
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdf
import pytest
from pytestqt.qtbot import QtBot

from labels.printer import Printer, Route
from labels.queue.job import Job, JobState
from labels.queue.print_queue import PrintQueue
from labels.transport import Reason
from station import events as e
from station.codes import CodeKind, make
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.store.store import SqlStore
from tests.labels.transport.network_printer import (
    NetworkPrinter,
    closing_half_way,
    resetting,
    stalling,
)
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.print_desks import network, only_job, printing_at
from ui.desk import Desk
from ui.papers.describing import Wanted
from ui.papers.history import NothingToSay
from ui.papers.making import make_wanted
from ui.papers.paper_set import PaperSet
from ui.prints import label_notes
from ui.prints.printers import NamedPrinter, Printers
from ui.prints.printing import Printing
from ui.prints.viewer_printer import KEPT_DAYS

ROLL_OF_THREE = "35x22-3up-104"


@pytest.fixture
def desk(store: SqlStore) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def printing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[Printing]:
    with printing_at(desk, tmp_path) as printing:
        yield printing


def labels_of(store: SqlStore, code: str) -> int:
    device = store.device(code)
    assert device is not None
    return device.labels


def received(store: SqlStore, count: int) -> tuple[str, ...]:
    return tuple(life.receive(store, serial=f"8XK2F3{number}") for number in range(count))


# ---- no printer is set up: the system's viewer ----


def test_a_label_is_announced_drawn_kept_and_then_noted(
    qtbot: QtBot, printing: Printing, store: SqlStore
) -> None:
    code = life.receive(store)
    heard: list[str] = []
    printing.begun.connect(lambda: heard.append("begun"))
    printing.ready.connect(lambda file: heard.append(file.name))

    printing.print_labels((code,))
    assert heard == ["begun"]  # before anything is drawn

    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard[1] == "Label 012 000001 5-1.pdf"
    qtbot.waitUntil(lambda: labels_of(store, code) == 1)


def test_a_silent_printer_is_known_for_it_before_the_first_label_waits(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    with NetworkPrinter() as paper, printing_at(desk, tmp_path, network(paper.address)) as printing:
        printing.warm_up()
        qtbot.waitUntil(lambda: paper.questions == 1, timeout=20_000)
        qtbot.wait(500)  # it says nothing
        printing.print_labels((code,))
        qtbot.waitUntil(lambda: labels_of(store, code) == 1, timeout=20_000)

        assert paper.questions == 1


def test_drawing_does_not_hold_up_the_store(
    qtbot: QtBot, printing: Printing, desk: Desk, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first drawing loads reportlab; acts go on meanwhile."""
    code = life.receive(store)
    going_on = threading.Event()
    add = PrintQueue.add

    def slow(*given: object) -> Job:
        going_on.wait(10)
        return add(*given)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(PrintQueue, "add", slow)
    ready: list[Path] = []
    printing.ready.connect(ready.append)
    printing.print_labels((code,))
    answers: list[object] = []
    desk.ask(lambda asked: asked.device(code), answers.append, answers.append)

    qtbot.waitUntil(lambda: bool(answers))
    assert ready == []
    going_on.set()
    qtbot.waitUntil(lambda: bool(ready), timeout=20_000)


def test_a_print_never_overwrites_another_and_is_private(
    qtbot: QtBot, printing: Printing, store: SqlStore
) -> None:
    code = life.receive(store)
    ready: list[Path] = []
    printing.ready.connect(ready.append)
    for _copy in range(2):
        with qtbot.waitSignal(printing.ready, timeout=20_000):
            printing.print_labels((code,))
        qtbot.waitUntil(lambda: labels_of(store, code) == len(ready))

    assert [file.name for file in ready] == [f"Label 012 000001 5-{copy}.pdf" for copy in (1, 2)]
    for file in ready:
        assert len(pypdf.PdfReader(file).pages) == 1
        assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
    said = [row.event.said for row in store.timeline(code)]
    assert [each.reprint for each in said if isinstance(each, e.LabelPrinted)] == [0, 1]


def test_a_paper_that_cannot_be_made_is_told_to_whoever_asked_and_never_queued(
    qtbot: QtBot, printing: Printing, store: SqlStore
) -> None:
    device = life.ready_laptop(store)
    refused: list[Exception] = []
    made: list[object] = []
    make = partial(_make_minutes, device)

    printing.print_papers("Biên bản", make, told=made.append, refused=refused.append)

    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], NothingToSay)
    assert made == []
    assert printing.queue.jobs() == ()


def _make_minutes(of: str, store: PointStore, by: Operator, when: Moment) -> tuple[PaperSet, ...]:
    wanted = Wanted(paper="handover-minutes", about=(of,))
    return make_wanted(store, by, when, (wanted,))


def test_a_folder_that_takes_nothing_keeps_the_print_waiting_and_no_label_is_noted(
    qtbot: QtBot, printing: Printing, store: SqlStore, folder: Path
) -> None:
    code = life.receive(store)
    folder.write_text("a file stands in the folder's place")

    printing.print_labels((code,))
    qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
    qtbot.waitUntil(lambda: only_job(printing).reason is Reason.OTHER, timeout=20_000)

    assert labels_of(store, code) == 0
    folder.unlink()
    with qtbot.waitSignal(printing.ready, timeout=20_000):
        printing.retry(only_job(printing).id)
    qtbot.waitUntil(lambda: labels_of(store, code) == 1)


# ---- a printer on the network ----


def test_each_label_is_a_page_of_its_own_and_noted_once_it_is_out(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    codes = received(store, 3)
    with (
        NetworkPrinter() as printer,
        printing_at(desk, tmp_path, network(printer.address)) as printing,
    ):
        printing.print_labels(codes)
        qtbot.waitUntil(lambda: [labels_of(store, code) for code in codes] == [1, 1, 1])

        assert len(printer.pages) == 3
        assert all(b"BITMAP" in page for page in printer.pages)
        assert only_job(printing).state is JobState.DONE


def test_a_printer_that_is_off_gets_its_labels_when_it_is_on(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    (code,) = received(store, 1)
    with NetworkPrinter() as printer:
        address = printer.address
    off = network(address)  # nobody listens there any more
    with printing_at(desk, tmp_path, off) as printing:
        printing.print_labels((code,))
        qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
        qtbot.waitUntil(lambda: only_job(printing).reason is Reason.UNREACHABLE, timeout=20_000)
        assert labels_of(store, code) == 0
        assert only_job(printing).state is JobState.WAITING


@pytest.mark.parametrize("manner", [resetting(100), closing_half_way(100)])
def test_what_broke_off_asks_a_person_and_is_never_sent_again_by_itself(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path, manner: object
) -> None:
    codes = received(store, 2)
    with (
        NetworkPrinter(manner) as printer,  # type: ignore[arg-type] # parametrized
        printing_at(desk, tmp_path, network(printer.address)) as printing,
    ):
        printing.print_labels(codes)
        qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
        qtbot.waitUntil(lambda: only_job(printing).state is JobState.UNCERTAIN, timeout=20_000)
        qtbot.wait(300)

        assert len(printer.pages) == 1
        assert [labels_of(store, code) for code in codes] == [0, 0]


def broken_off(qtbot: QtBot, desk: Desk, tmp_path: Path, codes: tuple[str, ...]) -> None:
    with (
        NetworkPrinter(resetting(100)) as printer,
        printing_at(desk, tmp_path, network(printer.address)) as printing,
    ):
        printing.print_labels(codes)
        qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
        qtbot.waitUntil(lambda: only_job(printing).state is JobState.UNCERTAIN, timeout=20_000)


@pytest.mark.parametrize("came_out", [True, False])
def test_the_answer_of_a_person_decides_whether_it_is_noted_or_printed_again(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path, came_out: bool
) -> None:
    (code,) = received(store, 1)
    broken_off(qtbot, desk, tmp_path, (code,))
    with printing_at(desk, tmp_path) as printing:
        assert only_job(printing).state is JobState.UNCERTAIN  # the next start knows it
        printing.settle(only_job(printing).id, came_out)
        if came_out:
            qtbot.waitUntil(lambda: labels_of(store, code) == 1)
            assert only_job(printing).state is JobState.DONE
        else:
            assert only_job(printing).state is not JobState.UNCERTAIN
            assert labels_of(store, code) == 0


def test_closing_does_not_wait_for_a_printer_that_stalls(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    (code,) = received(store, 1)
    with NetworkPrinter(stalling) as printer:
        with printing_at(desk, tmp_path, network(printer.address)) as printing:
            printing.print_labels((code,))
            qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
            qtbot.waitUntil(lambda: only_job(printing).state is JobState.SENDING, timeout=20_000)
            began = time.monotonic()
        assert time.monotonic() - began < 6


def test_closing_right_after_asking_loses_nothing(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    codes = received(store, 2)
    with NetworkPrinter() as printer:
        off = network(printer.address)
    with printing_at(desk, tmp_path, off) as printing:
        printing.print_labels(codes)
    with printing_at(desk, tmp_path, off) as printing:
        assert [page.codes for page in only_job(printing).pages] == [(code,) for code in codes]


# ---- noted exactly once ----


def test_a_page_is_noted_once_when_the_pc_died_before_the_queue_knew(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = received(store, 1)
    refused: list[Exception] = []
    with printing_at(desk, tmp_path) as printing:
        printing.refused.connect(refused.append)
        monkeypatch.setattr(PrintQueue, "noted", _dies)
        printing.print_labels((code,))
        qtbot.waitUntil(lambda: bool(refused), timeout=20_000)
    assert labels_of(store, code) == 1
    monkeypatch.undo()

    with printing_at(desk, tmp_path) as printing:
        qtbot.waitUntil(lambda: only_job(printing).pages[0].noted)
    assert labels_of(store, code) == 1


def test_a_page_is_noted_after_the_pc_died_before_the_ledger_knew(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = received(store, 1)
    refused: list[Exception] = []
    with printing_at(desk, tmp_path) as printing:
        printing.refused.connect(refused.append)
        monkeypatch.setattr(label_notes, "record_labels", _dies)
        printing.print_labels((code,))
        qtbot.waitUntil(lambda: bool(refused), timeout=20_000)
    assert labels_of(store, code) == 0
    monkeypatch.undo()

    with printing_at(desk, tmp_path):
        qtbot.waitUntil(lambda: labels_of(store, code) == 1)


def _dies(*_given: object, **_named: object) -> None:
    raise OSError("the power went")


def test_a_blank_label_is_noted_nowhere(qtbot: QtBot, printing: Printing, store: SqlStore) -> None:
    blank = make(CodeKind.DEVICE, 12, 700)
    before = store.standing().seq

    printing.print_at_once((blank,))
    qtbot.waitUntil(lambda: bool(printing.queue.jobs()), timeout=20_000)
    qtbot.waitUntil(lambda: only_job(printing).pages[0].noted, timeout=20_000)

    assert store.device(blank) is None
    assert store.standing().seq == before


# ---- rows and sheets ----


def test_labels_of_a_roll_of_three_wait_until_their_row_is_full(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    codes = received(store, 4)
    with (
        NetworkPrinter() as printer,
        printing_at(desk, tmp_path, network(printer.address, ROLL_OF_THREE)) as printing,
    ):
        with qtbot.waitSignal(printing.row_changed) as told:
            printing.print_labels(codes[:2])
        assert told.args[0].waiting == codes[:2]
        assert told.args[0].blank == 1
        assert printing.queue.jobs() == ()

        with qtbot.waitSignal(printing.row_changed) as told:
            printing.print_labels(codes[2:])
        assert told.args[0].waiting == codes[3:]
        qtbot.waitUntil(lambda: labels_of(store, codes[2]) == 1, timeout=20_000)
        assert [page.codes for page in only_job(printing).pages] == [codes[:3]]

        printing.print_row()
        qtbot.waitUntil(lambda: labels_of(store, codes[3]) == 1, timeout=20_000)
        assert [labels_of(store, code) for code in codes] == [1, 1, 1, 1]
        assert len(printer.pages) == 2


def test_labels_that_wait_for_their_row_outlive_the_window(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    codes = received(store, 2)
    three = network("127.0.0.1:1", ROLL_OF_THREE)
    with printing_at(desk, tmp_path, three) as printing:
        printing.print_labels(codes)
    with printing_at(desk, tmp_path, three) as printing:
        with qtbot.waitSignal(printing.row_changed) as told:
            printing.look_at_row()
        assert told.args[0].waiting == codes
        printing.clear_row()
    with printing_at(desk, tmp_path, three) as printing:
        with qtbot.waitSignal(printing.row_changed) as told:
            printing.look_at_row()
        assert told.args[0].waiting == ()


def test_a_sheet_goes_on_at_its_next_free_label(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    codes = received(store, 3)
    sheet = Printer(route=Route.VIEWER, stock="a4-tomy-145")
    printers = Printers(printers=(NamedPrinter("giấy", sheet),), labels_on="giấy")
    with printing_at(desk, tmp_path, printers) as printing:
        with qtbot.waitSignal(printing.row_changed):
            printing.print_labels(codes)
        assert printing.queue.jobs() == ()  # nobody starts a sheet unasked
        with qtbot.waitSignal(printing.ready, timeout=20_000):
            printing.print_row(start=64)
        with qtbot.waitSignal(printing.row_changed) as told:
            printing.look_at_row()

    assert told.args[0].next_place == 2  # the second sheet has taken its first label
    assert len(printing.queue.jobs()) == 1


# ---- papers do not stay ----


def age(file: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(file, (then, then))


def papers_in(folder: Path) -> tuple[Path, Path]:
    """One paper that has been kept long enough, and one that has not."""
    folder.mkdir()
    old, young = folder / "minutes-1.pdf", folder / "minutes-2.pdf"
    for file, days in ((old, KEPT_DAYS + 1), (young, KEPT_DAYS - 1)):
        file.touch()
        age(file, days)
    return old, young


def test_papers_of_last_week_are_gone_after_the_start(
    qtbot: QtBot, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    old, young = papers_in(folder)

    with printing_at(desk, tmp_path):
        pass

    assert not old.exists()
    assert young.exists()


def test_an_old_paper_that_cannot_be_removed_stops_no_print(
    qtbot: QtBot, printing: Printing, store: SqlStore, folder: Path
) -> None:
    old, _young = papers_in(folder)
    held = folder / "minutes-0.pdf"
    held.mkdir()  # a folder cannot be unlinked, as on Windows a file that a viewer holds open
    age(held, KEPT_DAYS + 1)

    with qtbot.waitSignal(printing.ready, timeout=20_000):
        printing.print_labels((life.receive(store),))

    assert held.exists()
    assert not old.exists()
