"""What two points recorded that cannot both be: both sides, as the events say it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, and_, select, tuple_

from station import events, ledger
from sync.central import tables as t
from sync.central.database import reading

PAGE = 50


class Side(Struct, frozen=True):
    """One record; `kind` None: nothing is known of it."""

    station: int | None
    kind: str | None = None
    on: date | None = None
    case: str = ""


class Dispute(Struct, frozen=True):
    """One thing to settle."""

    station: int
    event: bytes
    subject: str
    outcome: str
    rule: str
    decision: str | None
    own: Side
    other: Side


Key = tuple[int, bytes]


def listed(engine: Engine, after: Key = (0, b"")) -> tuple[list[Dispute], bool]:
    """What nobody settled yet, and whether there is more."""
    table = t.dispute.c
    wanted = (
        select(t.dispute)
        .where(table.settled.is_(None), tuple_(table.station, table.event) > after)
        .order_by(table.station, table.event)
        .limit(PAGE + 1)
    )
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
        return [_dispute(connection, row) for row in rows[:PAGE]], len(rows) > PAGE


def one(engine: Engine, key: Key) -> Dispute | None:
    """One that is open."""
    table = t.dispute.c
    its = (table.station == key[0], table.event == key[1], table.settled.is_(None))
    with reading(engine) as connection:
        row = connection.execute(select(t.dispute).where(*its)).first()
        return None if row is None else _dispute(connection, row)


def _dispute(connection: Connection, row: Row[Any]) -> Dispute:
    table = t.event.c
    its = and_(table.station == row.station, table.chain == row.chain, table.seq == row.seq)
    own = connection.execute(select(t.event).where(its)).first()
    return Dispute(
        row.station,
        row.event,
        row.subject,
        row.outcome,
        row.rule,
        row.decision,
        _side(row.station, own),
        _side(row.other_station, _other(connection, row)),
    )


def _other(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """The record it contradicts: of the same subject, or of the device that it names."""
    if not row.other:
        return None
    table = t.event.c
    near = select(t.event).where(table.subject == row.subject)
    found = _with_hash(connection.execute(near), row.other)
    if found is None and row.other_station is not None:
        case = select(table.subject).where(
            table.station == row.other_station, table.hash == row.other
        )
        subject = connection.execute(case.limit(1)).scalar()
        if subject is not None:
            far = select(t.event).where(table.subject == subject)
            found = _with_hash(connection.execute(far), row.other)
    return found


def _with_hash(rows: Iterable[Row[Any]], hash_: bytes) -> Row[Any] | None:
    return next((row for row in rows if row.hash == hash_), None)


def _side(station: int | None, row: Row[Any] | None) -> Side:
    if row is None:
        return Side(station)
    event = events.read(ledger.from_header_bytes(row.header, row.salt, row.data))
    case = getattr(event.said, "case", None) or ""
    return Side(row.station, event.header.kind, event.header.day, case)
