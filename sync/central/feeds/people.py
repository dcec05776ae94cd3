"""Which point needs which people rows: a feed for each, in the order they came or changed.

Rows lie sealed (see `person_rows`) and go only to points that an event or a document names them
for. What an event names stays; what a document alone names goes again with the document.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, and_, bindparam, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from station import documents, events
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.feeds.feed import following
from sync.central.feeds.pages import last_that_fits
from sync.sealing import Cipher
from sync.wire import DEPARTMENT, MAX_PEOPLE

NAMING_DOCUMENTS = (documents.OFFER, documents.CASE)


class Row(Struct, frozen=True):
    """One row, opened; without content it is purged, or not needed any more where it goes."""

    id: bytes
    version: int
    kind: str
    salted: bytes | None  # salt and content: what a Ref's digest covers
    named_by: tuple[int, int] = (0, 0)  # chain number and seq of the event that names it
    station: int = DEPARTMENT  # whose row it is
    needed: bool = True


class Page(Struct, frozen=True):
    """The next rows of a people feed."""

    rows: tuple[Row, ...]
    position: int
    more: bool


class Kept(Struct, frozen=True):
    """A row as it stands now, and whose it is."""

    station: int
    id: bytes
    version: int
    purged: bool


def label(station: int, id_: bytes) -> bytes:
    """What a row at rest is bound to."""
    return station.to_bytes(2) + id_


def owners_of(connection: Connection, station: int, ids: Collection[bytes]) -> dict[bytes, int]:
    """Whose the rows are that this point got from somebody; all others it names are its own."""
    table = t.person_sent.c
    wanted = select(table.id, table.of_station).where(table.station == station, table.id.in_(ids))
    return {row.id: row.of_station for row in connection.execute(wanted)}


# ---- who needs them ----


def forward(
    connection: Connection, to_station: int, refs: Iterable[events.Ref], of_station: int
) -> None:
    """A point gets an event of another one: it needs the rows that the event names, for good."""
    ids = {ref.id for ref in refs}
    if ids:
        owners = dict.fromkeys(ids, of_station) | owners_of(connection, of_station, ids)
        _need(connection, to_station, owners, by_event=True)


def forward_document(connection: Connection, to_station: int, refs: Iterable[events.Ref]) -> None:
    """A point gets an offer or a case: it needs the rows that it names, until `withdraw`."""
    digests = {ref.id: ref.digest for ref in refs}
    table = t.person.c
    wanted = select(table.id, table.station, table.digest).where(table.id.in_(digests))
    if digests:
        owners = dict.fromkeys(digests, DEPARTMENT)
        found = connection.execute(wanted).all()
        owners |= {row.id: row.station for row in found if row.digest == digests[row.id]}
        _need(connection, to_station, owners, by_event=False)


def note_named(connection: Connection, station: int, refs: Iterable[events.Ref]) -> None:
    """A point's own events name rows: those that came from elsewhere stay with it for good."""
    ids = {ref.id for ref in refs}
    if ids and (owners := owners_of(connection, station, ids)):
        _need(connection, station, owners, by_event=True)


def withdraw(connection: Connection, station: int, refs: Iterable[events.Ref]) -> None:
    """A document was taken back or replaced: rows that nothing else names leave the point."""
    ids = {ref.id for ref in refs} - _named_by_documents(connection, station)
    table = t.person_sent.c
    loose = select(table.id, table.of_station).where(
        table.station == station, table.id.in_(ids), ~table.by_event, ~table.ended
    )
    if ids and (rows := connection.execute(loose).all()):
        _put(connection, station, {row.id: row.of_station for row in rows}, ended=True)


def refs_of(document: documents.Document) -> tuple[events.Ref, ...]:
    """The people rows that a document names."""
    said = documents.read(document) if document.kind in NAMING_DOCUMENTS else None
    values = (getattr(said, field) for field in said.__struct_fields__) if said else ()
    return tuple(value for value in values if isinstance(value, events.Ref))


def _named_by_documents(connection: Connection, station: int) -> set[bytes]:
    table = t.document
    wanted = select(table).where(table.c.station == station, table.c.kind.in_(NAMING_DOCUMENTS))
    return {
        ref.id
        for row in connection.execute(wanted)
        for ref in refs_of(documents.Document(row.kind, row.id, row.version, row.body))
    }


def _need(
    connection: Connection, station: int, owners: Mapping[bytes, int], *, by_event: bool
) -> None:
    """Put rows into a point's feed that are not there, or not any more."""
    table = t.person_sent.c
    here = select(table.id, table.by_event, table.ended).where(
        table.station == station, table.id.in_(owners)
    )
    known = {row.id: row for row in connection.execute(here)}
    fresh = {
        id_: owner
        for id_, owner in owners.items()
        if owner != station and (id_ not in known or known[id_].ended)
    }
    if fresh:
        _put(connection, station, fresh)
    named = [id_ for id_ in owners if by_event and not (id_ in known and known[id_].by_event)]
    if named:
        of_rows = and_(table.station == station, table.id.in_(named))
        connection.execute(update(t.person_sent).where(of_rows), {"by_event": True})


def announce(engine: Engine, rows: Iterable[Kept]) -> None:
    """Give a place in every feed that has a row, for how it stands now.

    One feed is locked at a time, behind the rows' own transaction: whoever is put on the list
    meanwhile reads the row as it stands. What changed or went away goes to its owner as well,
    where an old copy of the store may come back with it.
    """
    of = {(row.station, row.id): row for row in rows}
    if not of:
        return
    table = t.person_sent.c
    holding = select(table.station, table.of_station, table.id).where(
        tuple_(table.of_station, table.id).in_(of), ~table.ended
    )
    with reading(engine) as connection:
        held_by = connection.execute(holding).all()
    places: dict[int, dict[bytes, int]] = {}
    for station, of_station, id_ in held_by:
        places.setdefault(station, {})[id_] = of_station
    for row in of.values():
        if (row.purged or row.version > 1) and row.station != DEPARTMENT:
            places.setdefault(row.station, {})[row.id] = row.station
    for station, moved in places.items():
        with writing(engine) as connection:
            _put(connection, station, moved)


def _put(
    connection: Connection, station: int, rows: Mapping[bytes, int], *, ended: bool = False
) -> None:
    """Give rows the next places in a point's feed; whoever holds the feed's row gives places."""
    first = following(_lock_feed(connection, station))
    table = t.person_sent.c
    moved = [
        {"_id": id_, "of_station": owner, "position": position, "ended": ended}
        for position, (id_, owner) in enumerate(sorted(rows.items()), first)
    ]
    here = select(table.id).where(table.station == station, table.id.in_(rows))
    known = set(connection.execute(here).scalars())
    of_row = and_(table.station == station, table.id == bindparam("_id"))
    if old := [row for row in moved if row["_id"] in known]:
        connection.execute(update(t.person_sent).where(of_row), old)
    if new := [row for row in moved if row["_id"] not in known]:
        blank = {"station": station, "by_event": False}
        fresh = [blank | {"id": row.pop("_id")} | row for row in new]
        connection.execute(insert(t.person_sent), fresh)
    reached = {"people_position": first + len(moved) - 1}
    connection.execute(update(t.feed).where(t.feed.c.station == station), reached)


def _lock_feed(connection: Connection, station: int) -> int:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    blank = {"station": station, "position": 0, "people_position": 0}
    connection.execute(dialect.insert(t.feed).values(blank).on_conflict_do_nothing())
    wanted = select(t.feed.c.people_position).where(t.feed.c.station == station)
    return int(connection.execute(wanted.with_for_update()).scalar_one())


# ---- rows go out ----


def page(engine: Engine, seal: Cipher, station: int, after: int, limit: int = MAX_PEOPLE) -> Page:
    """The next rows of a point's feed; from its beginning where it never came so far."""
    sent, row = t.person_sent.c, t.person.c
    columns = (sent.position, sent.of_station, sent.id, sent.ended)
    of_row = and_(row.station == sent.of_station, row.id == sent.id)
    kept = t.person_sent.outerjoin(t.person, of_row)
    wanted = select(*columns, row.version, row.kind, row.sealed).select_from(kept)
    with reading(engine) as connection:
        last = select(t.feed.c.people_position).where(t.feed.c.station == station)
        begin = after if after <= (connection.execute(last).scalar() or 0) else 0
        here = and_(sent.station == station, sent.position > begin)
        length = func.coalesce(func.length(row.sealed), 0)
        lengths = select(sent.position, length).select_from(kept).where(here)
        places = connection.execute(lengths.order_by(sent.position).limit(limit)).all()
        position = last_that_fits(places) or begin
        page_of = wanted.where(here, sent.position <= position).order_by(sent.position)
        found = connection.execute(page_of).all()
    # a row without a version is named here and did not come yet
    rows = tuple(_opened(seal, place) for place in found if place.ended or place.version)
    behind = bool(places) and (len(places) == limit or places[-1].position > position)
    return Page(rows, position, behind)


def _opened(seal: Cipher, place: Any) -> Row:
    kind, version = place.kind or "text", place.version or 1
    salted = None
    if place.sealed is not None and not place.ended:
        salted = seal.open(label(place.of_station, place.id), place.sealed)
    return Row(place.id, version, kind, salted, station=place.of_station, needed=not place.ended)
