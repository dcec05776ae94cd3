"""What a channel is told of offers and applications that it brought: no name, no address."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from sync.central import tables as t
from sync.wire import DEPARTMENT


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
    APPLICATION_GIVEN = "application_given"


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
    read up to one has read everything before it.
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
        "position": connection.execute(here).scalar_one() + 1,
        "channel": channel,
        "at_s": now_s,
        "kind": kind,
        "code": code,
        "device": device,
        "day": day,
    }
    connection.execute(insert(table), row)


_LOCK = 7_204_002  # any number that nothing else in the database locks
