"""One transaction at the store: what the use cases see as `Work`."""

import secrets

from msgspec import Struct, structs
from sqlalchemy import Connection, select, update

from station import events, ledger, people, refusals
from station.case import Case
from station.codes import CodeKind, make
from station.device import Device, Stage
from station.lot import Lot
from station.operators import Operator
from station.parts import Parts
from station.reference import Reference
from station.store import tables as t
from station.store.entries import COLUMNS, Origin, append_entry, item_of, items_about
from station.store.projector import Projector, serial_key
from station.store.sealing import PeopleRows

_GONE = (Stage.RETIRED,)


class Head(Struct, frozen=True):
    """The last event of the chain this store writes."""

    chain: ledger.ChainId
    seq: int
    hash: bytes


def lock_head(connection: Connection) -> Head:
    """Take the right to append; everybody else waits until this transaction ends."""
    current = select(t.head).where(t.head.c.id == t.CURRENT)
    row = connection.execute(current.with_for_update()).one()
    return Head(ledger.ChainId(row.station, row.chain), row.seq, row.hash)


class SqlWork:
    """Implements `station.ports.Work`. `finish` writes what is still in memory."""

    def __init__(
        self,
        connection: Connection,
        people_rows: PeopleRows,
        reference: Reference,
        by: Operator,
        when: ledger.Moment,
    ) -> None:
        self.reference, self.when = reference, when
        self._connection, self._people, self._by = connection, people_rows, by
        self._head = lock_head(connection)
        self._changed = False
        self.station = self._head.chain.station
        self._projector = Projector(connection, self.station)

    def find_device(self, code: str) -> Device | None:
        """The device, or None when the code was never received."""
        state = self._projector.state(code)
        return state if isinstance(state, Device) and state.known else None

    def device(self, code: str) -> Device:
        """The device; raises UnknownDevice."""
        device = self.find_device(code)
        if device is None:
            raise refusals.UnknownDevice(code)
        return device

    def case(self, code: str) -> Case:
        """The case; raises UnknownCase."""
        state = self._projector.state(code)
        if not isinstance(state, Case) or not state.known:
            raise refusals.UnknownCase(code)
        return state

    def lot(self, code: str) -> Lot:
        """The lot or batch; raises UnknownLot."""
        state = self._projector.state(code)
        if not isinstance(state, Lot) or not state.known:
            raise refusals.UnknownLot(code)
        return state

    def parts(self, item: str) -> Parts:
        """How many of an item the books show; zero for one never counted."""
        state = self._projector.state(item)
        return state if isinstance(state, Parts) else Parts(item)

    def holder_of_serial(self, serial: str, maker: str | None) -> Device | None:
        """The live device under this serial; another maker's same number is another machine."""
        self._projector.flush()
        wanted = select(t.device.c.code).where(
            t.device.c.serial_key == serial_key(serial), t.device.c.stage.not_in(_GONE)
        )
        for (code,) in self._connection.execute(wanted.order_by(t.device.c.position)):
            device = self.device(code)
            if not maker or not device.maker or device.maker.casefold() == maker.casefold():
                return device
        return None

    def next_code(self, kind: CodeKind) -> str:
        """A code of this point that was never given out."""
        return make(kind, self.station, self._projector.reserve_number(kind))

    def event(self, hash_: bytes) -> events.Event:
        """An event of the local log; raises UnknownEvent."""
        row = self._connection.execute(select(*COLUMNS).where(t.log.c.hash == hash_)).one_or_none()
        item = item_of(row) if row else None
        if not isinstance(item, events.Event):
            raise refusals.UnknownEvent(hash_.hex())
        return item

    def report_event(self, report: bytes, code: str) -> events.Event | None:
        """The event by which this report was already recorded for the device."""
        for item in items_about(self._connection, code):
            match item:
                case events.Event(said=events.ChecksRecorded(report=known)) if known == report:
                    return item
        return None

    def keep(self, content: people.Content) -> events.Ref:
        """Put a person or typed words into the people store."""
        return self._people.keep(self._connection, content)

    def record(self, subject: str, said: events.Said) -> events.Event:
        """Append one event; the states it touches move on at once."""
        said = structs.replace(said, by=self._by.id)
        entry = ledger.write(
            self._header(subject, said),
            events.encode(said),
            self._head.hash,
            secrets.token_bytes(16),
        )
        position = append_entry(self._connection, Origin.OWN, entry)
        event = events.Event(entry.hash, entry.header, said)
        self._projector.apply_event(position, event)
        self._head = Head(self._head.chain, event.header.seq, event.hash)
        self._changed = True
        return event

    def finish(self) -> None:
        """Write the states and the head; the caller commits."""
        self._projector.flush()
        if self._changed:
            row = {"seq": self._head.seq, "hash": self._head.hash}
            self._connection.execute(update(t.head).where(t.head.c.id == t.CURRENT), row)

    def _header(self, subject: str, said: events.Said) -> ledger.Header:
        at_ms, offset_min = ledger.in_time(self.when)
        state = self._projector.state(subject)
        return ledger.Header(
            format=ledger.FORMAT,
            chain=self._head.chain,
            seq=self._head.seq + 1,
            subject=subject,
            seen=state.last if state else b"",
            kind=type(said).__name__,
            at_ms=at_ms,
            offset_min=offset_min,
            occurred=self.when.occurred,
        )
