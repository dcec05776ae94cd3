"""Periods of reports: as Nghị định 09/2019/NĐ-CP, Điều 12 closes them, or by the calendar.

A month of the decree runs from the 15th of the month before to the 14th; quarter, half-year and
year likewise. Both days of a period belong to it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

CLOSING_DAY = 14


class PeriodKind(StrEnum):
    """Kinds of periods; those of the calendar begin with "calendar"."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    CALENDAR_MONTH = "calendar-month"
    CALENDAR_QUARTER = "calendar-quarter"
    CALENDAR_HALF_YEAR = "calendar-half-year"
    CALENDAR_YEAR = "calendar-year"

    @property
    def months(self) -> int:
        """How long it is."""
        return _MONTHS[self.value.removeprefix("calendar-")]

    @property
    def by_calendar(self) -> bool:
        """Whether it ends with the last day of a month."""
        return self.value.startswith("calendar-")


_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class Period(Struct, frozen=True, order=True):
    """A stretch of days, both ends included."""

    kind: PeriodKind
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def year(self) -> int:
        """The year it is reported for."""
        return self.last.year

    @property
    def number(self) -> int:
        """Which month, quarter or half of that year it is; a year is its 1."""
        return (self.last.month - 1) // self.kind.months + 1

    @property
    def before(self) -> "Period":
        """The period right before it."""
        return of(self.kind, self.first - timedelta(days=1))


def of(kind: PeriodKind, day: date) -> Period:
    """The period of a kind in which a day lies."""
    year, month = day.year, day.month
    if not kind.by_calendar and day.day > CLOSING_DAY:
        year, month = _after(year, month, 1)
    last_month = -(-month // kind.months) * kind.months
    end_year, end_month = year, last_month
    start_year, start_month = _after(end_year, end_month, -kind.months)
    if kind.by_calendar:
        first_year, first_month = _after(start_year, start_month, 1)
        next_year, next_month = _after(end_year, end_month, 1)
        first = date(first_year, first_month, 1)
        return Period(kind, first, date(next_year, next_month, 1) - timedelta(days=1))
    first = date(start_year, start_month, CLOSING_DAY + 1)
    return Period(kind, first, date(end_year, end_month, CLOSING_DAY))


def back_from(kind: PeriodKind, day: date, began_on: date) -> Iterator[Period]:
    """The periods of a kind from the one of a day back to the beginning of the programme."""
    period = of(kind, day)
    while period.last >= began_on:
        yield period
        period = period.before


def _after(year: int, month: int, months: int) -> tuple[int, int]:
    whole = year * 12 + (month - 1) + months
    return whole // 12, whole % 12 + 1
