"""What the window says of a finished paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from labels.queue.print_queue import PrintQueue
from station import handover
from station.codes import grouped
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON
from tests.ui.desks import desk_at
from ui.background import Background
from ui.places import Places
from ui.settings import Settings
from ui.workplace import Workplace


@pytest.fixture(autouse=True)
def pc_without_a_viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def open_with(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> Iterator[Callable[[Settings], Workplace]]:
    slow = Background("slow")
    opened: list[Workplace] = []
    with desk_at(store, CLERK) as desk:

        def begin(settings: Settings) -> Workplace:
            place = Workplace(
                desk,
                store,
                slow,
                Places(tmp_path, tmp_path / "state"),
                settings=settings,
                standing=store.standing(),
                names=store.operators(),
            )
            qtbot.addWidget(place.window)
            place.show()
            opened.append(place)
            return place

        yield begin
        for place in opened:
            place.close()
        slow.close()


@pytest.mark.qt_log_ignore("launch")
@pytest.mark.parametrize("wanted", [True, False])
def test_a_paper_that_nothing_shows_is_named_with_its_folder(
    open_with: Callable[[Settings], Workplace],
    store: SqlStore,
    tmp_path: Path,
    qtbot: QtBot,
    wanted: bool,
) -> None:
    device = life.receive(store)
    place = open_with(Settings(open_papers=wanted))

    place.printing.print_labels((device,))

    qtbot.waitUntil(lambda: place.window.message.startswith("Ready to print"), timeout=15_000)
    file = tmp_path / "papers" / f"Label {grouped(device)}-1.pdf"
    assert place.window.message == f"Ready to print: {file}"
    assert file.exists()


@pytest.mark.qt_log_ignore("launch")
def test_a_print_is_on_the_disk_before_the_window_closes(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, open_with: Callable[[Settings], Workplace]
) -> None:
    device, other, case = life.receive(store), life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=other, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=other, case=case), store, GIVER, NOON)
    place = open_with(Settings(open_papers=False))
    place.printing.print_labels((device,))
    place.papers.print_now("handover-minutes", case)
    place.papers.print_now("handover-minutes", device)  # which is refused

    place.close()

    queue = PrintQueue(tmp_path / "print-queue")
    titles = [job.title for job in queue.jobs()]
    queue.close()
    assert sorted(titles) == [f"Handover minutes {grouped(case)}", f"Label {grouped(device)}"]
    assert [paper.paper for paper in store.papers_about(case)] == ["handover-minutes"]
