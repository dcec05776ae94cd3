"""What officials did and whose data they looked at: written with the act, never changed."""

from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, Engine, func, insert, select

from sync.central import tables as t
from sync.central.database import reading
from sync.wire import DEPARTMENT

PAGE = 100


class Act(StrEnum):
    """Kinds of acts; `about` names the code they concern."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- a kind of act
    SAW_PERSON = "saw_person"
    EXPORTED = "exported"
    OFFER_ASSIGNED = "offer_assigned"
    OFFER_DECLINED = "offer_declined"
    GIFT_DECIDED = "gift_decided"
    APPROVED = "approved"
    REFUSED = "refused"
    LIST_BROUGHT = "list_brought"
    LIKENESS_DECIDED = "likeness_decided"
    ALLOTTED = "allotted"
    QUOTA_SET = "quota_set"
    RULE_SET = "rule_set"
    DISPUTE_DECIDED = "dispute_decided"
    RIGHTS_ANSWERED = "rights_answered"
    PERSON_PURGED = "person_purged"
    PERIOD_CLOSED = "period_closed"


class Noted(Struct, frozen=True):
    """One act as it is listed."""

    position: int
    at_s: int
    official: str
    act: str
    about: str | None
    detail: str | None


def note(
    connection: Connection,
    official: str,
    act: Act,
    now_s: int,
    *,
    about: str | None = None,
    detail: str | None = None,
) -> None:
    """Note an act in the transaction that does it. `detail` is coded, never typed."""
    table = t.official_act
    last = select(func.coalesce(func.max(table.c.position), 0)).where(table.c.station == DEPARTMENT)
    # one writer at a time gives places: on PostgreSQL the lock of the count of answers would stand
    # in the points' way, so the acts have their own
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    row = {
        "station": DEPARTMENT,
        "position": connection.execute(last).scalar_one() + 1,
        "at_s": now_s,
        "official": official,
        "act": act,
        "about": about,
        "detail": detail,
    }
    connection.execute(insert(table), row)


_LOCK = 7_204_001  # any number that nothing else in the database locks


def listed(engine: Engine, about: str | None = None, before: int | None = None) -> list[Noted]:
    """The last acts, newest first; those about one code, or before a position."""
    table = t.official_act.c
    wanted = select(t.official_act).where(table.station == DEPARTMENT)
    if about is not None:
        wanted = wanted.where(table.about == about)
    if before is not None:
        wanted = wanted.where(table.position < before)
    with reading(engine) as connection:
        rows = connection.execute(wanted.order_by(table.position.desc()).limit(PAGE)).all()
    return [Noted(r.position, r.at_s, r.official, r.act, r.about, r.detail) for r in rows]
