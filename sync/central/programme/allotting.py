"""Approved cases are given to points, school by school, within what each school may be given."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from station import documents
from station.documents import CASE, AllottedCase
from station.events import Ref
from sync.central import tables as t
from sync.central.database import writing, written
from sync.central.feeds.documents import Order, give
from sync.central.judging import subjects
from sync.central.judging.states import Case
from sync.central.officials.acts import Act
from sync.central.programme.allotted import NO_SCHOOL, of_school
from sync.central.programme.applications import ApplicationState
from sync.central.programme.deciding import By, change, note, require, taken
from sync.central.programme.gifts import is_promised, is_promised_one

MOST_AT_ONCE = 200


class OverQuota(Exception):
    """More than the school may be given; `left` says how many it still may."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class InUse(Exception):
    """A device is kept for the case, or was given to the pupil."""


class Promised(Exception):
    """A donor gives directly to this pupil."""


def set_quota(engine: Engine, school: str, devices: int, by: By) -> None:
    """How many devices a school may be given."""
    with writing(engine) as connection:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        made = dialect.insert(t.quota).values(code=school, devices=devices)
        changed = made.on_conflict_do_update(index_elements=["code"], set_={"devices": devices})
        connection.execute(changed)
        note(connection, by, Act.QUOTA_SET, school, str(devices))


class Wish(Struct, frozen=True):
    """So many cases of a school for a point; `reason` coded: over the quota, knowingly."""

    school: str
    station: int
    cases: int
    reason: str | None = None
    seen: int | None = None  # how many of the school's were allotted when the official looked


def allot(engine: Engine, wish: Wish, by: By) -> int:
    """Give the oldest waiting cases of a school to a point; how many.

    Raises OverQuota, or ChangedMeanwhile where the same was done before: a form sent twice.
    """

    def work(connection: Connection) -> int:
        alone(connection)
        require(wish.seen in {None, _allotted(connection, wish.school)})
        _require_quota(connection, wish)
        rows = _waiting(connection, wish.school, min(wish.cases, MOST_AT_ONCE))
        subjects.held(connection, {row.code for row in rows})  # all before any feed, as points do
        for row in rows:
            _give_case(connection, row, wish, by)
        return len(rows)

    return written(engine, work)


def allot_one(engine: Engine, code: str, wish: Wish, seen: int, by: By) -> None:
    """Give this case to a point, or to another one.

    Raises OverQuota, InUse, Promised, and what changed meanwhile.
    """

    def work(connection: Connection) -> None:
        alone(connection)
        row = taken(connection, t.application, code)
        waits = row.state == ApplicationState.APPROVED and row.station != wish.station
        require(row.changed_s == seen and waits)
        if is_promised_one(connection, code):
            raise Promised(code)
        if row.station is None:
            _require_quota(connection, structs.replace(wish, school=row.school or NO_SCHOOL))
        else:
            _require_unused(connection, code)
        _give_case(connection, row, wish, by)

    written(engine, work)


def take_back(engine: Engine, code: str, by: By) -> None:
    """The point has this case no more; raises InUse, NothingThere or ChangedMeanwhile."""

    def work(connection: Connection) -> None:
        row = taken(connection, t.application, code)
        require(row.station is not None)
        _require_unused(connection, code)
        take_case_back(connection, row, by)

    written(engine, work)


def take_back_all(engine: Engine, school: str, station: int, by: By) -> tuple[int, int]:
    """Take back what nothing is kept for; how many cases, and how many stay."""

    def work(connection: Connection) -> tuple[int, int]:
        table = t.application.c
        its = (of_school(school), table.station == station)
        approved = (table.state == ApplicationState.APPROVED, *its)
        wanted = select(t.application).where(*approved).order_by(table.code)
        rows = connection.execute(wanted.limit(MOST_AT_ONCE).with_for_update()).all()
        held = subjects.held(connection, {row.code for row in rows})
        free = [row for row in rows if not _used(held.get(row.code))]
        for row in free:
            take_case_back(connection, row, by)
        return len(free), len(rows) - len(free)

    return written(engine, work)


def document_of(row: Row[Any], *, approved: bool = True) -> AllottedCase:
    """What a point is told of a case."""
    pupil = Ref(row.pupil, row.pupil_digest)
    return AllottedCase(
        level=row.level, school=row.school, unit=row.unit, wants=row.wants, pupil=pupil,
        approved=approved,
    )  # fmt: skip


def is_used(connection: Connection, code: str) -> bool:
    """Whether a device is kept for a case or was given to its pupil."""
    return _used(subjects.held(connection, {code}).get(code))


def is_given(connection: Connection, code: str) -> bool:
    """Whether a point recorded that the pupil got a device."""
    state = subjects.held(connection, {code}).get(code)
    return isinstance(state, Case) and bool(state.given)


def _require_unused(connection: Connection, code: str) -> None:
    if is_used(connection, code):
        raise InUse(code)


def _used(state: object) -> bool:
    return isinstance(state, Case) and bool(state.claims or state.given)


def _give_case(connection: Connection, row: Row[Any], wish: Wish, by: By) -> None:
    station = wish.station
    give(connection, Order(station, CASE, row.code, documents.encode(document_of(row))))
    change(connection, t.application, row, by.now_s, station=station, allotted_s=by.now_s)
    why = f" {wish.reason}" if wish.reason else ""  # over the quota, by this name
    note(connection, by, Act.ALLOTTED, row.code, f"{station:03d}{why}")


def _allotted(connection: Connection, school: str) -> int:
    table = t.application.c
    its = (of_school(school), table.state == ApplicationState.APPROVED)
    wanted = select(func.count()).select_from(t.application)
    return connection.execute(wanted.where(*its, table.station.is_not(None))).scalar_one()


def take_case_back(connection: Connection, row: Row[Any], by: By) -> None:
    """A case that was taken leaves its point, in a transaction that does more."""
    give(connection, Order(row.station, CASE, row.code, None))
    change(connection, t.application, row, by.now_s, station=None, allotted_s=None)
    note(connection, by, Act.ALLOTTED, row.code, "taken_back")


def _require_quota(connection: Connection, wish: Wish) -> None:
    limit = connection.execute(
        select(t.quota.c.devices).where(t.quota.c.code == wish.school)
    ).scalar()
    if limit is None or wish.reason is not None:
        return
    table = t.application.c
    had = (table.state == ApplicationState.APPROVED, of_school(wish.school))
    wanted = select(func.count()).select_from(t.application)
    allotted = _allotted(connection, wish.school)
    waiting = connection.execute(wanted.where(*had, table.station.is_(None))).scalar_one()
    if allotted + min(wish.cases, waiting) > limit:
        raise OverQuota(max(0, limit - allotted))


def _waiting(connection: Connection, school: str, cases: int) -> Sequence[Row[Any]]:
    table = t.application.c
    ours = (of_school(school), table.state == ApplicationState.APPROVED, table.station.is_(None))
    wanted = (
        select(t.application).where(*ours, ~is_promised()).order_by(table.created_s, table.code)
    )
    return connection.execute(wanted.limit(cases).with_for_update()).all()


def alone(connection: Connection) -> None:
    """One official allots at a time, so that a quota is never overrun by two.

    Whoever promises a case to a donor is one of them: no point is given it meanwhile.
    """
    if connection.dialect.name == "postgresql":  # a writer is alone on SQLite
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


_LOCK = 7_204_003  # any number that nothing else in the database locks
