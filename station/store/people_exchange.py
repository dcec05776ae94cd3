"""People rows on their way: which ones go out, and what becomes of those that come.

An own row goes once an event that names it was answered. Rows of others are kept under their ids
beside the own ones and found like them. A purge empties a row whatever its version.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, insert, or_, select, update

from station import events
from station.people import TRAVELLING
from station.ports import PersonSent
from station.store import tables as t
from station.store.appender import lock_head
from station.store.engine import reading, writing
from station.store.sealing import PeopleRows, Sealer

logger = logging.getLogger(__name__)

POSITION = "people_position"  # the note of how far the people feed was read


class SqlPeopleExchange:
    """Implements `station.ports.PeopleExchange`; the part of a store that people rows pass."""

    engine: Engine
    _sealer: Sealer
    _people: PeopleRows

    def people_to_send(self, limit: int, skip: Collection[bytes] = ()) -> tuple[PersonSent, ...]:
        """Rows named by answered own events, not confirmed in their version yet."""
        with reading(self.engine) as connection:
            waiting = _waiting(connection, self._sealer, skip)
            return tuple(row for row, _ in zip(waiting, range(limit), strict=False))

    def note_people_sent(self, confirmed: Sequence[tuple[bytes, int]]) -> None:
        """These rows are with the service in this version."""
        with writing(self.engine) as connection:
            lock_head(connection)
            for id_, version in confirmed:
                row = update(t.people).where(t.people.c.id == id_, t.people.c.sent < version)
                connection.execute(row, {"sent": version})

    def people_position(self) -> int:
        """How far the people feed was read."""
        with reading(self.engine) as connection:
            return _position(connection)

    def take_in_people(self, rows: Sequence[PersonSent], position: int) -> None:
        """Keep, replace or empty rows, and note how far the feed was read, in one transaction."""
        with writing(self.engine) as connection:
            station = lock_head(connection).chain.station  # rows are numbered in commit order
            taking = _Taking(connection, self._sealer, station)
            for row in rows:
                taking.take(row)
            if taking.changed:
                self._people.note_change(connection)
            _note_position(connection, position)

    def forget_what_was_sent(self) -> None:
        """The service lost records: every row and file is offered to it once more."""
        with writing(self.engine) as connection:
            lock_head(connection)
            own = or_(t.people.c.station.is_(None), t.people.c.sealed.is_(None))
            connection.execute(update(t.people).where(own), {"sent": 0})
            here = t.attachment.c.sealed.is_not(None)
            connection.execute(update(t.attachment).where(here), {"sent": False})


def _waiting(
    connection: Connection, sealer: Sealer, skip: Collection[bytes]
) -> Iterator[PersonSent]:
    """What may go, the oldest first; of others' rows nothing but that they were purged here."""
    station = own_station(connection)
    people, log, verdict = t.people.c, t.log.c, t.verdict.c
    answered = and_(
        verdict.station == log.station,
        verdict.chain == log.chain,
        verdict.seq == log.seq,
        verdict.outcome != events.REJECTED,
    )
    columns = (people.id, people.version, people.kind, people.sealed, people.station)
    wanted = (
        select(*columns, t.named.c.digest, log.chain, log.seq)
        .join(t.named, t.named.c.id == people.id)
        .join(t.log, log.position == t.named.c.position)
        .join(t.verdict, answered)
        .where(people.sent < people.version, people.kind.in_(TRAVELLING))
        .where(log.station == station, or_(people.station.is_(None), people.sealed.is_(None)))
        .order_by(people.number, t.named.c.position.desc())
        .execution_options(yield_per=200)
    )
    last = b""
    for row in connection.execute(wanted):
        if row.id == last or row.id in skip:
            continue
        salted = None if row.sealed is None else sealer.open(row.id, row.sealed)
        if salted is None or sha256(salted).digest() == row.digest:
            last = row.id
            owner = station if row.station is None else row.station
            yield PersonSent(
                row.id, owner, row.version, row.kind, salted, named_by=(row.chain, row.seq)
            )


def own_station(connection: Connection) -> int:
    """The point's number, read without taking the right to write."""
    current = select(t.head.c.station).where(t.head.c.id == t.CURRENT)
    return int(connection.execute(current).scalar_one())


class _Taking:
    """Rows of one page, one after another."""

    def __init__(self, connection: Connection, sealer: Sealer, station: int) -> None:
        self._connection, self._sealer, self._station = connection, sealer, station
        self.changed = False  # something that was here before is another now

    def take(self, row: PersonSent) -> None:
        """Keep a row, or see that it goes."""
        here = self._connection.execute(
            select(t.people).where(t.people.c.id == row.id)
        ).one_or_none()
        if not row.needed:
            self._let_go(here)
        elif row.salted is not None and not self._is_as_named(row.id, row.salted):
            logger.warning("person_refused id=%s version=%d", row.id.hex(), row.version)
        elif here is None:
            self._add(row)
        elif here.sealed is not None and (row.salted is None or row.version > here.version):
            self._replace(here, row)

    def _let_go(self, here: Row[Any] | None) -> None:
        """Nothing names it for this point any more; an own row stays."""
        if here is not None and here.station is not None:
            self._connection.execute(delete(t.people).where(t.people.c.id == here.id))
            self.changed = True

    def _is_as_named(self, id_: bytes, salted: bytes) -> bool:
        """Whether an event or document here says so; what none names yet is believed."""
        wanted = select(t.named.c.digest).where(t.named.c.id == id_)
        digests = set(self._connection.execute(wanted).scalars())
        return not digests or sha256(salted).digest() in digests

    def _add(self, row: PersonSent) -> None:
        station = None if row.station == self._station else row.station
        own = {"id": row.id, "station": station} | self._columns(row)
        self._connection.execute(insert(t.people), own)

    def _replace(self, here: Row[Any], row: PersonSent) -> None:
        newer = self._columns(row) | {"version": max(row.version, here.version)}
        self._connection.execute(update(t.people).where(t.people.c.id == row.id), newer)
        self.changed = True

    def _columns(self, row: PersonSent) -> dict[str, Any]:
        """As it came from the service, so it is there already."""
        sealed = None if row.salted is None else self._sealer.seal(row.id, row.salted)
        return {"kind": row.kind, "sealed": sealed, "version": row.version, "sent": row.version}


def _position(connection: Connection) -> int:
    noted = connection.execute(select(t.meta.c.value).where(t.meta.c.name == POSITION)).scalar()
    return int(noted) if noted else 0


def _note_position(connection: Connection, position: int) -> None:
    value = {"value": str(position).encode()}
    found = connection.execute(update(t.meta).where(t.meta.c.name == POSITION), value)
    if found.rowcount == 0:
        connection.execute(insert(t.meta), {"name": POSITION} | value)
