"""Reading feeds by pages: whole pages with their cursor, unknown things kept, broken ones named."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import events, ledger
from station.documents import OFFER, Document
from station.ledger import ChainId, Entry
from station.ports import Cursor, PulledItem
from sync import wire
from sync.problems import CorruptItem, StrangeAnswer, TimedOut
from sync.pull import UNREAD, Came, pull, read_page
from sync.wire import ForeignEvent, Pulled, PullKind, PullPage
from tests.sync.memory_ledger import MemoryLedger

LAPTOP = "0210000017"
HASH = b"h" * 32


class MemoryInflow:
    """What was taken in, and how far; what is here already is left."""

    def __init__(self) -> None:
        self.reached = Cursor()
        self.items: list[PulledItem] = []
        self.pages = 0

    def cursor(self) -> Cursor:
        return self.reached

    def take_in_pulled(self, items: Sequence[PulledItem], reached: Cursor) -> None:
        self.items += [item for item in items if item not in self.items]
        self.reached = reached
        self.pages += 1


class Feeds:
    """A small service: two feeds, given out by pages."""

    def __init__(self, own: Sequence[Pulled] = (), common: Sequence[Pulled] = ()) -> None:
        self.own, self.common = list(own), list(common)
        self.asked: list[int] = []

    def page(self, cursor: Cursor, limit: int) -> PullPage:
        self.asked.append(limit)
        shared, common = _behind(self.common, cursor.common, limit)
        items, own = _behind(self.own, cursor.own, limit - len(shared))
        more = own < _last(self.own) or common < _last(self.common)
        return PullPage(items, shared, own, common, more)


def _last(feed: Sequence[Pulled]) -> int:
    return feed[-1].position if feed else 0


def _behind(feed: list[Pulled], after: int, limit: int) -> tuple[tuple[Pulled, ...], int]:
    page = tuple(item for item in feed if item.position > after)[:limit]
    return page, page[-1].position if page else min(after, _last(feed))


def foreign(entry: Entry) -> bytes:
    return wire.write(ForeignEvent(entry.core, entry.prev, entry.salt, entry.data))


def events_of_another_point(count: int) -> list[Entry]:
    other = MemoryLedger(ChainId(21, 1))
    return [other.record(LAPTOP, events.SentTo(place="point-012")) for _ in range(count)]


def document(number: int, kind: str = OFFER) -> Document:
    return Document(kind, f"M{number:011d}", 1, b"\x80")


def test_everything_in_both_feeds_comes_once_and_in_order() -> None:
    entries = events_of_another_point(7)
    own = [Pulled(n, PullKind.EVENT, foreign(e)) for n, e in enumerate(entries, 1)]
    answered = wire.Answered(1, HASH, events.ACCEPTED, 99)
    own.append(Pulled(8, PullKind.VERDICT, wire.write(answered)))
    documents = [document(n) for n in range(5)]
    common = [Pulled(n, PullKind.DOCUMENT, wire.write(said)) for n, said in enumerate(documents, 1)]
    inflow = MemoryInflow()

    came = pull(inflow, Feeds(own, common), page_size=4)

    assert came == Came(events=7, verdicts=1, documents=5)
    assert [item for item in inflow.items if isinstance(item, Entry)] == entries
    assert [item for item in inflow.items if isinstance(item, Document)] == documents
    assert inflow.items[-1] == answered.verdict
    assert inflow.reached == Cursor(8, 5)


def test_nothing_new_is_one_question() -> None:
    feeds, inflow = Feeds(), MemoryInflow()

    assert pull(inflow, feeds) == Came()
    assert len(feeds.asked) == 1


def test_it_stops_between_pages() -> None:
    own = [
        Pulled(n, PullKind.EVENT, foreign(e)) for n, e in enumerate(events_of_another_point(9), 1)
    ]
    inflow = MemoryInflow()

    pull(inflow, Feeds(own), page_size=2, stop=lambda: inflow.pages == 2)

    assert inflow.reached.own == len(inflow.items) < 9


def test_an_item_of_a_newer_version_is_kept_and_holds_nothing_up() -> None:
    newer = Pulled(1, "hologram", b"\xc1\x00 not even msgpack")
    known = Pulled(2, PullKind.DOCUMENT, wire.write(document(7)))
    inflow = MemoryInflow()

    pull(inflow, Feeds([newer, known]))

    kept, read = inflow.items
    assert isinstance(kept, Document)
    assert (kept.kind, kept.id, read) == (UNREAD, "own-1", document(7))
    assert msgspec.msgpack.decode(kept.body or b"", type=Pulled) == newer
    assert inflow.reached.own == 2


def test_a_document_of_a_newer_version_is_kept_as_it_came() -> None:
    inflow = MemoryInflow()
    newer = document(1, kind="hologram")

    pull(inflow, Feeds([Pulled(1, PullKind.DOCUMENT, wire.write(newer))]))

    assert inflow.items == [newer]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (PullKind.EVENT, b""),
        (PullKind.EVENT, b"\xc1"),
        (PullKind.EVENT, wire.write(ForeignEvent(b"no header", HASH, bytes(16), b""))),
        (PullKind.EVENT, wire.write(ForeignEvent(b"\x90", HASH, None, None))),
        (PullKind.EVENT, wire.write(ForeignEvent(b"\x90", HASH, bytes(16), b"", HASH))),
        (PullKind.VERDICT, wire.write(wire.Answered(1, b"", events.VOID, 1))),
        (PullKind.VERDICT, wire.write(wire.Answered(1, HASH, "no word, a sentence", 1))),
        (PullKind.DOCUMENT, wire.write(Document("NO KIND", "1", 1, None))),
        (PullKind.DOCUMENT, wire.write(Document(OFFER, "../../etc/passwd", 1, None))),
    ],
)
def test_what_cannot_be_read_is_named_and_not_passed_over(kind: PullKind, body: bytes) -> None:
    good = [
        Pulled(n, PullKind.EVENT, foreign(e)) for n, e in enumerate(events_of_another_point(2), 1)
    ]
    inflow = MemoryInflow()

    with pytest.raises(CorruptItem) as corrupt:
        pull(inflow, Feeds([*good, Pulled(3, kind, body)]), page_size=2)

    assert (corrupt.value.feed, corrupt.value.position) == ("own", 3)
    assert (inflow.reached.own, len(inflow.items)) == (2, 2)


def test_an_event_whose_data_was_withheld_comes_with_its_hash() -> None:
    (entry,) = events_of_another_point(1)
    bare = ForeignEvent(entry.core, entry.prev, None, None, entry.data_hash)
    inflow = MemoryInflow()

    pull(inflow, Feeds([Pulled(1, PullKind.EVENT, wire.write(bare))]))

    (came,) = inflow.items
    assert isinstance(came, Entry)
    assert (came.hash, came.data) == (entry.hash, None)


def test_hashes_are_computed_here_and_not_believed() -> None:
    (entry,) = events_of_another_point(1)
    changed = msgspec.structs.replace(entry, data=(entry.data or b"") + b"!")
    page = PullPage((Pulled(1, PullKind.EVENT, foreign(changed)),), (), 1, 0, more=False)

    (came,) = read_page(page, Cursor())

    assert isinstance(came, Entry)
    assert came.hash != entry.hash
    assert ledger.data_is_intact(came)


@pytest.mark.parametrize(
    "page",
    [
        PullPage((Pulled(2, "x", b""), Pulled(2, "x", b"")), (), 2, 0, more=False),
        PullPage((Pulled(3, "x", b""), Pulled(2, "x", b"")), (), 3, 0, more=False),
        PullPage((Pulled(1, "x", b""),), (), 5, 0, more=False),
        PullPage((Pulled(9, "x", b""),), (), 5, 0, more=False),
        PullPage((Pulled(2, "x", b""),), (), 2, 0, False, behind_own=0, behind_common=0),
        PullPage((Pulled(2, "x", b""),), (), 3, 0, more=False),
        PullPage((), (), 4, 0, more=False),
        PullPage((), (Pulled(9, "x", b""),), 5, 5, more=False),
        PullPage((), (), 1, 0, more=True),
    ],
    ids=[
        "twice",
        "backwards",
        "old",
        "beyond",
        "of another cursor",
        "short",
        "empty",
        "common",
        "endless",
    ],
)
def test_places_out_of_order_are_not_believed(page: PullPage) -> None:
    with pytest.raises(StrangeAnswer):
        list(read_page(page, Cursor(1, 0)))


class NarrowFeeds(Feeds):
    """Answers large pages too late."""

    def page(self, cursor: Cursor, limit: int) -> PullPage:
        if limit > 3:
            raise TimedOut
        return super().page(cursor, limit)


def test_pages_shrink_until_they_pass() -> None:
    own = [
        Pulled(n, PullKind.EVENT, foreign(e)) for n, e in enumerate(events_of_another_point(9), 1)
    ]
    feeds = NarrowFeeds(own)

    assert pull(MemoryInflow(), feeds).events == 9
    assert max(feeds.asked) <= 3


@given(
    kind=st.one_of(st.sampled_from(PullKind), st.text(max_size=20)),
    body=st.one_of(
        st.binary(max_size=100),
        st.recursive(st.none() | st.integers(0, 99) | st.binary() | st.text(), st.lists).map(
            msgspec.msgpack.encode
        ),
    ),
)
def test_no_item_makes_reading_fail_without_a_name(kind: str, body: bytes) -> None:
    page = PullPage((Pulled(1, kind, body),), (), 1, 0, more=False)
    try:
        (item,) = read_page(page, Cursor())
    except CorruptItem:
        return
    assert isinstance(item, (Entry, events.Verdict, Document))
