"""The window's printing service killed again and again: what came out stands in the ledger once."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from labels.queue.job import JobState, PageState
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.labels.transport.network_printer import NetworkPrinter
from tests.station import life
from tests.station.child import start
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at, point_store
from tests.ui.print_desks import network, printing_at
from ui.prints.printing import Printing

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's"),
]
Record = Callable[[str, float, str, float | None], None]

KILLS, LABELS_EACH = 25, 4


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


def labels_of(store: SqlStore, code: str) -> int:
    device = store.device(code)
    assert device is not None
    return device.labels


def promised_until_killed(
    folder: Path, address: str, codes: list[str], random: Random
) -> list[str]:
    """Let a victim print these for a moment and kill it; the codes that it promised."""
    victim = start("tests.ui.labels_victim", folder, address, *codes)
    assert victim.stdout
    first = victim.stdout.readline()  # killed while it prints, not while it starts
    time.sleep(random.uniform(0, 0.4))
    victim.kill()
    said, _ = victim.communicate()
    return [line for line in (first + said).splitlines() if line in codes]


def settle_by_looking(printing: Printing, folder: Path, paper: NetworkPrinter) -> int:
    """A person looks at the paper for every uncertain page; how many there were."""
    uncertain = 0
    for job in printing.queue.jobs():
        if job.state is JobState.UNCERTAIN:
            paper.settle_down()
            number = next(n for n, one in enumerate(job.pages) if one.state is PageState.UNCERTAIN)
            page = folder / "print-queue" / job.id / f"page-{number + 1:04d}"
            printing.settle(job.id, page.read_bytes() in paper.pages)
            uncertain += 1
    return uncertain


def test_a_label_that_came_out_is_noted_once_whenever_the_program_was_killed(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, record_figure: Record
) -> None:
    random = Random()  # noqa: S311
    promised: list[str] = []
    uncertain = 0

    def all_over(printing: Printing) -> bool:
        nonlocal uncertain
        uncertain += settle_by_looking(printing, tmp_path, paper)
        jobs = printing.queue.jobs()
        return all(job.is_over for job in jobs) and not printing.queue.to_note()

    with NetworkPrinter() as paper, desk_at(store, CLERK) as desk:
        for kill in range(KILLS):
            codes = [
                life.receive(store, serial=f"K{kill}N{number}") for number in range(LABELS_EACH)
            ]
            promised += promised_until_killed(tmp_path, paper.address, codes, random)
            with printing_at(desk, tmp_path, network(paper.address)) as printing:
                qtbot.waitUntil(lambda: all_over(printing), timeout=60_000)
        pages = len(paper.pages)

    assert [code for code in promised if labels_of(store, code) != 1] == []
    noted = sum(row.device.labels for row in store.devices(DeviceFilter(), limit=1_000))
    assert noted == pages == len(set(paper.pages))
    record_figure(
        f"labels promised before {KILLS} kills, noted once", len(promised), "labels", None
    )
    record_figure("of them uncertain, and settled by looking", uncertain, "labels", None)
