"""Offers and applications end because whoever they are of says so: points lose what they had."""

from typing import Any

from sqlalchemy import Connection, Row, or_, update

from station.documents import CASE, OFFER
from sync.central import tables as t
from sync.central.feeds.documents import Order, give
from sync.central.programme import consents
from sync.central.programme.applications import ApplicationState
from sync.central.programme.deciding import change
from sync.central.programme.likenesses import LikenessState
from sync.central.programme.offers import OfferState

CONSENT_WITHDRAWN = "consent-withdrawn"


def withdraw_offer(connection: Connection, row: Row[Any], now_s: int) -> None:
    """The row is taken already; a point that has the offer does not expect it any more."""
    if row.station is not None:
        give(connection, Order(row.station, OFFER, row.code, None))
    consents.withdraw(connection, row.code, now_s)
    over = {"state": OfferState.WITHDRAWN, "station": None}
    change(connection, t.offer, row, now_s, **over)


def withdraw_application(
    connection: Connection, row: Row[Any], now_s: int, reason: str = CONSENT_WITHDRAWN
) -> None:
    """The row is taken already; the pupil's data leave the point, the case leaves the list."""
    if row.station is not None:
        give(connection, Order(row.station, CASE, row.code, None))
    consents.withdraw(connection, row.code, now_s)
    table = t.likeness.c
    moot = (or_(table.code == row.code, table.other == row.code), table.state == LikenessState.OPEN)
    connection.execute(update(t.likeness).where(*moot), {"state": LikenessState.MOVED})
    over = {"state": ApplicationState.WITHDRAWN, "reason": reason, "public": False}
    change(connection, t.application, row, now_s, **over, station=None, allotted_s=None)
