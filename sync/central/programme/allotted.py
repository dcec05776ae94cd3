"""How schools and points stand: approved cases, what of them went to points, what was given.

Approved applications are counted in one go over an index that holds all it takes; devices that were
given, and what lies ready, are sums that the service keeps anyway.
"""

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, case, func, select

from station.counting import Measure
from sync.central import tables as t
from sync.central.database import reading
from sync.central.programme.applications import ApplicationState

NO_SCHOOL = ""  # the place of those whose school is not one of the list


class SchoolLine(Struct, frozen=True):
    """How a school stands; `quota` None: nobody limited it."""

    school: str
    quota: int | None
    approved: int
    allotted: int
    given: int

    @property
    def waiting(self) -> int:
        """Approved, and no point has them yet."""
        return self.approved - self.allotted


class PointLine(Struct, frozen=True):
    """What a point has, and how many pupils wait there."""

    station: int
    ready: int
    allotted: int
    given: int

    @property
    def lacking(self) -> int:
        """Devices that its cases still need, beyond what is ready."""
        return max(0, self.allotted - self.given - self.ready)


class Standing(Struct, frozen=True):
    """Every school with an approved case or a quota, and every point with cases or devices."""

    schools: list[SchoolLine]
    points: dict[int, PointLine]


def standing(engine: Engine) -> Standing:
    """How all of them stand, as of one moment."""
    with reading(engine) as connection:
        cases = _cases(connection)
        limits = {row.code: row.devices for row in connection.execute(select(t.quota))}
        given_at = _given(connection, t.tally.c.school)
        given_by = _given(connection, t.tally.c.station)
        stock = _ready(connection)
    schools = {school for school, _station in cases} | limits.keys()
    points = {station for _school, station in cases if station is not None}
    approved, allotted, at_points = _sums(cases)
    return Standing(
        [
            SchoolLine(
                school,
                limits.get(school),
                approved.get(school, 0),
                allotted.get(school, 0),
                given_at.get(school, 0) if school else 0,
            )
            for school in sorted(schools)
        ],
        {
            station: PointLine(
                station,
                stock.get(station, 0),
                at_points.get(station, 0),
                given_by.get(station, 0),
            )
            for station in points | stock.keys() | given_by.keys()
        },
    )


class OneSchool(Struct, frozen=True):
    """A school, the points that have cases of it and how many, and what each point has ready."""

    line: SchoolLine
    with_cases: list[tuple[int, int]]
    ready: dict[int, int]


def one_school(engine: Engine, school: str) -> OneSchool:
    """How one school stands."""
    counts = t.tally.c
    with reading(engine) as connection:
        cases = _cases(connection, of_school(school))
        limit = connection.execute(select(t.quota.c.devices).where(t.quota.c.code == school))
        quota = limit.scalar()
        given = _given(connection, counts.school, counts.school == school).get(school, 0)
        stock = _ready(connection)
    with_cases = sorted((station, n) for (_, station), n in cases.items() if station is not None)
    allotted = sum(n for _station, n in with_cases)
    line = SchoolLine(school, quota, sum(cases.values()), allotted, given if school else 0)
    return OneSchool(line, with_cases, stock)


def of_school(school: str) -> Any:
    """Which applications are a school's."""
    column = t.application.c.school
    return column.is_(None) if school == NO_SCHOOL else column == school


Cases = dict[tuple[str, int | None], int]  # by school and point; None: no point has them


def _cases(connection: Connection, *conditions: Any) -> Cases:
    table = t.application.c
    wanted = (
        select(table.school, table.station, func.count())
        .where(table.state == ApplicationState.APPROVED, *conditions)
        .group_by(table.school, table.station)
    )
    return {(row[0] or NO_SCHOOL, row[1]): row[2] for row in connection.execute(wanted)}


def _sums(cases: Cases) -> tuple[dict[str, int], dict[str, int], dict[int, int]]:
    approved: dict[str, int] = {}
    allotted: dict[str, int] = {}
    at_points: dict[int, int] = {}
    for (school, station), count in cases.items():
        approved[school] = approved.get(school, 0) + count
        if station is not None:
            allotted[school] = allotted.get(school, 0) + count
            at_points[station] = at_points.get(station, 0) + count
    return approved, allotted, at_points


def _ready(connection: Connection) -> dict[int, int]:
    """Devices that each point may give."""
    table = t.tally.c
    wanted = select(table.station, func.sum(table.devices)).where(table.measure == Measure.READY)
    rows = connection.execute(wanted.group_by(table.station))
    return {row[0]: int(row[1]) for row in rows}


def _given(connection: Connection, column: Any, *conditions: Any) -> dict[Any, int]:
    table = t.tally.c
    returned = table.measure == Measure.RETURNED
    net = func.sum(case((returned, -table.devices), else_=table.devices))
    of = (table.measure.in_((Measure.GIVEN, Measure.RETURNED)), *conditions)
    summed = select(column, net).where(*of).group_by(column)
    return {row[0]: int(row[1]) for row in connection.execute(summed)}
