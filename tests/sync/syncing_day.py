"""A point that works and syncs in a process that may be killed: `python -m tests.sync.syncing_day`.

    python -m tests.sync.syncing_day STORE ADDRESS FILE

It records, syncs, and writes to the file, with fsync, what it was told: `recorded HASH` once a use
case returned, `answered HASH NUMBER` once a verdict was noted.
"""

import os
import sys
import time
from pathlib import Path
from threading import Event

from msgspec import Struct
from sqlalchemy import select

from station import events as e
from station import paperwork, transfer
from station.device import Stage
from station.ports import StoreProblem
from station.reference import load
from station.refusals import Refusal
from station.store import tables as t
from station.store.entries import COLUMNS, Origin, item_of
from station.store.store import SqlStore, open_store
from sync.course import Going, Round
from sync.retry import Retries
from sync.service import CentralService
from tests.station import life
from tests.station.conftest import KEY, LEAD, NOON

SHORT_S = 0.05
A_FEW = 5  # records between two rounds


class Told:
    """What the process was told is safe, as lines of a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a")

    def __call__(self, *lines: str) -> None:
        self._file.writelines(f"{line}\n" for line in lines)
        self._file.flush()
        os.fsync(self._file.fileno())


class Promises(Struct, frozen=True):
    """What stands in such a file."""

    recorded: frozenset[bytes]
    answered: dict[bytes, int]


def promises(path: Path) -> Promises:
    """Read it; an event that was answered twice was answered alike."""
    recorded, answered = set(), dict[bytes, int]()
    for line in path.read_text().splitlines():
        what, hash_, *number = line.split()
        if what == "recorded":
            recorded.add(bytes.fromhex(hash_))
        else:
            told = answered.setdefault(bytes.fromhex(hash_), int(number[0]))
            assert told == int(number[0]), "answered twice, differently"
    return Promises(frozenset(recorded), answered)


def work(store: SqlStore, told: Told, n: int) -> None:
    """Somebody brings a device; every fifth gets a receipt that comes back signed."""
    device = life.receive(store, kind="monitor", note=f"Máy thứ {n}")
    told(*(f"recorded {row.event.hash.hex()}" for row in store.timeline(device)))
    if n % A_FEW == 0:
        new = (paperwork.NewPaper(paper="receipt", about=(device,)),)
        (made,) = paperwork.make_papers(new, lambda _at, code: code.encode(), store, LEAD, NOON)
        scan = f"%PDF-1.7 {made.code} ".encode() * 3_000
        signed = paperwork.AttachSignedCopy(code=made.code, scan=scan, media="pdf")
        event = paperwork.attach_signed_copy(signed, store, LEAD, NOON)
        told(f"recorded {event.hash.hex()}")
    _take_in_what_came(store, told)


def _take_in_what_came(store: SqlStore, told: Told) -> None:
    for device in store.longest_waiting((Stage.IN_TRANSIT,), limit=A_FEW):
        command = transfer.Arrive(device=device.code, place="point-013")
        try:
            came = transfer.arrive(command, store, LEAD, NOON)
        except Refusal:
            continue
        told(*(f"recorded {event.hash.hex()}" for event in came))


class Answers:
    """The verdicts in the log, as they come."""

    def __init__(self, store: SqlStore) -> None:
        self._store, self._read_up_to = store, 0

    def new(self) -> list[str]:
        """Lines for those that were not told yet."""
        wanted = select(*COLUMNS).where(
            t.log.c.source == Origin.VERDICT, t.log.c.position > self._read_up_to
        )
        with self._store.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(t.log.c.position)).all()
        self._read_up_to = max([self._read_up_to, *(row.position for row in rows)])
        verdicts = [item for row in rows if isinstance(item := item_of(row), e.Verdict)]
        return [f"answered {verdict.event.hex()} {verdict.number}" for verdict in verdicts]


def one_round(store: SqlStore, address: str) -> Round:
    """One round as the app goes it, with little patience."""
    patience = Retries(Event(), tries=3, first_s=SHORT_S, longest_s=4 * SHORT_S)
    with CentralService(address, store) as service:
        return Going(store, service, patience).go()


def main(url: str, address: str, path: str) -> None:
    """Work and sync until killed."""
    told = Told(Path(path))
    with open_store(url, KEY, load()) as store:
        answers, n = Answers(store), 0
        while True:
            n += 1
            try:
                for _ in range(A_FEW):
                    work(store, told, n)
                    n += 1
                one_round(store, address)
                told(*answers.new())
            except StoreProblem:
                time.sleep(SHORT_S)  # the database is down: a person tries again


if __name__ == "__main__":
    main(*sys.argv[1:])
