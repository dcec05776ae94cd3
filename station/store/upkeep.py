"""Rebuild a store's projections, and begin anew after a restored backup."""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, delete, select
from sqlalchemy.engine import Engine

from station import events, ledger, ports
from station.codes import LAST_NUMBER
from station.documents import Document
from station.operators import Operator
from station.refusals import NotOnLaptop, NumbersUsedUp
from station.store import queries, schema
from station.store import tables as t
from station.store.appender import Appender, begin_chain, lock_head
from station.store.engine import open_engine, writing
from station.store.entries import COLUMNS, Origin, cursor_of, item_of
from station.store.projector import Projector

NUMBERS_LEFT_FREE = 10_000
REPLAY_STEP = 2_000  # log rows between two flushes


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


def rebuild(engine: Engine) -> int:
    """Fold the whole log again into empty projections; how many log rows were read."""
    with writing(engine) as connection:
        return _replay(connection)


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables, with all that is folded from the log."""
    schema.bring_up_to_date(engine, _fold_again)


def _fold_again(connection: Connection) -> None:
    """A store that is only being made has no log to fold."""
    if connection.execute(select(t.head)).first() is not None:
        _replay(connection)


def current_engine(url: str) -> Engine:
    """The engine of an existing store, brought to this version and folded again where needed."""
    with suppress(ports.StoreTooOld):
        return schema.existing_engine(url)
    engine = open_engine(url)
    bring_up_to_date(engine)
    return engine


def station_of(engine: Engine) -> int:
    """The number of the point whose store this is; raises StoreEmpty."""
    with writing(engine) as connection:
        return lock_head(connection).chain.station


def start_chain(
    engine: Engine, by: Operator, when: ledger.Moment, *, printed: int, reason: str
) -> ledger.ChainId:
    """Leave the old chain and begin a new one, as after a restored backup.

    `printed` is the highest number anybody knows to be on a label; codes go on well above it and
    above everything this store knows, so that an old copy cannot give a code out twice. Where
    no room is left above, the chain begins all the same and gives out no code.
    """
    with writing(engine) as connection:
        old = lock_head(connection)
        if old.delegated:
            raise NotOnLaptop
        begin_chain(connection, old.chain.station, old)
        appender = Appender(connection, by, when)
        known = max(printed, appender.projector.highest_number())
        said = events.ChainStarted(
            known_chain=old.chain,
            known_seq=old.seq,
            known_hash=old.hash,
            numbers_above=min(known + NUMBERS_LEFT_FREE, LAST_NUMBER),
            reason=reason,
        )
        appender.record(schema.point_subject(old.chain.station), said)
        appender.finish()
        return lock_head(connection).chain


def well_above(number: int, station: int) -> int:
    """From where codes go on when others may have been printed; raises NumbersUsedUp."""
    if number + NUMBERS_LEFT_FREE >= LAST_NUMBER:
        raise NumbersUsedUp(station)
    return number + NUMBERS_LEFT_FREE


def fingerprint(connection: Connection, of: Sequence[Table] = t.PROJECTIONS) -> bytes:
    """A digest of every row of these tables, in the order of its key."""
    digest = sha256()
    for table in of:
        digest.update(table.name.encode())
        ordered = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(ordered.execution_options(yield_per=1000)):
            digest.update(msgspec.msgpack.encode([_plain(value) for value in row]))
    return digest.digest()


def projections_match(engine: Engine) -> bool:
    """Whether a replay, undone afterwards, gives the projections byte for byte."""
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
    """Raises UnreadableEntry: what cannot be read is not folded around in silence."""
    projector = Projector(connection, lock_head(connection).chain)
    for table in t.PROJECTIONS:
        connection.execute(delete(table))
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
    if row.source == Origin.CURSOR:
        projector.apply_cursor(row.position, cursor_of(row))
        return
    match item_of(row):
        case events.Event() as event:
            projector.apply_event(row.position, event, late=row.source == Origin.FOREIGN)
        case Document() as document:
            projector.apply_document(row.position, document)
        case events.Verdict() as verdict:
            answered = queries.event_with(connection, verdict.event)
            if answered is not None:
                projector.apply_verdict(row.position, answered, verdict)


def _plain(value: object) -> object:
    return str(value) if value is not None and not isinstance(value, bytes | int | str) else value
