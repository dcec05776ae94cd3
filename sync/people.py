"""People rows on the line: own ones out, sealed for this session alone; those needed here in."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Protocol, TypeVar

from msgspec import Struct

from station import ports
from station.ports import PersonSent
from sync import wire
from sync.pace import Pace
from sync.problems import (
    CorruptItem,
    IncompleteAnswer,
    Offline,
    ServiceRefused,
    ServiceUnavailable,
    StrangeAnswer,
    TimedOut,
    TooLarge,
)
from sync.push import Patience, at_once
from sync.sealing import Cipher, WrongSeal, row_label
from sync.session import Open

BATCH = 100
BATCH_BYTES = 2**20  # a batch ends before the row with which it would grow longer
PEOPLE = "people"

T = TypeVar("T")


class Service(Protocol):
    """The central service, as far as people rows need it."""

    def session(self) -> Open:
        """The session that stands."""

    def ask(self, kind: type[T], method: str, path: str, message: Struct | None = None) -> T:
        """Ask in one message, be answered in another."""


class PeopleCourse:
    """One exchange of people rows on its way."""

    def __init__(
        self,
        store: ports.PeopleExchange,
        service: Service,
        patience: Patience = at_once,
        batch_size: int = BATCH,
    ) -> None:
        self._store, self._service, self._patience = store, service, patience
        self._pace = Pace(batch_size, wire.MAX_PEOPLE)
        self._refused: set[bytes] = set()  # what the service does not take stays for another round
        self.sent, self.came = 0, 0

    def run(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Send, then read what is new; raises SyncProblem.

        Stopping anywhere is safe: a row counts as sent when the service said which version it
        holds, and rows are taken in together with how far the feed was read.
        """
        while not stop() and self._patience(self._send_next):
            pass
        while not stop() and self._patience(self._take_next):
            pass

    # ---- out ----

    def _send_next(self) -> bool:
        """Send some rows; False when nothing is left to send."""
        waiting = self._store.people_to_send(self._pace.size, skip=self._refused)
        batch = tuple(_fitting(waiting))
        if not batch:
            return False
        began = monotonic()
        try:
            versions = self._submitted(batch)
        except (TooLarge, TimedOut):
            if len(batch) == 1:
                raise
            self._pace.too_much(len(batch))
        except (Offline, ServiceUnavailable):
            self._pace.failed(len(batch))
            raise
        else:
            self._pace.went(len(batch), monotonic() - began)
            self._note(batch, versions)
        return True

    def _submitted(self, batch: Sequence[PersonSent]) -> tuple[int, ...]:
        """The versions that count; sealed once more where the session was renewed on the way."""
        try:
            return self._asked(batch)
        except ServiceRefused as refused:
            if refused.code != WrongSeal.code:
                raise
        return self._asked(batch)

    def _asked(self, batch: Sequence[PersonSent]) -> tuple[int, ...]:
        cipher = Cipher(self._service.session().people_key)
        request = wire.PeopleRequest(tuple(_sealed(cipher, row) for row in batch))
        answer = self._service.ask(wire.PeopleAnswer, "POST", PEOPLE, request)
        if len(answer.versions) != len(batch):
            raise IncompleteAnswer
        return answer.versions

    def _note(self, batch: Sequence[PersonSent], versions: Sequence[int]) -> None:
        """A row is with the service once it holds this version of it, or a newer one."""
        pairs = list(zip(batch, versions, strict=True))
        confirmed = [(row.id, version) for row, version in pairs if version >= row.version]
        self._refused |= {row.id for row, version in pairs if version < row.version}
        self._store.note_people_sent(confirmed)
        self.sent += len(confirmed)

    # ---- in ----

    def _take_next(self) -> bool:
        """Take a page in; False when it was the last."""
        after = self._store.people_position()
        page, rows = self._opened(after)
        if page.more and not rows and page.position == after:
            raise StrangeAnswer("there is more, and nothing came")
        if rows or page.position != after:
            self._store.take_in_people(rows, page.position)
        self.came += len(rows)
        return page.more

    def _opened(self, after: int) -> tuple[wire.PeoplePage, tuple[PersonSent, ...]]:
        """A page and its rows; asked once more where the session was renewed on the way."""
        page = self._page(after)
        try:
            return page, self._rows(page)
        except WrongSeal:
            page = self._page(after)
        try:
            return page, self._rows(page)
        except WrongSeal as error:
            raise CorruptItem(PEOPLE, after) from error

    def _page(self, after: int) -> wire.PeoplePage:
        return self._service.ask(wire.PeoplePage, "GET", f"{PEOPLE}?after={after}")

    def _rows(self, page: wire.PeoplePage) -> tuple[PersonSent, ...]:
        cipher = Cipher(self._service.session().people_key)
        return tuple(_unsealed(cipher, row) for row in page.rows)


def _fitting(rows: Sequence[PersonSent]) -> Iterator[PersonSent]:
    """As many of the rows as one message carries, at least one."""
    weight = 0
    for row in rows:
        weight += len(row.salted or b"")
        if weight > BATCH_BYTES and weight > len(row.salted or b""):
            return
        yield row


def _sealed(cipher: Cipher, row: PersonSent) -> wire.PersonRow:
    label = row_label(row.id, row.version)
    sealed = None if row.salted is None else cipher.seal(label, row.salted)
    number, seq = row.named_by
    return wire.PersonRow(row.id, row.station, row.version, row.kind, sealed, number, seq)


def _unsealed(cipher: Cipher, row: wire.PersonRow) -> PersonSent:
    label = row_label(row.id, row.version)
    salted = None if row.sealed is None else cipher.open(label, row.sealed)
    return PersonSent(row.id, row.station, row.version, row.kind, salted, needed=row.needed)
