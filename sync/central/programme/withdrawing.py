"""Offers and applications end because whoever they are of says so: points lose what they had."""

from typing import Any

from sqlalchemy import Connection, Row, or_, update

from station.documents import CASE, OFFER
from sync.central import tables as t
from sync.central.feeds.documents import Order, give
from sync.central.programme import consents, gifts
from sync.central.programme.applications import ApplicationState
from sync.central.programme.deciding import change
from sync.central.programme.likenesses import LikenessState
from sync.central.programme.offers import OfferState

CONSENT_WITHDRAWN = "consent-withdrawn"


def withdraw_offer(connection: Connection, row: Row[Any], now_s: int) -> None:
    """The row is taken already; a point that has the offer does not expect it any more.

    The case of a direct gift that was not given yet is free again, and its donor told no contact.
    """
    if row.station is not None:
        give(connection, Order(row.station, OFFER, row.code, None))
    consents.withdraw(connection, row.code, now_s)
    gift = None if row.gift in gifts.AT_STAKE else row.gift
    change(connection, t.offer, row, now_s, state=OfferState.WITHDRAWN, station=None, gift=gift)


def withdraw_application(
    connection: Connection, row: Row[Any], now_s: int, reason: str = CONSENT_WITHDRAWN
) -> None:
    """The row is taken already; the pupil's data leave the point, the case leaves the list.

    A donor who chose the case is to choose another, and is told no contact any more.
    """
    if row.station is not None:
        give(connection, Order(row.station, CASE, row.code, None))
    consents.withdraw(connection, row.code, now_s)
    table = t.likeness.c
    moot = (or_(table.code == row.code, table.other == row.code), table.state == LikenessState.OPEN)
    connection.execute(update(t.likeness).where(*moot), {"state": LikenessState.MOVED})
    gifts.fall_through(connection, row.code, now_s)
    over = {"state": ApplicationState.WITHDRAWN, "reason": reason, "public": False}
    change(connection, t.application, row, now_s, **over, station=None, allotted_s=None)
