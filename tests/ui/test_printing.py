"""Labels and minutes drawn beside the store's own thread: said at once, kept whole, noted after."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from pytestqt.qtbot import QtBot

from station import events as e
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at, point_store
from ui.desk import Desk
from ui.papers.history import NothingToSay
from ui.printing import KEPT_DAYS, Printing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


@pytest.fixture
def desk(store: SqlStore) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def printing(qtbot: QtBot, desk: Desk, folder: Path) -> Iterator[Printing]:
    printing = Printing(desk, folder)
    yield printing
    printing.close()


def labels_of(store: SqlStore, code: str) -> int:
    device = store.device(code)
    assert device is not None
    return device.labels


def test_a_label_is_announced_drawn_and_only_then_noted(
    qtbot: QtBot, printing: Printing, store: SqlStore
) -> None:
    code = life.receive(store)
    heard: list[str] = []
    printing.begun.connect(lambda: heard.append("begun"))
    printing.ready.connect(lambda file: heard.append(f"ready {labels_of(store, code)} {file}"))

    printing.print_labels((code,))
    assert heard == ["begun"]  # before anything is drawn

    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard[1].startswith("ready 1 ")
    assert "ready" in heard[1]


def test_drawing_does_not_hold_up_the_store(
    qtbot: QtBot, printing: Printing, desk: Desk, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first drawing loads reportlab; acts go on meanwhile."""
    code = life.receive(store)
    going_on = threading.Event()
    real_replace = Path.write_bytes

    def slow(file: Path, data: bytes) -> int:
        going_on.wait(10)
        return real_replace(file, data)

    monkeypatch.setattr(Path, "write_bytes", slow)
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

    assert [file.name for file in ready] == [f"labels-{code}-1.pdf", f"labels-{code}-2.pdf"]
    for file in ready:
        assert len(pypdf.PdfReader(file).pages) == 1
        assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
    said = [row.event.said for row in store.timeline(code)]
    assert [each.reprint for each in said if isinstance(each, e.LabelPrinted)] == [0, 1]


def test_what_cannot_be_printed_is_refused_and_leaves_nothing(
    qtbot: QtBot, printing: Printing, store: SqlStore, folder: Path
) -> None:
    code, case = life.ready_laptop(store), life.enter_case(store)
    refused: list[Exception] = []
    printing.refused.connect(refused.append)

    printing.print_minutes((code,), case)

    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], NothingToSay)
    assert not list(folder.glob("*"))


def test_a_folder_that_takes_nothing_is_refused_and_no_label_is_noted(
    qtbot: QtBot, printing: Printing, store: SqlStore, folder: Path
) -> None:
    code = life.receive(store)
    folder.write_text("a file stands in the folder's place")
    refused: list[Exception] = []
    printing.refused.connect(refused.append)

    printing.print_labels((code,))

    qtbot.waitUntil(lambda: bool(refused), timeout=20_000)
    assert isinstance(refused[0], OSError)
    assert labels_of(store, code) == 0


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
    qtbot: QtBot, desk: Desk, folder: Path
) -> None:
    old, young = papers_in(folder)

    Printing(desk, folder).close()

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


def test_papers_of_last_week_are_gone_after_the_next_print(
    qtbot: QtBot, printing: Printing, store: SqlStore, folder: Path
) -> None:
    old, young = papers_in(folder)
    ready: list[Path] = []
    printing.ready.connect(ready.append)

    printing.print_labels((life.receive(store),))

    qtbot.waitUntil(lambda: bool(ready), timeout=20_000)
    assert not old.exists()
    assert young.exists()
