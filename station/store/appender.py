"""The right to append: one lock, one chain, projections in step with the log."""

import secrets
from datetime import date

from msgspec import Struct, structs
from sqlalchemy import Connection, func, insert, select, update

from station import events, ledger
from station.operators import Operator
from station.ports import StoreEmpty
from station.refusals import InTheFuture
from station.store import tables as t
from station.store.entries import COLUMNS, Origin, append_entry, entry_of
from station.store.projector import Projector


class Head(Struct, frozen=True):
    """The last event of the chain this store writes."""

    chain: ledger.ChainId
    seq: int
    hash: bytes
    delegated: bool = False  # a laptop's, that its point lent to it


def lock_head(connection: Connection) -> Head:
    """Take the right to append; everybody else waits until this transaction ends.

    Raises StoreEmpty where no chain was ever begun.
    """
    current = select(t.head).where(t.head.c.id == t.CURRENT)
    row = connection.execute(current.with_for_update()).one_or_none()
    if row is None:
        raise StoreEmpty
    return Head(ledger.ChainId(row.station, row.chain), row.seq, row.hash, row.delegated)


def new_number() -> int:
    """Of a chain: drawn, not counted: a backup restored twice must not begin the same one twice."""
    return secrets.randbits(31) or 1


def begin_chain(connection: Connection, station: int, old: Head | None = None) -> None:
    """Point the current head at a chain nobody wrote to yet; the old one stays beside it."""
    row = {"chain": new_number(), "seq": 0, "hash": ledger.NO_HASH}
    row |= {"delegated": False}
    if old is None:
        connection.execute(insert(t.head), row | {"id": t.CURRENT, "station": station})
        return
    retired = connection.execute(select(func.max(t.head.c.id))).scalar_one() + 1
    kept = {"chain": old.chain.number, "seq": old.seq, "hash": old.hash, "delegated": False}
    connection.execute(insert(t.head), kept | {"id": retired, "station": station})
    connection.execute(update(t.head).where(t.head.c.id == t.CURRENT), row)


def _today(connection: Connection, when: ledger.Moment) -> date:
    """The clock's day, or the newest day in the log where the clock fell behind it."""
    newest = select(*COLUMNS).where(t.log.c.source == Origin.OWN)
    row = connection.execute(newest.order_by(t.log.c.position.desc()).limit(1)).first()
    return max(when.at.date(), entry_of(row).header.at.date()) if row else when.at.date()


class Appender:
    """Appends the events of one act. `finish` writes what is still in memory."""

    def __init__(self, connection: Connection, by: Operator, when: ledger.Moment) -> None:
        if when.occurred is not None and when.occurred.day > _today(connection, when):
            raise InTheFuture(when.occurred.day)
        self._connection, self._by, self._when = connection, by, when
        self._head = self._start = lock_head(connection)
        self.chain, self.laptop = self._head.chain, self._head.delegated
        self.station = self.chain.station
        self.projector = Projector(connection, self._head.chain)

    def record(self, subject: str, said: events.Said) -> events.Event:
        """Append one event; the states it touches move on at once."""
        said = structs.replace(said, by=self._by.id)
        salt = secrets.token_bytes(ledger.SALT_LENGTH)
        header = self._header(subject, said)
        entry = ledger.write(header, events.encode(said), self._head.hash, salt)
        event = events.Event(entry.hash, header, said)
        position = append_entry(self._connection, Origin.OWN, entry)
        self.projector.apply_event(position, event)
        self._head = Head(self._head.chain, header.seq, event.hash)
        return event

    def finish(self) -> None:
        """Write the states and the head."""
        self.projector.flush()
        if self._head is not self._start:
            row = {"seq": self._head.seq, "hash": self._head.hash}
            self._connection.execute(update(t.head).where(t.head.c.id == t.CURRENT), row)

    def _header(self, subject: str, said: events.Said) -> ledger.Header:
        at_ms, offset_min = ledger.in_time(self._when)
        state = self.projector.state(subject)
        return ledger.Header(
            format=ledger.FORMAT,
            chain=self._head.chain,
            seq=self._head.seq + 1,
            subject=subject,
            seen=state.last if state else b"",
            kind=type(said).__name__,
            at_ms=at_ms,
            offset_min=offset_min,
            occurred=self._when.occurred,
        )
