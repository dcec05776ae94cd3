"""Offers on their way to a point: assigned, given to another one, declined, taken back."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, select

from station import documents
from station.documents import OFFER
from station.events import OfferedItem, Ref
from sync.central import tables as t
from sync.central.database import written
from sync.central.feeds.documents import Order, give
from sync.central.officials.acts import Act
from sync.central.programme import notices
from sync.central.programme.deciding import By, change, note, require, taken
from sync.central.programme.notices import NoticeKind
from sync.central.programme.offers import OfferPlace, OfferState


class DevicesCame(Exception):
    """Some of the devices are at a point already."""


MOVABLE = (OfferState.WAITING, OfferState.ASSIGNED)

_items = msgspec.msgpack.Decoder(tuple[OfferedItem, ...])


def items_of(row: Row[Any]) -> tuple[OfferedItem, ...]:
    """What was offered."""
    return _items.decode(row.items)


def document_of(row: Row[Any]) -> documents.Offer:
    """What a point is told of an offer."""
    return documents.Offer(
        items=items_of(row),
        donor=Ref(row.donor, row.donor_digest),
        note=Ref(row.note, row.note_digest) if row.note else None,
        expected_on=row.expected_on,
        pick_up=row.place == OfferPlace.PICK_UP,
        unit=row.unit,
    )


def assign(engine: Engine, code: str, station: int, seen: int, by: By) -> None:
    """Give an offer to a point, or to another one.

    Raises NothingThere, ChangedMeanwhile or DevicesCame.
    """

    def work(connection: Connection) -> None:
        row = taken(connection, t.offer, code)
        require(row.changed_s == seen and row.state in MOVABLE and row.station != station)
        if row.station is not None:
            _require_nothing_came(connection, code)
        assign_within(connection, row, station, by.now_s)
        note(connection, by, Act.OFFER_ASSIGNED, code, f"{station:03d}")

    written(engine, work)


def assign_within(connection: Connection, row: Row[Any], station: int, now_s: int) -> None:
    """Give an offer that was taken to a point, in a transaction that does more."""
    give(connection, Order(station, OFFER, row.code, documents.encode(document_of(row))))
    change(connection, t.offer, row, now_s, state=OfferState.ASSIGNED, station=station)
    notices.put(connection, row.channel, NoticeKind.OFFER_ASSIGNED, row.code, now_s)


def take_back(engine: Engine, code: str, seen: int, by: By) -> None:
    """An offer waits again: it was assigned or declined by mistake."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.offer, code)
        over = (OfferState.ASSIGNED, OfferState.DECLINED)
        require(row.changed_s == seen and row.state in over)
        if row.station is not None:
            _require_nothing_came(connection, code)
        if row.station is not None:
            give(connection, Order(row.station, OFFER, code, None))
        change(connection, t.offer, row, by.now_s, state=OfferState.WAITING, station=None)
        note(connection, by, Act.OFFER_ASSIGNED, code, "taken_back")

    written(engine, work)


def decline(engine: Engine, code: str, reason: str, seen: int, by: By) -> None:
    """Say no for a coded reason; a point that had it does not expect it any more."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.offer, code)
        require(row.changed_s == seen and row.state in MOVABLE)
        _require_nothing_came(connection, code)
        if row.station is not None:
            give(connection, Order(row.station, OFFER, code, None))
        change(connection, t.offer, row, by.now_s, state=OfferState.DECLINED, station=None)
        notices.put(connection, row.channel, NoticeKind.OFFER_DECLINED, code, by.now_s)
        note(connection, by, Act.OFFER_DECLINED, code, reason)

    written(engine, work)


def _require_nothing_came(connection: Connection, code: str) -> None:
    """Raises DevicesCame: what lies at a point is not taken from it by an offer's form."""
    came = select(t.journey.c.code).where(t.journey.c.offer == code).limit(1)
    if connection.execute(came).first() is not None:
        raise DevicesCame(code)
