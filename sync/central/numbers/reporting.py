"""Reports of the service: on a period as it was closed, or as counts say now."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

from msgspec import Struct
from sqlalchemy import Connection

from station.counting import Measure
from station.periods import Period, PeriodKind, back_from, of
from station.reference import Reference
from station.report import Closing, Report, reported
from sync.central.numbers import closing, summing
from sync.central.numbers.closing import Closed

CHART = 12  # periods side by side
CHOICE = 60  # periods to choose from


class Brought(Struct, frozen=True):
    """What one period brought."""

    period: Period
    received: int
    given: int


def report_on(
    connection: Connection,
    period: Period,
    reference: Reference,
    today: date,
    *,
    station: int | None = None,
) -> tuple[Report, Closed | None]:
    """The report on a period, and who closed it if it was."""
    state = closing.state(connection, period, reference.unit_changes(), today=today)
    closed = state.closed
    made_on = today if closed is None else reference.programme.day(closed.closed_s)
    made = reported(state.cells, period, reference, made_on, closing=state.closing, station=station)
    return made, closed


def may_be_closed(connection: Connection, report: Report) -> bool:
    """Whether it is this period's turn."""
    if report.closing is not Closing.OPEN:
        return False
    last = closing.newest(connection, report.period.kind)
    return last is None or last.period == report.period.before


def choice(kind: PeriodKind, today: date, reference: Reference) -> tuple[Period, ...]:
    """The periods of a kind one may ask for, newest first."""
    return tuple(islice(back_from(kind, today, reference.programme.began_on), CHOICE))


def usual(kind: PeriodKind, today: date, reference: Reference) -> Period:
    """The one that is asked for most: the last that is over, if there was any."""
    running = of(kind, today)
    return running.before if running.first > reference.programme.began_on else running


def brought(connection: Connection, period: Period, reference: Reference) -> Sequence[Brought]:
    """What this period and those before it brought, as counts say now; oldest first."""
    began_on = reference.programme.began_on
    periods = [*islice(back_from(period.kind, period.last, began_on), CHART)][::-1]
    if not periods:
        return ()
    sums = summing.by_period(connection, periods, (Measure.RECEIVED, Measure.GIVEN))
    return [
        Brought(one, sums.get((one, Measure.RECEIVED), 0), sums.get((one, Measure.GIVEN), 0))
        for one in periods
    ]
