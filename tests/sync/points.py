"""Points with real stores, and a line to the service that fails where a test wants it to."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import func, select

from station import bench, release
from station import events as e
from station.checks import CheckResult, Outcome
from station.ledger import Entry
from station.ports import AnswerOutstanding
from station.reference import Reference, load
from station.store import tables as t
from station.store.engine import sqlite_url
from station.store.entries import COLUMNS, Origin, entry_of, item_of
from station.store.store import SqlStore, create_store, open_store
from sync import enrolling
from sync.files import FilesCourse
from sync.people import PeopleCourse
from sync.problems import ChainAhead, ChainStuck, NotEnrolled, Offline
from sync.pull import pull
from sync.push import push
from sync.service import CentralService
from sync.throttle import Throttle
from sync.transport import Answer
from tests.station import life
from tests.station.conftest import KEY, LEAD, NOON

T = TypeVar("T")
KIT = ("power-cord", "video-cable")
SMALL_BATCH = 7  # so that a short test has many batches
FAST = 2**30  # bytes a second


class FrailService(CentralService):
    """The service over a line that carries so many questions and then fails."""

    left: int | None = None  # None: as many as one likes
    lose_answer = False  # of the question that is one too many

    def ask(self, kind: type[T], method: str, path: str, message: Struct | None = None) -> T:
        """Ask, while the line lasts."""
        return self._spend(lambda: super(FrailService, self).ask(kind, method, path, message))

    def exchange(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Send bytes, while the line lasts."""
        return self._spend(lambda: super(FrailService, self).exchange(method, path, body))

    def _spend(self, ask: Callable[[], T]) -> T:
        if self.left == 0:
            if self.lose_answer:
                ask()
            raise Offline("the line was cut")
        if self.left is not None:
            self.left -= 1
        return ask()


class Point:
    """One point of the programme: a store in a file, and its way to the service."""

    def __init__(self, station: int, file: Path, address: str, reference: Reference) -> None:
        self.station, self.file = station, file
        self._address, self._reference = address, reference
        self.open()

    @property
    def place(self) -> str:
        """How events name this point."""
        return f"point-{self.station:03d}"

    @property
    def url(self) -> str:
        """The address of its store."""
        return sqlite_url(self.file)

    def open(self) -> None:
        """Begin to work, as after a start of the program."""
        self.store = open_store(self.url, KEY, self._reference)
        self.service = FrailService(self._address, self.store)

    def close(self) -> None:
        """End the program."""
        self.service.close()
        self.store.close()

    # ---- old copies ----

    def copy_to(self, file: Path) -> None:
        """A backup, taken while nobody works."""
        self.close()
        shutil.copy(self.file, file)
        self.open()

    def put_back(self, file: Path) -> None:
        """The disk was lost, and an old copy takes the store's place. Nobody says so."""
        self.close()
        for name in (self.file, *self.file.parent.glob(f"{self.file.name}-*")):
            name.unlink()
        shutil.copy(file, self.file)
        self.open()

    # ---- sync, in steps that a bad line ends anywhere ----

    @contextmanager
    def line(self, lasts: int | None, *, lose_answer: bool) -> Iterator[None]:
        """Only so many questions pass in this block; an offline spell is no failure."""
        self.service.left, self.service.lose_answer = lasts, lose_answer
        with suppress(Offline):
            yield
        self.service.left = None

    def push(self) -> None:
        """Send what waits; an old copy is told and goes on with a new chain, as the app does."""
        try:
            enrolling.go_on(self.store, self.service)
            pushed = push(self.store, self.service, batch_size=SMALL_BATCH)
            if pushed.again:
                self.store.forget_what_was_sent()
        except ChainAhead:
            self.store.start_chain(LEAD, NOON, printed=0, reason="restored")
            self.push()
        except ChainStuck:
            pass  # told again at every push; nothing else was held up
        except NotEnrolled:
            pass

    def pull(self) -> None:
        """Fetch what concerns this point; an old copy must first send again what it sent."""
        with suppress(AnswerOutstanding):
            pull(self.store, self.service, page_size=SMALL_BATCH)

    def people(self) -> None:
        """Exchange people rows."""
        PeopleCourse(self.store, self.service, batch_size=SMALL_BATCH).run()

    def files(self) -> None:
        """Send files that may leave."""
        FilesCourse(self.store, self.service, Throttle(FAST)).run()

    def whole_round(self) -> None:
        """Everything, as the app does once a while."""
        self.push()
        self.pull()
        self.people()
        self.files()

    # ---- what it holds ----

    def log(self, *sources: str) -> list[Entry]:
        """Events as the log holds them, in its order."""
        wanted = select(t.log).where(t.log.c.source.in_(sources)).order_by(t.log.c.position)
        with self.store.engine.connect() as connection:
            return [entry_of(row) for row in connection.execute(wanted)]

    def own(self) -> list[Entry]:
        """What was recorded here, by whichever chain."""
        return self.log(Origin.OWN)

    def verdicts(self) -> list[e.Verdict]:
        """Every answer, in the order in which they came."""
        wanted = select(*COLUMNS).where(t.log.c.source == Origin.VERDICT)
        with self.store.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(t.log.c.position)).all()
        return [item for row in rows if isinstance(item := item_of(row), e.Verdict)]

    def mark(self) -> tuple[int, int]:
        """What changes when anything came or was answered."""
        with self.store.engine.connect() as connection:
            position = connection.execute(select(func.max(t.log.c.position))).scalar_one()
            people = connection.execute(select(func.count(), func.sum(t.people.c.version))).one()
        return position, hash(tuple(people))


def new_point_file(station: int, file: Path, fill: Callable[[SqlStore], None]) -> None:
    """A store of a point that has worked for a while and never heard of a service."""
    url = sqlite_url(file)
    with create_store(url, KEY, load(), station=station, by=LEAD, when=NOON) as store:
        fill(store)


def a_ready_monitor(store: SqlStore, serial: str) -> str:
    """The shortest way to the shelf; its code."""
    code = life.receive(
        store, kind="monitor", serial=serial, serial_known_by="second-scan", note="Máy của cơ quan"
    )
    to_the_shelf(store, code)
    return code


def to_the_shelf(store: SqlStore, monitor: str) -> None:
    """Bench and gate of a monitor."""
    bench.take_to_bench(monitor, store, LEAD, NOON)
    for check in ("phys.visual", "dsp.pixels"):
        tried = bench.EnterCheck(device=monitor, result=CheckResult(check, Outcome.PASS))
        bench.enter_check(tried, store, LEAD, NOON)
    bench.check_kit(bench.CheckKit(device=monitor, present=KIT), store, LEAD, NOON)
    bench.confirm_grade(bench.ConfirmGrade(device=monitor, grade="b"), store, LEAD, NOON)
    release.make_ready(release.MakeReady(device=monitor), store, LEAD, NOON)
