"""Direct gifts: a donor chose a case; the guardian is asked before anybody learns anything.

Whoever chose hears "agreed" or "choose another", and the second one whatever the reason is: the
guardian said no, another donor was first, the pupil has a machine, the case is none any more.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.programme.offers import OfferState
from sync.central.programme.opened import details


class GiftState(StrEnum):
    """How a direct gift stands."""

    CHOSEN = "chosen"  # the guardian is to be asked
    AGREED = "agreed"  # the donor may see the contact that the guardian named
    REFUSED = "refused"
    GIVEN = "given"


COUNTING = (GiftState.AGREED, GiftState.GIVEN)
STANDING = (OfferState.DIRECT, OfferState.DONE)


def is_promised() -> ColumnElement[bool]:
    """Of applications: a donor gives, or gave, directly to this pupil."""
    its = t.offer.c.chosen_case == t.application.c.code
    return exists(select(t.offer.c.code).where(its, counts()))


def counts() -> ColumnElement[bool]:
    """Of offers: this gift keeps others from the case; what the donor took back does not."""
    return and_(t.offer.c.gift.in_(COUNTING), t.offer.c.state.in_(STANDING))


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
