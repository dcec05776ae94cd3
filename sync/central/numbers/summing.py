"""Sums over the tally: cells of a report, and what a month brought."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select, text

from station.counting import FLOWS, STOCK, Measure
from station.periods import Period
from station.report import Cell, Sort, in_stock, named_on
from sync.central import tables as t

MEMORY = "128MB"  # that one report may take of the database


def cells(connection: Connection, period: Period, changes: Sequence[date]) -> tuple[Cell, ...]:
    """What all counts add up to, up to the end of a period.

    `changes` are the days from which units were named otherwise, in order.
    """
    if connection.dialect.name == "postgresql":  # else it sorts a hundred thousand cells on a disk
        connection.execute(text(f"SET LOCAL work_mem = '{MEMORY}'"))
    return (*_in_stock(connection, period), *_flows(connection, period, changes))


def _in_stock(connection: Connection, period: Period) -> Iterator[Cell]:
    """Most of the rows, and few cells: what there is has no place of its own."""
    table = t.tally.c
    of_stock = table.measure.in_([measure.value for measure in STOCK])
    sort = (table.station, table.measure, table.kind, table.donor_kind)
    for *said, within, whole in connection.execute(_summed(sort, of_stock, period)):
        station, measure, kind, donor_kind = said
        its = in_stock(station, Measure(measure), kind, donor_kind)
        yield Cell(its, before=whole - within, within=within)


def _flows(connection: Connection, period: Period, changes: Sequence[date]) -> Iterator[Cell]:
    table = t.tally.c
    flows = table.measure.in_([measure.value for measure in FLOWS])
    era = _era(table.day, changes).label("era")
    sort = (
        table.station, table.measure, table.kind, table.donor_kind, table.unit, table.school,
        table.level, era,
    )  # fmt: skip
    named = [named_on(day, changes) for day in (date.min, *changes)]
    measures = {measure.value: measure for measure in Measure}
    for *said, within, whole in connection.execute(_summed(sort, flows, period)):
        station, measure, kind, donor_kind, unit, school, level, era_ = said
        its = Sort(station, measures[measure], kind, donor_kind, unit, named[era_], school, level)
        yield Cell(its, before=whole - within, within=within)


def _summed(
    sort: Sequence[ColumnElement[Any]], those: ColumnElement[bool], period: Period
) -> Select[Any]:
    """By these columns, what came within the period, and all up to its end."""
    table = t.tally.c
    within = func.sum(case((table.day >= period.first, table.devices), else_=0)).label("within")
    whole = func.sum(table.devices).label("whole")
    return (
        select(*sort, within, whole)
        .where(those, table.day <= period.last)
        .group_by(*(column.name for column in sort))  # not the days of an expression once more
        .having((whole != 0) | (within != 0))
    )


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
