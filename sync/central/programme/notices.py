"""What a channel is told of offers and applications that it brought: no name, no address."""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select

from sync.central import tables as t
from sync.central.feeds.feed import following
from sync.wire import DEPARTMENT

PAGE = 100  # told at once


class NoticeKind(StrEnum):
    """What happened."""

    OFFER_ASSIGNED = "offer_assigned"
    OFFER_DECLINED = "offer_declined"
    DEVICE_RECEIVED = "device_received"
    DEVICE_READY = "device_ready"
    DEVICE_GIVEN = "device_given"
    DEVICE_RETIRED = "device_retired"
    GIFT_AGREED = "gift_agreed"
    GIFT_REFUSED = "gift_refused"
    APPLICATION_APPROVED = "application_approved"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_MERGED = "application_merged"
    APPLICATION_GIVEN = "application_given"


class Notice(Struct, frozen=True, omit_defaults=True):
    """What became of an offer or application; positions only grow, and none is told twice."""

    position: int
    at_s: int
    kind: str
    code: str  # of the offer or application
    device: str | None = None  # its tracking code
    day: date | None = None  # on which it happened


class Notices(Struct, frozen=True):
    """The next notices of a channel, and behind which position to ask for those after them."""

    notices: tuple[Notice, ...]
    position: int
    more: bool


def after(connection: Connection, channel: str, position: int, limit: int = PAGE) -> Notices:
    """What a channel is told behind a position, in its order."""
    table = t.notice.c
    columns = (table.position, table.at_s, table.kind, table.code, table.device, table.day)
    its = (table.station == DEPARTMENT, table.channel == channel, table.position > position)
    wanted = select(*columns).where(*its).order_by(table.position).limit(limit + 1)
    found = tuple(Notice(*row) for row in connection.execute(wanted))
    told = found[:limit]
    return Notices(told, told[-1].position if told else position, len(found) > limit)


def put(
    connection: Connection,
    channel: str,
    kind: NoticeKind,
    code: str,
    now_s: int,
    *,
    device: str | None = None,
    day: date | None = None,
    once: bool = False,
) -> None:
    """Tell whoever brought an offer or application, in the transaction that does it.

    `once`: not where the same was told before. Positions grow under one lock, so that whoever has
    read up to one has read everything before it; and with the clock, so that an old copy of the
    database gives none out again.
    """
    table = t.notice
    if connection.dialect.name == "postgresql":  # a writer is alone on SQLite
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    same = (table.c.code == code, table.c.kind == kind, table.c.device == device)
    if once and connection.execute(select(table.c.code).where(*same)).first() is not None:
        return
    last = select(func.coalesce(func.max(table.c.position), 0))
    here = last.where(table.c.station == DEPARTMENT)
    row = {
        "station": DEPARTMENT,
        "position": following(connection.execute(here).scalar_one()),
        "channel": channel,
        "at_s": now_s,
        "kind": kind,
        "code": code,
        "device": device,
        "day": day,
    }
    connection.execute(insert(table), row)


_LOCK = 7_204_002  # any number that nothing else in the database locks
