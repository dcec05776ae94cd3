"""Sums over the tally: cells of a report, and what a month brought."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, case, func, literal, select

from station.counting import Measure
from station.periods import Period
from station.report import Cell, Sort, named_on
from sync.central import tables as t


def cells(connection: Connection, period: Period, changes: Sequence[date]) -> tuple[Cell, ...]:
    """What all counts add up to, up to the end of a period: one scan of the tally.

    `changes` are the days from which units were named otherwise, in order.
    """
    table = t.tally.c
    era = _era(table.day, changes).label("era")
    within = func.sum(case((table.day >= period.first, table.devices), else_=0)).label("within")
    whole = func.sum(table.devices).label("whole")
    sort = (
        table.station, table.measure, table.kind, table.donor_kind, table.unit, table.school,
        table.level,
    )  # fmt: skip
    wanted = (
        select(*sort, era, within, whole)
        .where(table.day <= period.last)
        .group_by(*sort, "era")  # by its name: as an expression its days would be other parameters
        .having((whole != 0) | (within != 0))
    )
    named = [named_on(day, changes) for day in (date.min, *changes)]
    measures = {measure.value: measure for measure in Measure}
    return tuple(
        Cell(
            Sort(
                station, measures[measure], kind, donor_kind, unit, named[era], school, level
            ),
            before=whole - within,
            within=within,
        )
        for station, measure, kind, donor_kind, unit, school, level, era, within, whole in (
            connection.execute(wanted)
        )
    )  # fmt: skip


def _era(day: ColumnElement[date], changes: Sequence[date]) -> ColumnElement[int]:
    """How many of the changes had been when this day came."""
    if not changes:
        return literal(0)
    return case(*((day < change, n) for n, change in enumerate(changes)), else_=len(changes))


def by_period(
    connection: Connection, periods: Sequence[Period], measures: Collection[Measure]
) -> dict[tuple[Period, Measure], int]:
    """What each of these periods brought, as counts say now; adjoining periods, oldest first."""
    table = t.tally.c
    wanted = (
        select(table.day, table.measure, func.sum(table.devices))
        .where(
            table.day >= periods[0].first,
            table.day <= periods[-1].last,
            table.measure.in_([measure.value for measure in measures]),
        )
        .group_by(table.day, table.measure)
    )
    sums: dict[tuple[Period, Measure], int] = {}
    for day, measure, devices in connection.execute(wanted):
        period = next(period for period in periods if day in period)
        key = period, Measure(measure)
        sums[key] = sums.get(key, 0) + devices
    return sums
