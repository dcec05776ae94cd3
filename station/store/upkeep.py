"""Verify a store, rebuild its projections, and begin anew after a restored backup."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.engine import Engine

from station import events, ledger
from station.operators import Operator
from station.store import queries
from station.store import tables as t
from station.store.appender import Appender, begin_chain, lock_head
from station.store.engine import reading, writing
from station.store.entries import COLUMNS, entry_of, item_of
from station.store.projector import COUNTED, Projector
from station.store.schema import point_subject

NUMBERS_LEFT_FREE = 10_000
REPLAY_STEP = 2_000  # log rows between two flushes


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


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


def verify(engine: Engine) -> Findings:
    """Check every chain and compare the projections with a replay, which is then undone."""
    with reading(engine) as connection:
        own = set(queries.own_chains(connection))
        rows = connection.execute(queries.ENTRIES_BY_CHAIN)
        chains = groupby((entry_of(row) for row in rows), key=lambda entry: entry.header.chain)
        seen, total, unknown = 0, 0, 0
        broken: list[str] = []
        for chain, entries in chains:
            counted = _Counted(entries)
            broken += _broken(counted, whole=(chain.station, chain.number) in own)
            seen, total, unknown = seen + 1, total + counted.events, unknown + counted.unknown
    return Findings(seen, total, tuple(broken), unknown, _projections_match(engine))


def rebuild(engine: Engine) -> int:
    """Fold the whole log again into empty projections; how many log rows were read."""
    with writing(engine) as connection:
        lock_head(connection)
        return _replay(connection)


def start_chain(
    engine: Engine, by: Operator, when: ledger.Moment, *, printed: int, reason: str
) -> ledger.ChainId:
    """Leave the old chain and begin a new one, as after a restored backup.

    `printed` is the highest number anybody knows to be on a label; codes go on well above it and
    above everything this store knows, so that an old copy cannot give a code out twice.
    """
    with writing(engine) as connection:
        old = lock_head(connection)
        begin_chain(connection, old.chain.station, old)
        appender = Appender(connection, by, when)
        known = max(printed, *(appender.projector.number(kind) for kind in COUNTED))
        said = events.ChainStarted(
            known_chain=old.chain,
            known_seq=old.seq,
            known_hash=old.hash,
            numbers_above=known + NUMBERS_LEFT_FREE,
            reason=reason,
        )
        appender.record(point_subject(old.chain.station), said)
        appender.finish()
        return lock_head(connection).chain


def fingerprint(connection: Connection) -> bytes:
    """A digest of every projected row, in the order of its key."""
    digest = sha256()
    for table in t.PROJECTIONS:
        digest.update(table.name.encode())
        ordered = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(ordered.execution_options(yield_per=1000)):
            digest.update(msgspec.msgpack.encode([_plain(value) for value in row]))
    return digest.digest()


class _Counted:
    """Passes entries on and counts them."""

    def __init__(self, entries: Iterator[ledger.Entry]) -> None:
        self._entries, self.events, self.unknown = entries, 0, 0

    def __iter__(self) -> Iterator[ledger.Entry]:
        for entry in self._entries:
            self.events += 1
            self.unknown += events.read(entry).said is None
            yield entry


def _broken(entries: _Counted, *, whole: bool) -> list[str]:
    """Own chains must be whole; of other points' chains only parts come here."""
    try:
        if whole:
            for _ in ledger.verified(entries):
                pass
            return []
        return [
            str(ledger.ChangedEvent(entry.header.chain, entry.header.seq))
            for entry in entries
            if not ledger.data_is_intact(entry)
        ]
    except (ledger.BrokenLedger, ledger.UnreadableEntry) as error:
        for _ in entries:
            pass
        return [str(error)]


def _projections_match(engine: Engine) -> bool:
    same = False
    try:
        with writing(engine) as connection:
            lock_head(connection)
            before = fingerprint(connection)
            _replay(connection)
            same = fingerprint(connection) == before
            raise _Undo
    except _Undo:
        return same


def _replay(connection: Connection) -> int:
    for table in t.PROJECTIONS:
        connection.execute(delete(table))
    current = connection.execute(select(t.head).where(t.head.c.id == t.CURRENT)).one()
    projector = Projector(connection, current.station)
    position, read = 0, 0
    while rows := _after(connection, position):
        for row in rows:
            _apply(connection, projector, row)
        position, read = rows[-1].position, read + len(rows)
        projector.flush()
        projector.forget()
    return read


def _after(connection: Connection, position: int) -> list[Row[*tuple[Any, ...]]]:
    wanted = select(*COLUMNS).where(t.log.c.position > position)
    return list(connection.execute(wanted.order_by(t.log.c.position).limit(REPLAY_STEP)))


def _apply(connection: Connection, projector: Projector, row: Row[*tuple[Any, ...]]) -> None:
    item = item_of(row)
    if isinstance(item, events.Event):
        projector.apply_event(row.position, item)
        return
    event = queries.own_event(connection, item.event)
    if event is not None:
        projector.apply_verdict(row.position, event, item)


def _plain(value: object) -> object:
    return str(value) if value is not None and not isinstance(value, bytes | int | str) else value
