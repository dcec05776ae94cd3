"""Reading both feeds of this point by pages: each is taken in whole, with how far it goes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from time import monotonic
from typing import Protocol

import msgspec
from msgspec import Struct

from station import ports
from station.documents import Document
from station.events import Verdict
from station.ledger import NO_HASH, Entry, UnreadableEntry, hash_data
from station.ports import Cursor, PulledItem
from sync import wire
from sync.pace import Pace
from sync.problems import CorruptItem, Offline, ServiceUnavailable, StrangeAnswer, TimedOut
from sync.push import Patience, at_once
from sync.wire import ForeignEvent, Pulled, PullKind, PullPage

PAGE, LARGEST_PAGE = 200, 1_000
OWN, COMMON = "own", "common"
UNREAD = "unread"  # the kind of document under which an item of a newer version is kept


class Service(Protocol):
    """The central service, as far as pulling needs it."""

    def page(self, cursor: Cursor, limit: int) -> PullPage:
        """What stands behind the cursor in both feeds of this point."""


class Came(Struct, frozen=True):
    """What one pull brought."""

    events: int = 0
    verdicts: int = 0
    documents: int = 0

    @property
    def total(self) -> int:
        """How many items."""
        return self.events + self.verdicts + self.documents


class Pulling:
    """One pull on its way."""

    def __init__(
        self,
        inflow: ports.Inflow,
        service: Service,
        page_size: int = PAGE,
        patience: Patience = at_once,
    ) -> None:
        self._inflow, self._service, self._patience = inflow, service, patience
        self._pace = Pace(page_size, LARGEST_PAGE)
        self._came: Counter[type] = Counter()

    def run(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Read until nothing is new; raises SyncProblem or ledger.Fork.

        Stopping anywhere is safe: rows and cursor are written together, and what is here already
        is left as it is.
        """
        while self._patience(self._take_next) and not stop():
            pass

    def came(self) -> Came:
        """What it brought so far."""
        return Came(self._came[Entry], self._came[Verdict], self._came[Document])

    def _take_next(self) -> bool:
        """Take a page in; False when it was the last."""
        cursor = self._inflow.cursor()
        page = self._asked(cursor)
        if page is None:
            return True
        items = tuple(read_page(page, cursor))
        self._inflow.take_in_pulled(items, Cursor(page.own, page.common))
        self._came.update(map(type, items))
        return page.more

    def _asked(self, cursor: Cursor) -> PullPage | None:
        """The next page; None when it was too much for the line and the next try is for less."""
        size, began = self._pace.size, monotonic()
        try:
            page = self._service.page(cursor, size)
        except TimedOut:
            if size == 1:
                raise
            self._pace.too_much(size)
            return None
        except (Offline, ServiceUnavailable):
            self._pace.failed(size)
            raise
        self._pace.went(size, monotonic() - began)
        return page


def pull(
    inflow: ports.Inflow,
    service: Service,
    *,
    stop: Callable[[], bool] = lambda: False,
    page_size: int = PAGE,
    patience: Patience = at_once,
) -> Came:
    """Take in everything new that concerns this point."""
    pulling = Pulling(inflow, service, page_size, patience)
    pulling.run(stop)
    return pulling.came()


def read_page(page: PullPage, cursor: Cursor) -> Iterator[PulledItem]:
    """What a page brings, in order; raises CorruptItem, or StrangeAnswer for mixed up places."""
    if (page.behind_own, page.behind_common) not in ((cursor.own, cursor.common), (None, None)):
        raise StrangeAnswer("this page stands behind another cursor")
    _require_places(page.items, cursor.own, page.own)
    _require_places(page.shared, cursor.common, page.common)
    if page.more and (page.own, page.common) == (cursor.own, cursor.common):
        raise StrangeAnswer("there is more, and nothing came")
    # the words of the programme come first: an event may use them
    yield from (_read(COMMON, item) for item in page.shared)
    yield from (_read(OWN, item) for item in page.items)


def _require_places(items: Sequence[Pulled], after: int, reached: int) -> None:
    """Places only grow, and the last one is the place reached: nothing is passed over."""
    places = [after, *(item.position for item in items)]
    if any(one >= next_ for one, next_ in pairwise(places)) or places[-1] != reached:
        raise StrangeAnswer("the places of a feed do not follow each other")


def _read(feed: str, item: Pulled) -> PulledItem:
    reader = READERS.get(item.kind)
    if reader is None:
        return Document(UNREAD, f"{feed}-{item.position}", 1, msgspec.msgpack.encode(item))
    try:
        return reader(item.body)
    except (wire.UnreadableBody, UnreadableEntry) as error:
        raise CorruptItem(feed, item.position) from error


def _event(body: bytes) -> Entry:
    """An event of another point, its hashes computed here."""
    came = wire.read(body, ForeignEvent)
    if (came.salt is None) != (came.data is None) or (came.salt is None) == (
        came.data_hash is None
    ):
        raise wire.UnreadableBody
    if came.salt is None or came.data is None:
        entry = Entry(came.core, came.prev, came.data_hash or NO_HASH, None, None)
    else:
        digest = hash_data(came.salt, came.data)
        entry = Entry(came.core, came.prev, digest, came.salt, came.data)
    _ = entry.header  # raises UnreadableEntry
    return entry


def _verdict(body: bytes) -> Verdict:
    verdict = wire.read(body, wire.Answered).verdict
    if len(verdict.event) != len(NO_HASH):
        raise wire.UnreadableBody
    return verdict


def _document(body: bytes) -> Document:
    return wire.read(body, Document)


READERS: dict[str, Callable[[bytes], PulledItem]] = {
    PullKind.EVENT: _event,
    PullKind.VERDICT: _verdict,
    PullKind.DOCUMENT: _document,
}
