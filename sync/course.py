"""One round of sync: be let in, push, pull, people, files. What came of it is one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import TYPE_CHECKING

from station.ledger import BrokenLedger, ChainId
from station.ports import AnswerOutstanding, PointStore, StoreProblem
from sync.problems import (
    NotTheService,
    Offline,
    ServiceUnavailable,
    Stopped,
    StrangeAnswer,
    SyncProblem,
)
from sync.pull import Came, Pulling
from sync.push import Patience, Pushed, Pushing

if TYPE_CHECKING:
    from sync.service import CentralService

NOTHING_PUSHED = Pushed(0, 0, 0, 0, stopped=False)
NOTHING_CAME = Came()
PASSING = (Offline, ServiceUnavailable, Stopped, StoreProblem)
# behind these nothing else could go through either; any other problem concerns its own part alone
ENDING = (*PASSING, StrangeAnswer, NotTheService)


@dataclass(frozen=True)
class Round:
    """What one round came to: as far as it got, and why it ended there.

    `problem` is None when everything was sent and fetched. Nothing is lost by any problem.
    """

    pushed: Pushed = NOTHING_PUSHED
    came: Came = NOTHING_CAME
    people_sent: int = 0
    people_came: int = 0
    files_sent: int = 0
    waiting: int = 0  # own events that have no verdict yet
    heard: bool = False  # the service answered at least once
    problem: Exception | None = None

    @property
    def ended(self) -> str:
        """`done`, or the code of what ended it."""
        return "done" if self.problem is None else getattr(self.problem, "code", "our_mistake")

    @property
    def may_pass(self) -> bool:
        """Whether the same may go through later without anybody doing something."""
        return isinstance(self.problem, (*PASSING, AnswerOutstanding))

    @property
    def changed(self) -> bool:
        """Whether the store holds something that it did not hold before."""
        return bool(self.pushed.answered or self.came.total or self.people_came)


class Course:
    """Goes one round after another with one service; `stop` ends it from any thread, at once."""

    def __init__(self, store: PointStore, address: str) -> None:
        self._store, self._address = store, address
        self._stop = Event()
        self._lock = Lock()
        self._service: CentralService | None = None

    def stop(self) -> None:
        """End the round that is on its way, also while it waits for the line; begin no other."""
        self._stop.set()
        with self._lock:
            if self._service is not None:
                self._service.cut()

    def round(self, due: Callable[[], bool] = lambda: False) -> Round:
        """Go one round; never raises what a line, a service or a store may do.

        Files are long: they stop between two pieces, and go on later, when another round is `due`.
        """
        from sync.retry import Retries  # noqa: PLC0415 -- tenacity and httpx are slow to load

        with self._opened() as service:
            return Going(self._store, service, Retries(self._stop), self._stop.is_set, due).go()

    @contextmanager
    def _opened(self) -> Iterator[CentralService]:
        from sync.service import CentralService  # noqa: PLC0415

        with CentralService(self._address, self._store) as service:
            with self._lock:
                self._service = service
                if self._stop.is_set():
                    service.cut()
            try:
                yield service
            finally:
                with self._lock:
                    self._service = None


class Going:
    """One round on its way."""

    def __init__(
        self,
        store: PointStore,
        service: CentralService,
        patience: Patience,
        stop: Callable[[], bool] = lambda: False,
        due: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._service, self._patience = store, service, patience
        self._stop, self._due = stop, due
        self._so_far = Round()

    def go(self) -> Round:
        """All parts one after another; a problem of one part does not hold up the next."""
        for part in (self._be_let_in, self._push, self._pull, self._people, self._files):
            problem = self._ended_by(part)
            if self._so_far.problem is None:
                self._so_far = replace(self._so_far, problem=problem)
            if isinstance(problem, ENDING) or not self._so_far.heard or self._stop():
                break
        return self._told()

    def _ended_by(self, part: Callable[[], None]) -> Exception | None:
        try:
            part()
        except (SyncProblem, BrokenLedger, StoreProblem, AnswerOutstanding) as problem:
            return problem
        return None

    def _be_let_in(self) -> None:
        from sync.enrolling import go_on  # noqa: PLC0415

        # at once or not at all: people see that the line is down, and the next round is soon
        go_on(self._store, self._service)
        self._service.session()
        self._so_far = replace(self._so_far, heard=True)

    def _push(self) -> None:
        pushing = Pushing(self._store, self._service, patience=self._patience, vouch=self._vouch)
        try:
            pushing.run(self._stop)
        finally:
            self._so_far = replace(self._so_far, pushed=pushing.pushed())
        if pushing.pushed().again:
            self._store.forget_what_was_sent()

    def _vouch(self, chain: ChainId) -> bool:
        """The chain written now vouches for one that was left before anybody enrolled it."""
        from sync.enrolling import vouch_for_older  # noqa: PLC0415

        lent = {delegation.chain for delegation in self._store.delegations()}
        return chain not in lent and vouch_for_older(self._store, self._service, chain)

    def _pull(self) -> None:
        pulling = Pulling(self._store, self._service, patience=self._patience)
        try:
            pulling.run(self._stop)
        finally:
            self._so_far = replace(self._so_far, came=pulling.came())

    def _people(self) -> None:
        from sync.people import PeopleCourse  # noqa: PLC0415 -- rows are sealed anew

        people = PeopleCourse(self._store, self._service, self._patience)
        try:
            people.run(self._stop)
        finally:
            self._so_far = replace(self._so_far, people_sent=people.sent, people_came=people.came)

    def _files(self) -> None:
        from sync.files import FilesCourse  # noqa: PLC0415
        from sync.throttle import Throttle  # noqa: PLC0415

        files = FilesCourse(self._store, self._service, Throttle(), self._patience)
        try:
            files.run(lambda: self._stop() or self._due())
        finally:
            self._so_far = replace(self._so_far, files_sent=files.sent)

    def _told(self) -> Round:
        try:
            waiting = self._store.sync_state().waiting
        except StoreProblem as problem:
            return replace(self._so_far, problem=self._so_far.problem or problem)
        return replace(self._so_far, waiting=waiting)
