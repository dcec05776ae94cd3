"""An offer is done once as many devices came in under it as were announced.

It stays so where one turns out to be recorded by mistake: more may come under it all the same.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from sync.central import tables as t
from sync.central.numbers.telling import Told
from sync.central.programme.deciding import change, taken
from sync.central.programme.offers import OfferState

EXPECTED = (OfferState.WAITING, OfferState.ASSIGNED)


def settle(connection: Connection, told: Sequence[Told], now_s: int) -> None:
    """End the offers of these devices that are complete; their journeys are written already."""
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
