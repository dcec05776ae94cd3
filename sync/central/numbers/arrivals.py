"""What points record ends offers: all that was announced came in, or it was given directly.

It stays so where something turns out to be recorded by mistake: more may come all the same.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from station.device import Stage
from sync.central import tables as t
from sync.central.numbers.telling import Told
from sync.central.programme.deciding import change, taken
from sync.central.programme.gifts import GiftState
from sync.central.programme.offers import OfferState

EXPECTED = (OfferState.WAITING, OfferState.ASSIGNED)


def settle(connection: Connection, told: Sequence[Told], now_s: int) -> None:
    """End the offers of these devices that are over; their journeys are written already."""
    _end_complete(connection, told, now_s)
    _end_given(connection, told, now_s)


def _end_complete(connection: Connection, told: Sequence[Told], now_s: int) -> None:
    codes = {one.offer for one in told if one.offer is not None}
    if not codes:
        return
    offer, device = t.offer.c, t.journey.c
    came = select(func.count()).where(device.offer == offer.code).scalar_subquery()
    wanted = select(offer.code).where(
        offer.code.in_(codes), offer.state.in_(EXPECTED), offer.devices <= came
    )
    for code in connection.execute(wanted.order_by(offer.code)).scalars().all():
        row = taken(connection, t.offer, code)
        if row.state in EXPECTED:  # nobody declined it, or took it back, meanwhile
            change(connection, t.offer, row, now_s, state=OfferState.DONE)


def _end_given(connection: Connection, told: Sequence[Told], now_s: int) -> None:
    """The pupil has the donor's machine, as a point says: no contact is told any more."""
    cases = {case for one in told if _was_given_directly(one) for case in one.cases}
    if not cases:
        return
    offer = t.offer.c
    agreed = (offer.gift == GiftState.AGREED, offer.state == OfferState.DIRECT)
    wanted = select(t.offer).where(offer.chosen_case.in_(cases), *agreed).order_by(offer.code)
    for row in connection.execute(wanted.with_for_update()).all():
        change(connection, t.offer, row, now_s, gift=GiftState.GIVEN, state=OfferState.DONE)


def _was_given_directly(one: Told) -> bool:
    way = one.journey
    return way is not None and way.unchecked and way.stage == Stage.HANDED_OVER
