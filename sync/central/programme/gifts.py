"""Direct gifts: a donor chose a case; the guardian is asked before anybody learns anything.

Whoever chose hears "agreed" or "choose another", and the second one whatever the reason is: the
guardian said no, another donor was first, the pupil has a machine, the case is none any more.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, or_, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.programme import notices
from sync.central.programme.deciding import change
from sync.central.programme.notices import NoticeKind
from sync.central.programme.offers import OfferState
from sync.central.programme.opened import details


class GiftState(StrEnum):
    """How a direct gift stands."""

    CHOSEN = "chosen"  # the guardian is to be asked
    AGREED = "agreed"  # the donor may see the contact that the guardian named
    REFUSED = "refused"
    GIVEN = "given"


AT_STAKE = (GiftState.CHOSEN, GiftState.AGREED)
STANDING = (OfferState.DIRECT, OfferState.DONE)
TOLD = {
    GiftState.AGREED: NoticeKind.GIFT_AGREED,
    GiftState.REFUSED: NoticeKind.GIFT_REFUSED,
}


def is_promised() -> ColumnElement[bool]:
    """Of applications: a donor gives, or gave, directly to this pupil."""
    its = t.offer.c.chosen_case == t.application.c.code
    return exists(select(t.offer.c.code).where(its, counts()))


def counts() -> ColumnElement[bool]:
    """Of offers: this gift keeps others from the case; what the donor took back does not.

    Unless the pupil has it: that stays so, whatever is withdrawn later.
    """
    agreed = and_(t.offer.c.gift == GiftState.AGREED, t.offer.c.state == OfferState.DIRECT)
    return or_(t.offer.c.gift == GiftState.GIVEN, agreed)


def is_promised_one(connection: Connection, case: str) -> bool:
    """Whether a donor gives, or gave, directly to this pupil."""
    its = t.offer.c.chosen_case == case
    return connection.execute(select(t.offer.c.code).where(its, counts())).first() is not None


def is_given(connection: Connection, case: str) -> bool:
    """Whether a donor gave directly to this pupil."""
    its = (t.offer.c.chosen_case == case, t.offer.c.gift == GiftState.GIVEN)
    return connection.execute(select(t.offer.c.code).where(*its)).first() is not None


def decide(connection: Connection, offer: Row[Any], state: GiftState, now_s: int) -> None:
    """Agreed or refused, and its donor hears so; the offer is taken already."""
    change(connection, t.offer, offer, now_s, gift=state)
    notices.put(connection, offer.channel, TOLD[state], offer.code, now_s)


def fall_through(connection: Connection, case: str, now_s: int) -> None:
    """Nothing can be given to this pupil any more: whoever chose the case is to choose another.

    The case is taken already, and no contact that its guardian named is told from now on.
    """
    table = t.offer.c
    its = (table.chosen_case == case, table.gift.in_(AT_STAKE), table.state == OfferState.DIRECT)
    wanted = select(t.offer).where(*its).order_by(table.code).with_for_update()
    for offer in connection.execute(wanted).all():
        decide(connection, offer, GiftState.REFUSED, now_s)


def contact(connection: Connection, own: Secrets, offer: Row[Any]) -> str:
    """What the guardian wants this donor told; nothing before they agreed, or once it was purged.

    `offer` is a row of a direct gift, asked for by its donor.
    """
    if offer.gift != GiftState.AGREED or offer.state != OfferState.DIRECT:
        return ""
    its = t.application.c.code == offer.chosen_case
    sealed = connection.execute(select(t.application.c.sealed).where(its)).scalar()
    said = details(own.people, offer.chosen_case, sealed)
    return said.guardian_contact if said else ""
