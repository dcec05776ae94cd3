"""Is this store what it says it is? Every byte against every hash, then the replay."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, and_, func, or_, select

from station import events, ledger
from station.documents import Document
from station.ledger import ChainId
from station.store import tables as t
from station.store.attachments import damaged
from station.store.engine import reading
from station.store.entries import EVENTS, Origin, cursor_of, entry_of, item_of
from station.store.upkeep import projections_match

_NOWHERE = select(t.log.c.position).where(
    t.log.c.source.in_(EVENTS),
    or_(t.log.c.seq.is_(None), t.log.c.station.is_(None), t.log.c.chain.is_(None)),
)
_EVENTS = (
    select(t.log)
    .where(t.log.c.source.in_(EVENTS), t.log.c.position.not_in(_NOWHERE))
    .order_by(t.log.c.station, t.log.c.chain, t.log.c.seq)
    .execution_options(yield_per=1000)
)
_SAID = select(t.log).where(t.log.c.source.not_in(EVENTS)).order_by(t.log.c.position)

Where = tuple[ChainId, int]


class Findings(Struct, frozen=True):
    """What verifying a store found."""

    chains: int
    events: int
    broken: tuple[str, ...]  # one line each: what, in which chain, at which seq
    unknown_kinds: int
    withheld: int  # events whose data was purged, or never came here
    projections_match: bool

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.broken and self.projections_match


def verify(engine: Engine) -> Findings:
    """Check every chain, every row and the heads; compare the projections with a replay."""
    with reading(engine) as connection:
        heads = _heads(connection)
        own = tuple(heads)
        found = _Found()
        for chain, rows in groupby(connection.execute(_EVENTS), key=_chain_of):
            _check_chain(found, chain, rows, heads.pop(chain, None))
        for chain, (seq, _) in heads.items():  # chains this store wrote and that are not there
            if seq:
                found.broken.append(_named("gap", (chain, seq)))
        found.broken += [
            f"unreadable_entry at log position {position}"
            for position in connection.execute(_NOWHERE).scalars()
        ]
        found.broken += _broken_words(connection)
        found.broken += _missing_answers(connection, own)
        found.broken += _wrong_attachments(connection, found.scans)
    match = not found.broken and projections_match(engine)
    return Findings(
        found.chains, found.events, tuple(found.broken), found.unknown, found.withheld, match
    )


class _Found:
    """What was counted and what was wrong, so far."""

    def __init__(self) -> None:
        self.chains, self.events, self.unknown, self.withheld = 0, 0, 0, 0
        self.broken: list[str] = []
        self.scans: dict[bytes, Where] = {}  # named by own events


def _heads(connection: Connection) -> dict[ChainId, tuple[int, bytes]]:
    rows = connection.execute(select(t.head))
    return {ChainId(row.station, row.chain): (row.seq, row.hash) for row in rows}


def _chain_of(row: Row[*tuple[Any, ...]]) -> ChainId:
    return ChainId(row.station, row.chain)


def _check_chain(
    found: _Found,
    chain: ChainId,
    rows: Iterator[Row[*tuple[Any, ...]]],
    head: tuple[int, bytes] | None,
) -> None:
    """Own chains must be whole; of other points' chains only parts come here.

    Events of an own chain beyond its head were brought home after a restored copy left it.
    """
    found.chains += 1
    seq, prev, position = 0, ledger.NO_HASH, 0
    reached = head == (seq, prev)
    for row in rows:
        found.events += 1
        own = head is not None and row.seq <= head[0]
        wrong = _wrong_row(row, own=own)
        if not wrong and head is not None:
            wrong = _wrong_place(row.seq, entry_of(row), seq, prev)
        if not wrong and own and row.position < position:
            wrong = "out_of_order"  # the fold goes by position
        if wrong:
            found.broken.append(_named(wrong, (chain, row.seq)))
        elif row.data is None:
            found.withheld += 1
        else:
            said = events.read(entry_of(row)).said
            found.unknown += said is None
            if own and isinstance(said, events.SignedCopyAttached):
                found.scans.setdefault(said.scan, (chain, row.seq))
        seq, prev, position = row.seq, row.hash, max(position, row.position)
        reached = reached or head == (seq, prev)
    if head is not None and not reached:
        found.broken.append(_named("head_differs", (chain, head[0])))


def _wrong_row(row: Row[*tuple[Any, ...]], *, own: bool) -> str:
    """What is wrong with one row by itself; "" when nothing is."""
    if row.header is None or row.hash is None:
        return ledger.UnreadableEntry.code
    entry = entry_of(row)
    try:
        header = entry.header
    except ledger.UnreadableEntry as error:
        return error.code
    named = (header.chain, header.seq, header.subject, own)
    if named != (_chain_of(row), row.seq, row.subject, row.source == Origin.OWN):
        return "row_differs"
    if entry.hash != row.hash or not ledger.data_is_intact(entry):
        return ledger.ChangedEvent.code
    return ""


def _wrong_place(at: int, entry: ledger.Entry, seq: int, prev: bytes) -> str:
    if at != seq + 1:
        return ledger.Gap.code
    return "" if entry.prev == prev else ledger.Fork.code


def _broken_words(connection: Connection) -> Iterator[str]:
    """What the service said: answers, documents, and how far its feeds were read."""
    for row in connection.execute(_SAID):
        try:
            if not _is_said(row):
                yield f"row_differs at log position {row.position}"
        except ledger.UnreadableEntry:
            yield f"unreadable_{row.source} at log position {row.position}"


def _is_said(row: Row[*tuple[Any, ...]]) -> bool:
    """Whether a row that is no event holds what its source and subject say."""
    if row.source == Origin.CURSOR:
        return cursor_of(row).own >= 0 and row.subject == Origin.CURSOR
    if row.source not in {Origin.VERDICT, Origin.DOCUMENT}:
        raise ledger.UnreadableEntry(row.source)
    item = item_of(row)
    return not isinstance(item, Document) or item.subject == row.subject


def _missing_answers(connection: Connection, chains: Iterable[ChainId]) -> Iterator[str]:
    """The service answers in order; a hole would hide an event from the outbox for ever."""
    table = t.verdict.c
    sent = and_(
        table.station == t.head.c.station, table.chain == t.head.c.chain, table.seq <= t.head.c.seq
    )
    answered = select(table.station, table.chain, func.count(), func.max(table.seq))
    answered = answered.join(t.head, sent).group_by(table.station, table.chain)
    for station, number, count, last in connection.execute(answered):
        chain = ChainId(station, number)
        if chain in chains and count != last:
            yield _named("answer_missing", (chain, last))


def _wrong_attachments(connection: Connection, scans: Mapping[bytes, Where]) -> Iterator[str]:
    """A file that was purged keeps its row; one that is not there at all was lost."""
    kept = set(connection.execute(select(t.attachment.c.hash)).scalars())
    for scan, where in scans.items():
        if scan not in kept:
            yield _named("attachment_missing", where)
    for scan in damaged(connection):
        yield f"attachment_damaged: {scan.hex()}"


def _named(wrong: str, where: Where) -> str:
    return f"{wrong} in chain {where[0]} at seq {where[1]}"
