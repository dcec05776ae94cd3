"""Periods of reports: of a kind they tile the days, and the decree's end with the 14th."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.periods import Period, PeriodKind, back_from, of

DAYS = st.dates(date(2015, 1, 1), date(2099, 12, 31))
KINDS = st.sampled_from(PeriodKind)
NEXT = timedelta(days=1)


@given(KINDS, DAYS)
def test_a_period_holds_the_day_it_was_asked_for(kind: PeriodKind, day: date) -> None:
    period = of(kind, day)

    assert day in period
    assert period.first <= period.last


@given(KINDS, DAYS)
def test_periods_of_a_kind_tile_the_days(kind: PeriodKind, day: date) -> None:
    period = of(kind, day)

    assert of(kind, period.first) == of(kind, period.last) == period
    assert period.before.last + NEXT == period.first
    after = of(kind, period.last + NEXT)
    assert after.first == period.last + NEXT
    assert after.before == period


@given(KINDS, DAYS)
def test_a_longer_period_is_made_of_whole_shorter_ones(kind: PeriodKind, day: date) -> None:
    month = PeriodKind.CALENDAR_MONTH if kind.by_calendar else PeriodKind.MONTH
    period = of(kind, day)
    months, at = [], period.first
    while at <= period.last:
        months.append(of(month, at))
        at = months[-1].last + NEXT

    assert months[0].first == period.first
    assert months[-1].last == period.last
    assert len(months) == kind.months


@given(KINDS, DAYS)
def test_year_and_number_name_one_period_alone(kind: PeriodKind, day: date) -> None:
    period = of(kind, day)
    after = of(kind, period.last + NEXT)

    assert 1 <= period.number <= 12 // kind.months
    follows = (period.year, period.number + 1)
    wrapped = (period.year + 1, 1)
    assert (after.year, after.number) == (
        wrapped if period.number == 12 // kind.months else follows
    )


@given(KINDS, DAYS, st.integers(0, 2_000))
def test_going_back_ends_with_the_period_of_the_beginning(
    kind: PeriodKind, day: date, earlier: int
) -> None:
    began_on = day - timedelta(days=earlier)
    periods = list(back_from(kind, day, began_on))

    assert periods[0] == of(kind, day)
    assert periods[-1] == of(kind, began_on)
    for later, before in pairwise(periods):
        assert later.before == before


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "named"),
    [
        (PeriodKind.MONTH, "2026-11-14", "2026-10-15", "2026-11-14", (11, 2026)),
        (PeriodKind.MONTH, "2026-11-15", "2026-11-15", "2026-12-14", (12, 2026)),
        (PeriodKind.MONTH, "2026-12-15", "2026-12-15", "2027-01-14", (1, 2027)),
        (PeriodKind.QUARTER, "2026-03-14", "2025-12-15", "2026-03-14", (1, 2026)),
        (PeriodKind.QUARTER, "2026-03-15", "2026-03-15", "2026-06-14", (2, 2026)),
        (PeriodKind.QUARTER, "2026-12-14", "2026-09-15", "2026-12-14", (4, 2026)),
        (PeriodKind.HALF_YEAR, "2026-01-01", "2025-12-15", "2026-06-14", (1, 2026)),
        (PeriodKind.HALF_YEAR, "2026-06-15", "2026-06-15", "2026-12-14", (2, 2026)),
        (PeriodKind.YEAR, "2026-12-14", "2025-12-15", "2026-12-14", (1, 2026)),
        (PeriodKind.YEAR, "2026-12-15", "2026-12-15", "2027-12-14", (1, 2027)),
        (PeriodKind.CALENDAR_MONTH, "2028-02-29", "2028-02-01", "2028-02-29", (2, 2028)),
        (PeriodKind.CALENDAR_QUARTER, "2026-08-15", "2026-07-01", "2026-09-30", (3, 2026)),
        (PeriodKind.CALENDAR_HALF_YEAR, "2026-07-01", "2026-07-01", "2026-12-31", (2, 2026)),
        (PeriodKind.CALENDAR_YEAR, "2026-12-31", "2026-01-01", "2026-12-31", (1, 2026)),
    ],
)
def test_the_decree_closes_on_the_fourteenth_and_the_calendar_with_the_month(
    kind: PeriodKind, day: str, first: str, last: str, named: tuple[int, int]
) -> None:
    period = of(kind, date.fromisoformat(day))

    assert period == Period(kind, date.fromisoformat(first), date.fromisoformat(last))
    assert (period.number, period.year) == named
