"""What waits for an official, counted, and since when."""

from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, Engine, case, func, select

from sync.central import tables as t
from sync.central.database import reading
from sync.central.programme import likenesses, listing, seen
from sync.central.programme.applications import ApplicationState
from sync.central.programme.listing import Counted
from sync.central.programme.offers import OfferState


class Due(Struct, frozen=True):
    """Open requests by right of the law."""

    count: int
    overdue: int
    next_on: date | None


class Waiting(Struct, frozen=True):
    """What waits."""

    offers: Counted
    gifts: Counted
    applications: Counted
    likenesses: int
    unallotted: Counted
    disputes: int
    rights: Due


def waiting(engine: Engine, today: date) -> Waiting:
    """Everything at once, as of one moment."""
    offer, application = t.offer.c, t.application.c
    with reading(engine) as connection:
        return Waiting(
            offers=listing.counted(connection, t.offer, offer.state == OfferState.WAITING),
            gifts=seen.gifts_to_ask(connection),
            applications=listing.counted(
                connection, t.application, application.state == ApplicationState.WAITING
            ),
            likenesses=likenesses.count_open(connection),
            unallotted=listing.counted(
                connection,
                t.application,
                application.station.is_(None),
                application.state == ApplicationState.APPROVED,
            ),
            disputes=_disputes(connection),
            rights=_rights(connection, today),
        )


def _disputes(connection: Connection) -> int:
    open_ = select(t.dispute.c.station).where(t.dispute.c.settled.is_(None))
    return len(connection.execute(open_.limit(listing.COUNTED_UP_TO + 1)).all())


def _rights(connection: Connection, today: date) -> Due:
    """What is open and what is late: the answer where none was given, else what was asked."""
    table = t.rights_request.c
    day = case((table.answered_on.is_(None), table.answer_by), else_=table.do_by)
    late = func.coalesce(func.sum(case((day < today, 1), else_=0)), 0)
    wanted = select(func.count(), late, func.min(day)).where(table.done_on.is_(None))
    count, overdue, first = connection.execute(wanted).one()
    return Due(count, int(overdue), first)
