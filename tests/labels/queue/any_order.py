"""Printing in any order, with power cuts at any moment, against plain books of what came out.

The printer and the system's own queue are small working ones: they count each page that really
comes out. The person who is asked about an uncertain page looks and tells the truth.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from labels.printer import Language, Printer, Route
from labels.queue.job import Job, JobState, PageState
from labels.queue.print_queue import PrintQueue
from labels.queue.sending import send_next
from labels.transport import (
    MaybePrinted,
    NothingSent,
    Readiness,
    Reason,
    StillWaiting,
    Transport,
)

RAW = Printer(Route.TCP, "192.168.1.50", Language.TSPL)
THROUGH_THE_SYSTEM = Printer(Route.CUPS, "labels", Language.TSPL)


class PowerCut(BaseException):
    """The process is gone; nothing of ours catches this."""


class Fate(Enum):
    """What happens to the next page that is sent."""

    COMES_OUT = auto()
    NOTHING_SENT = auto()
    REFUSED = auto()
    BREAKS_OFF_BEFORE = auto()
    BREAKS_OFF_AFTER = auto()
    POWER_CUT_BEFORE = auto()
    POWER_CUT_AFTER = auto()
    STAYS_IN_THE_SYSTEM = auto()
    FAULT = auto()


class Point:
    """A point's paper: how often each page came out, whoever sent it."""

    def __init__(self) -> None:
        self.came_out: Counter[bytes] = Counter()
        self.system: dict[str, bytes] = {}  # what its queue still holds
        self.held: set[str] = set()
        self.over: dict[str, bool] = {}  # ticket: printed
        self.fate = Fate.COMES_OUT

    def transport(self, printer: Printer) -> Transport:
        """The way to a printer of this point."""
        return Raw(self) if printer.route is Route.TCP else System(self)


class Raw:
    """A printer at the end of a line."""

    def __init__(self, point: Point) -> None:
        self._point = point

    def ask(self) -> Readiness:
        """Say nothing."""
        return Readiness(ready=None)

    def send(self, payload: bytes, title: str) -> None:  # noqa: ARG002
        """Do what fate says."""
        fate = self._point.fate
        _refuse(fate)
        if fate is Fate.POWER_CUT_BEFORE:
            raise PowerCut
        if fate is Fate.FAULT:
            raise ZeroDivisionError
        if fate is not Fate.BREAKS_OFF_BEFORE:
            self._point.came_out[payload] += 1
        if fate is Fate.POWER_CUT_AFTER:
            raise PowerCut
        if fate in {Fate.BREAKS_OFF_BEFORE, Fate.BREAKS_OFF_AFTER}:
            raise MaybePrinted(Reason.BROKEN_OFF)


class System(Raw):
    """A queue of the system's: what lies there comes out some time, by itself."""

    def send(self, payload: bytes, title: str) -> None:  # noqa: ARG002
        """Nobody sends past the ticket."""
        raise AssertionError

    def hand_over(
        self,
        payload: bytes,
        title: str,  # noqa: ARG002
        note: Callable[[str], None],
    ) -> None:
        """Keep it held, give the ticket, let it go, follow it."""
        point = self._point
        _refuse(point.fate)
        ticket = f"labels-{len(point.over) + len(point.system) + 1}"
        point.system[ticket] = payload
        point.held.add(ticket)
        if point.fate is Fate.POWER_CUT_BEFORE:
            raise PowerCut
        note(ticket)
        if point.fate is Fate.POWER_CUT_AFTER:
            raise PowerCut
        if point.fate is Fate.FAULT:
            raise ZeroDivisionError
        self.follow(ticket)

    def follow(self, ticket: str) -> None:
        """See what became of it."""
        point = self._point
        point.held.discard(ticket)
        if ticket in point.system and point.fate is not Fate.STAYS_IN_THE_SYSTEM:
            finish(point, ticket, printed=point.fate is not Fate.BREAKS_OFF_BEFORE)
        if point.fate is Fate.BREAKS_OFF_AFTER:
            raise MaybePrinted(Reason.BROKEN_OFF)
        if ticket in point.system:
            raise StillWaiting(Reason.PAUSED)
        if not point.over[ticket]:
            raise MaybePrinted(Reason.CANCELLED)

    def take_back(self, ticket: str) -> bool:
        """Take it out, or fail to reach the system."""
        if self._point.fate is Fate.NOTHING_SENT:
            raise NothingSent(Reason.UNREACHABLE)
        if ticket in self._point.system:
            finish(self._point, ticket, printed=False)
            return True
        return False


def finish(point: Point, ticket: str, *, printed: bool) -> None:
    """The system's queue is done with a page."""
    payload = point.system.pop(ticket)
    point.held.discard(ticket)
    point.came_out[payload] += printed
    point.over[ticket] = printed


def _refuse(fate: Fate) -> None:
    if fate is Fate.NOTHING_SENT:
        raise NothingSent(Reason.UNREACHABLE)
    if fate is Fate.REFUSED:
        raise NothingSent(Reason.REFUSED)


which = st.integers(0, 9)
fates = st.sampled_from(Fate) | st.just(Fate.STAYS_IN_THE_SYSTEM)


class PrintingInAnyOrder(RuleBasedStateMachine):
    """Clerks, a printer, a system's queue, and an electricity company."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="station-queue-"))
        self.queue = PrintQueue(self.folder)
        self.point = Point()
        self.promised: dict[str, tuple[bytes, ...]] = {}
        self.pages = 0

    @initialize()
    def one_job(self) -> None:
        self.add(2, THROUGH_THE_SYSTEM)

    @rule(pages=st.integers(1, 3), printer=st.sampled_from([RAW, THROUGH_THE_SYSTEM]))
    def add(self, pages: int, printer: Printer) -> None:
        payloads = tuple(b"page %d" % (self.pages + n) for n in range(pages))
        self.pages += pages
        job = self.queue.add("labels", "labels", printer, [(p, ["VN1"]) for p in payloads])
        self.promised[job.id] = payloads

    @rule(fate=fates, printer=which)
    def send(self, fate: Fate, printer: int) -> None:
        self.point.fate = fate
        self.queue._kept._not_before.clear()  # time passes
        due = self.queue.course.due()
        if not due:
            return
        try:
            send_next(self.queue.course, due[printer % len(due)], self.point.transport)
        except ZeroDivisionError:
            return
        except PowerCut:
            self.restart()

    @rule()
    def restart(self) -> None:
        self.queue.close()
        self.queue = PrintQueue(self.folder)
        assert self.queue.damaged == ()

    @rule(job=which)
    def cancel(self, job: int) -> None:
        self.queue.cancel(self._job(job).id)

    @rule(job=which)
    def retry(self, job: int) -> None:
        self.queue.retry(self._job(job).id)

    @rule(job=which)
    def settle(self, job: int) -> None:
        self._look_at(self._job(job))

    @rule()
    def note(self) -> None:
        for job, number in self.queue.to_note():
            self.queue.noted(job.id, number)

    def _waiting_in_the_system(self) -> list[str]:
        return sorted(set(self.point.system) - self.point.held)

    @precondition(lambda self: self._waiting_in_the_system())
    @rule(ticket=which, printed=st.booleans())
    def the_system_gets_on(self, ticket: int, printed: bool) -> None:
        waiting = self._waiting_in_the_system()
        finish(self.point, waiting[ticket % len(waiting)], printed=printed)

    @invariant()
    def what_is_said_of_a_page_is_true(self) -> None:
        jobs = {job.id: job for job in self.queue.jobs()}
        assert jobs.keys() == self.promised.keys()
        for job_id, payloads in self.promised.items():
            for payload, page in zip(payloads, jobs[job_id].pages, strict=True):
                times = self.point.came_out[payload]
                assert times <= 1, f"{payload!r} came out twice"
                if page.state is PageState.DONE:
                    assert times == 1, f"{payload!r} is lost"
                if page.state in {PageState.WAITING, PageState.CANCELLED}:
                    assert times == 0, f"{payload!r} would be doubled"

    def teardown(self) -> None:
        self.point.fate = Fate.COMES_OUT
        while waiting := [job for job in self.queue.jobs() if not job.is_over]:
            self._bring_to_an_end(waiting[0])
        self.what_is_said_of_a_page_is_true()
        left = {state.name for state in self.folder.rglob("page-*")}
        assert not left, "bytes of pages that are over"
        self.queue.close()
        shutil.rmtree(self.folder)

    def _bring_to_an_end(self, job: Job) -> None:
        match job.state:
            case JobState.UNCERTAIN:
                self._look_at(job)
            case JobState.STOPPED:
                self.queue.retry(job.id)
            case _:
                self.queue._kept._not_before.clear()
                send_next(self.queue.course, job, self.point.transport)

    def _look_at(self, job: Job) -> None:
        for payload, page in zip(self.promised[job.id], job.pages, strict=True):
            if page.state is PageState.UNCERTAIN:
                self.queue.settle(job.id, came_out=self.point.came_out[payload] > 0)

    def _job(self, number: int) -> Job:
        jobs = self.queue.jobs()
        return jobs[number % len(jobs)]
