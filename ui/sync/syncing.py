"""Sync beside the work: rounds go by themselves, and how each ended is told in a person's words."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore, Standing
from station.signing import ChainGrant
from station.words import _
from sync.problems import ChainAhead
from ui.background import Background
from ui.desk import Desk
from ui.settings import is_service_address
from ui.sync.end import SyncEnd
from ui.sync.words import Ending, ending
from ui.theme import Tone
from ui.wording import explain

REVOKED = "revoked"  # why a new chain begins

if TYPE_CHECKING:
    from sync.course import Course, Round
    from sync.rounds import Rounds


class Syncing(QObject):
    """The window's side of the rounds, which go on a thread of their own.

    What that thread tells arrives here by queued signals: neither window nor store waits for it.
    """

    started = Signal()
    ended = Signal(object)  # SyncEnd
    restored_copy = Signal()  # the chain written now is not the service's: begin a new one
    _went = Signal()
    _came = Signal(object)  # Round

    def __init__(self, desk: Desk, store: PointStore, slow: Background, address: str) -> None:
        super().__init__()
        self._desk, self._store, self._slow = desk, store, slow
        self._address = address
        self._course: Course | None = None
        self._rounds: Rounds | None = None
        self._stopping = Event()
        self._telling = False
        self._contact: datetime | None = None
        self._offline_since: datetime | None = None
        self.running = False
        self.last: SyncEnd | None = None
        self._went.connect(self._show_began, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._show_ended, Qt.ConnectionType.QueuedConnection)
        desk.recorded.connect(self._recorded)
        if not is_service_address(address):
            self._tell_address()

    def begin(self) -> None:
        """Let rounds go by themselves from now on, the first one at once."""
        if (
            self._rounds is None
            and not self._stopping.is_set()
            and is_service_address(self._address)
        ):
            from sync.course import Course  # noqa: PLC0415 -- the window first
            from sync.rounds import Rounds  # noqa: PLC0415 -- the same

            self._course = Course(self._store, self._address)
            self._rounds = Rounds(
                self._course.round,
                stop=self._course.stop,
                began=self._went.emit,
                ended=self._came.emit,
            )
            self._rounds.start()

    def sync_now(self) -> None:
        """Go a round at once; while one is on its way, asking again changes nothing."""
        if self.running or self._stopping.is_set():
            return
        if not is_service_address(self._address):
            self._tell_address()
        elif self._rounds is None:
            self.begin()
        else:
            self._rounds.now()

    def enrol(
        self, code: str, done: Callable[[ChainGrant], None], failed: Callable[[Exception], None]
    ) -> None:
        """Have this store's chain believed by a one-time code; what waits is sent then."""

        def enrolled(grant: ChainGrant) -> None:
            self.sync_now()
            done(grant)

        self._slow.run(partial(_enrol, self._store, self._address, code), enrolled, failed, self)

    def begin_anew(
        self, code: str, done: Callable[[ChainGrant], None], failed: Callable[[Exception], None]
    ) -> None:
        """Leave a revoked chain: a new one begins and is believed by this code."""

        def enrolled(grant: ChainGrant) -> None:
            self.sync_now()
            done(grant)

        by, when = self._desk.operator, self._desk.now()
        begin = partial(_begin_anew, self._store, self._address, code, by, when)
        self._slow.run(begin, enrolled, failed, self)

    def close(self) -> None:
        """End the round that is on its way at once; nothing is lost by it."""
        self._stopping.set()
        if self._rounds is not None:
            self._rounds.close()

    # ---- what the thread told ----

    @Slot()
    def _show_began(self) -> None:
        if not self._stopping.is_set():
            self.running = True
            self.started.emit()

    @Slot(object)
    def _show_ended(self, went: "Round") -> None:
        self.running = False
        if self._stopping.is_set():
            return
        now = self._desk.now().at
        if went.heard:
            self._contact, self._offline_since = now, None
        self._end(ending(went, self._desk.reference), offline_at=now)
        if went.changed or isinstance(went.problem, ChainAhead):
            self._tell_recorded()
        if isinstance(went.problem, ChainAhead):
            self._tell_unless_left(went.problem)

    def _recorded(self) -> None:
        """What somebody recorded travels before long; what a round brought needs no other one."""
        if self._rounds is not None and not self._telling:
            self._rounds.recorded()

    def _tell_recorded(self) -> None:
        self._telling = True
        try:
            self._desk.recorded.emit()
        finally:
            self._telling = False

    def _tell_unless_left(self, ahead: ChainAhead) -> None:
        """A new chain may have been begun while this one was being sent; one is enough."""

        def tell(standing: Standing) -> None:
            if standing.chain == ahead.chain:
                self.restored_copy.emit()

        self._desk.ask(lambda store: store.standing(), tell, self._cannot_ask, owner=self)

    def _cannot_ask(self, error: Exception) -> None:
        sentence = explain(error, self._desk.reference)
        self._end(Ending(Tone.FAIL, _("Stopped"), sentence))

    def _tell_address(self) -> None:
        """Nothing was tried: sending begins once an address is written on the settings page."""
        if self._address:
            told = _("{address} is no address of a service. Correct it on the settings page.")
            sentence = told.format(address=self._address)
            self._end(Ending(Tone.FAIL, _("Wrong address"), sentence, needs=True))
        else:
            sentence = _("This point is not connected to the service yet.")
            self._end(Ending(Tone.UNKNOWN, _("No address set"), sentence))

    def _end(self, ended: Ending, offline_at: datetime | None = None) -> None:
        now = self._desk.now().at
        if ended.offline:
            self._offline_since = self._offline_since or offline_at
        self.last = SyncEnd(
            at=now,
            tone=ended.tone,
            word=ended.word,
            sentence=ended.sentence,
            contact=self._contact,
            offline_since=self._offline_since if ended.offline else None,
            needs=ended.needs,
            revoked=ended.revoked,
        )
        self.ended.emit(self.last)


def _enrol(store: PointStore, address: str, code: str) -> ChainGrant:
    from sync.enrolling import enrol_by_code  # noqa: PLC0415 -- httpx is slow to load
    from sync.service import CentralService  # noqa: PLC0415 -- the same

    with CentralService(address, store) as service:
        return enrol_by_code(store, service, code)


def _begin_anew(
    store: PointStore, address: str, code: str, by: Operator, when: Moment
) -> ChainGrant:
    """The lead's work. Nothing begins before the service knew the code as one of this point."""
    from sync.enrolling import enrol_by_code, require_own_code  # noqa: PLC0415 -- httpx is slow
    from sync.service import CentralService  # noqa: PLC0415 -- the same

    by.require()
    with CentralService(address, store) as service:
        require_own_code(store, service, code)
        store.start_chain(by, when, printed=0, reason=REVOKED)
        return enrol_by_code(store, service, code)
