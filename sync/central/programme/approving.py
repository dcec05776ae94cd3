"""Applications are approved or refused by the Department of Education, one by one or by a list."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, Engine, or_, select

from sync.central import tables as t
from sync.central.database import written
from sync.central.officials.acts import Act
from sync.central.programme import gifts, notices
from sync.central.programme.applications import ApplicationState
from sync.central.programme.checking import LIST
from sync.central.programme.deciding import By, change, note, require, taken
from sync.central.programme.likenesses import LikenessState
from sync.central.programme.notices import NoticeKind


class Decided(Struct, frozen=True):
    """The decision by which applications are approved."""

    number: str
    on: date


class OpenLikeness(Exception):
    """Another application may be the same pupil's: a person says first."""


def approve(engine: Engine, code: str, decision: Decided, seen: int, by: By) -> None:
    """Approve one; raises NothingThere, ChangedMeanwhile or OpenLikeness."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.application, code)
        require(row.changed_s == seen)
        approve_within(connection, code, decision, by)

    written(engine, work)


def approve_within(connection: Connection, code: str, decision: Decided, by: By) -> None:
    """The same in a transaction that does more."""
    row = taken(connection, t.application, code)
    require(row.state == ApplicationState.WAITING)
    if doubtful(connection, [code]):
        raise OpenLikeness(code)
    decided = {"decision": decision.number, "decided_on": decision.on, "reason": None}
    change(connection, t.application, row, by.now_s, state=ApplicationState.APPROVED, **decided)
    if row.channel != LIST:  # a list is no channel that could be told
        notices.put(connection, row.channel, NoticeKind.APPLICATION_APPROVED, code, by.now_s)
    note(connection, by, Act.APPROVED, code)


def refuse(engine: Engine, code: str, reason: str, seen: int, by: By) -> None:
    """Say no for a coded reason; raises NothingThere or ChangedMeanwhile."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.application, code)
        require(row.changed_s == seen and row.state == ApplicationState.WAITING)
        change(
            connection, t.application, row, by.now_s, state=ApplicationState.REFUSED, reason=reason
        )
        notices.put(connection, row.channel, NoticeKind.APPLICATION_REFUSED, code, by.now_s)
        note(connection, by, Act.REFUSED, code, reason)

    written(engine, work)


def take_back(engine: Engine, code: str, seen: int, by: By) -> None:
    """It waits again: it was approved or refused by mistake, and no point has it yet."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.application, code)
        over = row.state in {ApplicationState.APPROVED, ApplicationState.REFUSED}
        require(row.changed_s == seen and over and row.station is None)
        act = Act.APPROVED if row.state == ApplicationState.APPROVED else Act.REFUSED
        gifts.fall_through(connection, code, by.now_s)
        waits = {"decision": None, "decided_on": None, "reason": None}
        change(connection, t.application, row, by.now_s, state=ApplicationState.WAITING, **waits)
        note(connection, by, act, code, "taken_back")

    written(engine, work)


def doubtful(connection: Connection, codes: Collection[str]) -> set[str]:
    """Those of which nobody has said yet whether another application is the same pupil's."""
    table = t.likeness.c
    wanted = select(table.code, table.other).where(
        table.state == LikenessState.OPEN, or_(table.code.in_(codes), table.other.in_(codes))
    )
    found = connection.execute(wanted).all()
    return {code for row in found for code in row} & set(codes)
