"""What each point pulls: items in the order in which they came to be.

A position is given under the lock of the feed's row, in the transaction that causes the item. So
whoever has read up to a position has read everything before it. Positions grow with the service's
clock: when an old copy of its database was put back, none is given a second time for another item,
and what points already read stays behind them.
"""

from collections.abc import Collection, Sequence
from time import time_ns
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from station import ledger
from station.documents import Document
from sync import wire
from sync.central import tables as t
from sync.central.database import reading
from sync.central.feeds.pages import last_that_fits
from sync.wire import Answered, ForeignEvent, Pulled, PullKind, PullPage


class Item(Struct, frozen=True):
    """Something for one point, or for every point (station 0)."""

    station: int
    kind: str
    body: bytes | None  # None: the event that the next three name
    of_station: int | None = None
    of_chain: int | None = None
    of_seq: int | None = None


class Cursor(Struct, frozen=True):
    """How far a point has read."""

    own: int = 0
    common: int = 0


def event(station: int, of_station: int, of_chain: int, of_seq: int) -> Item:
    """An event of another point."""
    return Item(station, PullKind.EVENT, None, of_station, of_chain, of_seq)


def verdict(station: int, answered: Answered) -> Item:
    """A later answer on one of the point's own events."""
    return Item(station, PullKind.VERDICT, wire.write(answered))


def document(station: int, published: Document) -> Item:
    """A new version of a document."""
    return Item(station, PullKind.DOCUMENT, wire.write(published))


def lock(connection: Connection, stations: Collection[int]) -> dict[int, int]:
    """Take the right to put something into these feeds; how far each goes."""
    if not stations:
        return {}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    table = t.feed.c
    wanted = select(table.station, table.position).where(table.station.in_(stations))
    locked = wanted.order_by(table.station).with_for_update()
    rows = connection.execute(locked).all()
    if len(rows) < len(set(stations)):
        blank = [
            {"station": station, "position": 0, "people_position": 0}
            for station in sorted(set(stations))
        ]
        connection.execute(dialect.insert(t.feed).on_conflict_do_nothing(), blank)
        rows = connection.execute(locked).all()
    return {row.station: row.position for row in rows}


def following(last: int) -> int:
    """The position behind the last one: the clock's microsecond, or the next where it fell back."""
    return max(last + 1, time_ns() // 1_000)


def put(connection: Connection, items: Sequence[Item]) -> None:
    """Put items behind what is there, in this order."""
    if not items:
        return
    last = lock(connection, {item.station for item in items})
    rows: list[dict[str, Any]] = []
    for item in items:
        last[item.station] = following(last[item.station])
        rows.append({"position": last[item.station]} | _columns(item))
    connection.execute(insert(t.feed_item), rows)
    of_feed = t.feed.c.station == bindparam("_station")
    reached = [{"_station": station, "position": position} for station, position in last.items()]
    connection.execute(update(t.feed).where(of_feed), reached)


def page(engine: Engine, station: int, cursor: Cursor, limit: int) -> PullPage:
    """The next items of a point's own feed and of the one for every point."""
    with reading(engine) as connection:
        own = _next(connection, station, cursor.own, limit)
        common = _next(connection, t.EVERY_POINT, cursor.common, limit)
        reached = Cursor(
            own[-1].position if own else cursor.own,
            common[-1].position if common else cursor.common,
        )
        more = _waits(connection, station, reached.own) or _waits(
            connection, t.EVERY_POINT, reached.common
        )
    return PullPage(own, common, reached.own, reached.common, more, cursor.own, cursor.common)


def _next(connection: Connection, station: int, after: int, limit: int) -> tuple[Pulled, ...]:
    items, events = t.feed_item.c, t.event.c
    of_event = and_(
        events.station == items.of_station,
        events.chain == items.of_chain,
        events.seq == items.of_seq,
    )
    kept = t.feed_item.outerjoin(t.event, of_event)
    behind = and_(items.station == station, items.position > after)
    length = func.coalesce(func.length(items.body), func.length(events.data), 0)
    places = select(items.position, length).select_from(kept).where(behind)
    last = last_that_fits(connection.execute(places.order_by(items.position).limit(limit)))
    if last is None:
        return ()
    wanted = select(items.position, items.kind, items.body, events.header, events.salt, events.data)
    page = wanted.select_from(kept).where(behind, items.position <= last)
    rows = connection.execute(page.order_by(items.position)).all()
    return tuple(Pulled(row.position, row.kind, _body(row)) for row in rows)


def _body(row: Row[*tuple[Any, ...]]) -> bytes:
    if row.body is not None:
        return bytes(row.body)
    entry = ledger.from_header_bytes(row.header, row.salt, row.data)
    bare = entry.data_hash if entry.data is None else None
    return wire.write(ForeignEvent(entry.core, entry.prev, entry.salt, entry.data, bare))


def _waits(connection: Connection, station: int, after: int) -> bool:
    behind: ColumnElement[bool] = and_(t.feed.c.station == station, t.feed.c.position > after)
    count = select(func.count()).select_from(t.feed).where(behind)
    return bool(connection.execute(count).scalar_one())


def _columns(item: Item) -> dict[str, Any]:
    return {field: getattr(item, field) for field in item.__struct_fields__}
