"""A day of work in a process that may be killed at any moment, and the campaign that kills it.

`python -m tests.station.busy_day URL FILE` does one use case after the other, and writes the hash
of every event a use case returned to the file, with fsync, before it goes on.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from msgspec import Struct
from sqlalchemy import select

from station import bench, handover, intake, paperwork, release, sets
from station.checks import CheckResult, Outcome
from station.events import Event, Override
from station.reference import load
from station.store.entries import COLUMNS, entry_of
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from tests.station import child, life
from tests.station.conftest import CLERK, GIVER, KEY, LEAD, NOON, TECHNICIAN

SETS_IN_A_LOT = 3
KIT = ("power-cord", "video-cable")
PATIENCE_S = 30.0


class Acknowledged:
    """The file of what a use case said was recorded."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a")

    def __call__(self, *events: Event) -> None:
        self._file.writelines(f"{event.hash.hex()}\n" for event in events)
        self._file.flush()
        os.fsync(self._file.fileno())


def work(store: SqlStore, acknowledge: Callable[..., None]) -> None:
    """A lot comes in, its receipt is signed; one of its monitors goes all the way to a pupil."""
    new = [
        intake.NewDevice(kind=kind, belongs_to=head, note="Máy còn dùng tốt")
        for n in range(SETS_IN_A_LOT)
        for kind, head in (("desktop", None), ("monitor", 2 * n))
    ]
    lot = intake.ReceiveLot(devices=tuple(new), donor=life.HOA)
    came = intake.receive_lot(lot, store, CLERK, NOON)
    for code in (came.lot, *came.devices):
        acknowledge(*(row.event for row in store.timeline(code)))
    _write(came, store, acknowledge)
    _give(came.devices[1], store, acknowledge)


def _write(came: intake.LotIn, store: SqlStore, acknowledge: Callable[..., None]) -> None:
    """The donor's receipt is printed, and comes back signed."""
    new = (paperwork.NewPaper(paper="receipt", about=(came.lot, *came.devices)),)
    (made,) = paperwork.make_papers(new, lambda _at, code: code.encode(), store, CLERK, NOON)
    acknowledge(*(row.event for row in store.timeline(made.code)))
    scan = f"%PDF-1.7 {made.code}".encode()
    signed = paperwork.AttachSignedCopy(code=made.code, scan=scan, media="pdf")
    acknowledge(paperwork.attach_signed_copy(signed, store, CLERK, NOON))


def _give(monitor: str, store: SqlStore, acknowledge: Callable[..., None]) -> None:
    acknowledge(sets.part_set(monitor, store, CLERK, NOON))
    acknowledge(bench.take_to_bench(monitor, store, TECHNICIAN, NOON))
    for check in ("phys.visual", "dsp.pixels"):
        tried = bench.EnterCheck(device=monitor, result=CheckResult(check, Outcome.PASS), note="Rõ")
        acknowledge(bench.enter_check(tried, store, TECHNICIAN, NOON))
    kit = bench.CheckKit(device=monitor, present=KIT)
    acknowledge(bench.check_kit(kit, store, TECHNICIAN, NOON))
    grade = bench.ConfirmGrade(device=monitor, grade="b")
    acknowledge(bench.confirm_grade(grade, store, TECHNICIAN, NOON))
    waived = release.MakeReady(device=monitor, overrides=(Override("serial", "unreadable-serial"),))
    acknowledge(release.make_ready(waived, store, LEAD, NOON))
    case = life.enter_case(store)
    acknowledge(*(row.event for row in store.timeline(case)))
    kept = handover.Reserve(device=monitor, case=case)
    acknowledge(*handover.reserve(kept, store, GIVER, NOON))
    given = handover.HandOver(device=monitor, case=case)
    acknowledge(*handover.hand_over(given, store, GIVER, NOON))


def kill_in_the_middle(url: str, acknowledged: Path, chance: Random) -> None:
    """Start a day's work and kill it at a random moment after its first act."""
    before = acknowledged.stat().st_size if acknowledged.exists() else 0
    day = child.start("tests.station.busy_day", url, acknowledged)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not acknowledged.exists() or acknowledged.stat().st_size == before:
            assert day.poll() is None, "the day ended by itself"
            assert time.monotonic() < deadline, "nothing was recorded"
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.3))
    finally:
        day.send_signal(signal.SIGKILL)
        day.communicate()
    assert day.returncode == -signal.SIGKILL


class Survived(Struct, frozen=True):
    """What the store holds after the kills, against what was acknowledged."""

    acknowledged: int
    lost: int


def survived(url: str, acknowledged: Path) -> Survived:
    """Open the store again: it must be sound, with whole acts, and the rebuild the same."""
    told = {bytes.fromhex(line) for line in acknowledged.read_text().split()}
    with open_store(url, KEY, load()) as store:
        with store.engine.connect() as connection:
            rows = connection.execute(select(*COLUMNS)).all()
        entries = [entry_of(row) for row in rows]
        assert_acts_are_whole(Counter(entry.header.kind for entry in entries))
        assert verify(store.engine).sound
    return Survived(len(told), len(told - {entry.hash for entry in entries}))


def assert_acts_are_whole(kinds: Counter[str]) -> None:
    """A lot is there with everything in it, or not at all."""
    assert kinds["Received"] == 2 * SETS_IN_A_LOT * kinds["LotReceived"]
    assert kinds["Joined"] == SETS_IN_A_LOT * kinds["LotReceived"]


def main(url: str, path: str) -> None:
    """Work until killed."""
    acknowledge = Acknowledged(Path(path))
    with open_store(url, KEY, load()) as store:
        while True:
            work(store, acknowledge)


if __name__ == "__main__":
    main(*sys.argv[1:])
