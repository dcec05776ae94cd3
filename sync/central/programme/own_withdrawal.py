"""Who registered an offer or application takes it back, with the word that they were told."""

from sqlalchemy import Connection, Engine

from station.codes import CodeKind
from sync.central import tables as t
from sync.central.database import written
from sync.central.programme import gifts, withdrawing
from sync.central.programme.allotting import is_used
from sync.central.programme.applications import ApplicationState
from sync.central.programme.deciding import taken
from sync.central.programme.offers import OfferState
from sync.central.programme.standing import (
    OPEN_APPLICATIONS,
    OPEN_OFFERS,
    Key,
    came_of,
    known,
)


class TooLate(Exception):
    """Devices came in, or one is kept for the pupil: it is people who go on from here."""


def withdraw_offer(engine: Engine, key: Key, now_s: int) -> None:
    """An offer does not come. Raises NotKnown or TooLate.

    Once withdrawn it stays so: the same again changes nothing.
    """

    def work(connection: Connection) -> None:
        code = known(connection, t.offer, CodeKind.OFFER, key).code
        row = taken(connection, t.offer, code)
        if row.state == OfferState.WITHDRAWN:
            return
        if row.state not in OPEN_OFFERS or came_of(connection, code):
            raise TooLate
        withdrawing.withdraw_offer(connection, row, now_s)

    written(engine, work)


def withdraw_application(engine: Engine, key: Key, now_s: int) -> None:
    """A pupil needs no machine, or nobody agrees any more. Raises NotKnown or TooLate."""

    def work(connection: Connection) -> None:
        code = known(connection, t.application, CodeKind.CASE, key).code
        row = taken(connection, t.application, code)
        if row.state == ApplicationState.WITHDRAWN:
            return
        given = is_used(connection, code) or gifts.is_given(connection, code)
        if row.state not in OPEN_APPLICATIONS or given:
            raise TooLate
        withdrawing.withdraw_application(connection, row, now_s)

    written(engine, work)
