"""People rows at the service: whose may be written by whom, which version counts, kept sealed.

A row belongs to the point whose event first named it, or to the Department. Of a row's versions the
newest counts, and a purged one counts for ever. A change gets its place in every feed before its
sender is answered; a sender that was not answered sends again, and the places are given again.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, and_, bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from station import events, ledger
from sync.central import tables as t
from sync.central.database import writing
from sync.central.feeds.people import Kept, Row, announce, label, owners_of
from sync.sealing import Cipher
from sync.wire import DEPARTMENT

log = logging.getLogger("sync.central")

STAY_AT_THE_POINT = frozenset({"operator", "paper"})

Key = tuple[int, bytes]  # whose row, and its id


class _Named(Struct, frozen=True):
    """What an event says of a row."""

    digest: bytes
    purged: bool


def keep(engine: Engine, seal: Cipher, station: int, rows: Sequence[Row]) -> tuple[int, ...]:
    """Take a point's rows; the version that counts of each, 0 where it may not bring this one."""
    with writing(engine) as connection:
        named = _named(connection, station, rows)
        owners = owners_of(connection, station, [row.id for row in rows])
        keys = [
            _key(row, owners.get(row.id, station), station, named.get(row.named_by, {}))
            for row in rows
        ]
        if refused := keys.count(None):
            log.warning("people refused station=%d rows=%d", station, refused)
        kept = _merge(connection, seal, [(k, r) for k, r in zip(keys, rows, strict=True) if k])
    announce(engine, kept.values())
    return tuple(kept[key].version if key else 0 for key in keys)


def keep_departments(engine: Engine, seal: Cipher, rows: Sequence[Row]) -> tuple[int, ...]:
    """Take rows of the Department's own; it may purge anybody's, wherever they are."""
    with writing(engine) as connection:
        owners = _wherever(connection, [row.id for row in rows if row.salted is None])
        brought = [
            ((owner, row.id), row) for row in rows for owner in owners.get(row.id, (DEPARTMENT,))
        ]
        kept = _merge(connection, seal, brought)
    announce(engine, kept.values())
    versions = {id_: kept_row.version for (_, id_), kept_row in kept.items()}
    return tuple(versions[row.id] for row in rows)


def keep_new(connection: Connection, seal: Cipher, rows: Sequence[Row]) -> None:
    """Take new rows of the Department in a transaction that also writes who names them."""
    _merge(connection, seal, [((DEPARTMENT, row.id), row) for row in rows])


def _key(row: Row, owner: int, station: int, named: Mapping[bytes, _Named]) -> Key | None:
    """A point writes its own rows, as its events say them; of others' it may only ask the purge."""
    own, said = owner == station, named.get(row.id)
    if said is None or row.kind in STAY_AT_THE_POINT:
        return None
    if row.salted is None:
        return (owner, row.id) if own or said.purged else None
    intact = sha256(row.salted).digest() == said.digest
    return (owner, row.id) if own and intact else None


def _named(
    connection: Connection, station: int, rows: Sequence[Row]
) -> dict[tuple[int, int], dict[bytes, _Named]]:
    """What the events that the rows refer to say: of each event, by row."""
    table = t.event.c
    wanted = select(table.chain, table.seq, table.header, table.salt, table.data).where(
        table.station == station,
        tuple_(table.chain, table.seq).in_({row.named_by for row in rows}),
    )
    found = {}
    for event in connection.execute(wanted):
        entry = ledger.from_header_bytes(event.header, event.salt, event.data)
        said = events.read(entry).said
        purged = isinstance(said, events.PersonPurged)
        refs = events.refs(said) if said else ()
        found[event.chain, event.seq] = {ref.id: _Named(ref.digest, purged) for ref in refs}
    return found


def _wherever(connection: Connection, ids: Collection[bytes]) -> dict[bytes, tuple[int, ...]]:
    """Every point whose row one of these is."""
    table = t.person.c
    found: dict[bytes, tuple[int, ...]] = {}
    for row in connection.execute(select(table.id, table.station).where(table.id.in_(ids))):
        found[row.id] = (*found.get(row.id, ()), row.station)
    return found


def _merge(
    connection: Connection, seal: Cipher, brought: Sequence[tuple[Key, Row]]
) -> dict[Key, Kept]:
    """Write what counts more than what is held; how every row stands then."""
    if not brought:
        return {}
    held = _locked(connection, brought)
    changed = []
    for key, row in brought:
        if version := _version_after(held[key], row):
            held[key] = Kept(*key, version, row.salted is None)
            changed.append(_columns(seal, held[key], row))
    if changed:
        table = t.person.c
        of_row = and_(table.station == bindparam("_station"), table.id == bindparam("_id"))
        connection.execute(update(t.person).where(of_row), changed)
    return held


def _locked(connection: Connection, brought: Sequence[tuple[Key, Row]]) -> dict[Key, Kept]:
    """How the rows stand, blank where they are new. Two PCs of one point lock in one order."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    blank = [
        {"station": station, "id": id_, "version": 0, "kind": row.kind}
        for (station, id_), row in sorted(brought, key=lambda pair: pair[0])
    ]
    connection.execute(dialect.insert(t.person).on_conflict_do_nothing(), blank)
    table = t.person.c
    wanted = select(t.person).where(tuple_(table.station, table.id).in_({k for k, _ in brought}))
    rows = connection.execute(wanted.order_by(table.station, table.id).with_for_update())
    return {
        (row.station, row.id): Kept(
            row.station, row.id, row.version, row.version > 0 and row.sealed is None
        )
        for row in rows
    }


def _version_after(held: Kept, row: Row) -> int | None:
    """The version the row gives, None where it changes nothing: a purge is never overtaken."""
    if held.purged:
        return None
    if row.salted is None:
        return max(row.version, held.version + 1)
    return row.version if row.version > held.version else None


def _columns(seal: Cipher, kept: Kept, row: Row) -> dict[str, Any]:
    columns = {
        "_station": kept.station,
        "_id": kept.id,
        "version": kept.version,
        "kind": row.kind,
        "sealed": None,
        "digest": None,
    }
    if row.salted is not None:
        columns["sealed"] = seal.seal(label(kept.station, kept.id), row.salted)
        columns["digest"] = sha256(row.salted).digest()
    return columns
