"""Is this store what it says it is? Every byte of the log against every hash, then the replay."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from msgspec import MsgspecError, Struct
from sqlalchemy import Connection, Engine, Row, select

from station import events, ledger
from station.ledger import ChainId
from station.store import tables as t
from station.store.engine import reading
from station.store.entries import Origin, entry_of, item_of
from station.store.upkeep import projections_match

_EVENTS = (
    select(t.log)
    .where(t.log.c.source != Origin.VERDICT)
    .order_by(t.log.c.station, t.log.c.chain, t.log.c.seq)
    .execution_options(yield_per=1000)
)
_VERDICTS = select(t.log).where(t.log.c.source == Origin.VERDICT).order_by(t.log.c.position)

Where = tuple[ChainId, int]


class Findings(Struct, frozen=True):
    """What verifying a store found."""

    chains: int
    events: int
    broken: tuple[str, ...]  # one line each: what, in which chain, at which seq
    unknown_kinds: int
    projections_match: bool

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.broken and self.projections_match


def verify(engine: Engine) -> Findings:
    """Check every chain, every row and the heads; compare the projections with a replay."""
    with reading(engine) as connection:
        heads = _heads(connection)
        found = _Found()
        for chain, rows in groupby(connection.execute(_EVENTS), key=_chain_of):
            _check_chain(found, chain, rows, heads.pop(chain, None))
        for chain, (seq, _) in heads.items():  # chains this store wrote and that are not there
            if seq:
                found.broken.append(_named("gap", (chain, seq)))
        found.broken += _broken_verdicts(connection)
    match = not found.broken and projections_match(engine)
    return Findings(found.chains, found.events, tuple(found.broken), found.unknown, match)


class _Found:
    """What was counted and what was wrong, so far."""

    def __init__(self) -> None:
        self.chains, self.events, self.unknown = 0, 0, 0
        self.broken: list[str] = []


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
    seq, prev = 0, ledger.NO_HASH
    reached = head == (seq, prev)
    for row in rows:
        found.events += 1
        entry = entry_of(row)
        wrong = _wrong_row(row, entry, own=head is not None and row.seq <= head[0])
        if not wrong and head is not None:
            wrong = _wrong_place(row.seq, entry, seq, prev)
        if wrong:
            found.broken.append(_named(wrong, (chain, row.seq)))
        else:
            found.unknown += events.read(entry).said is None
        seq, prev = row.seq, row.hash
        reached = reached or head == (seq, prev)
    if head is not None and not reached:
        found.broken.append(_named("head_differs", (chain, head[0])))


def _wrong_row(row: Row[*tuple[Any, ...]], entry: ledger.Entry, *, own: bool) -> str:
    """What is wrong with one row by itself; "" when nothing is."""
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


def _broken_verdicts(connection: Connection) -> Iterator[str]:
    for row in connection.execute(_VERDICTS):
        try:
            item_of(row)
        except MsgspecError:
            yield f"unreadable_verdict at log position {row.position}"


def _named(wrong: str, where: Where) -> str:
    return f"{wrong} in chain {where[0]} at seq {where[1]}"
