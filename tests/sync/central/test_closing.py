"""A closed period stays as it was told; the next report says what became known since."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, delete

from station.counting import Count, Measure
from station.periods import Period, PeriodKind, of
from station.reference import load
from station.report import Amount, Closing, Figure, Report, cells, reported
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.numbers import closing, summing
from sync.central.numbers.closing import AlreadyClosed, NotOver, OutOfOrder
from sync.central.officials import acts
from sync.central.officials.acts import Act
from tests.station.test_report import DAYS, HISTORIES, KINDS
from tests.sync.central.tallied import tally

REFERENCE = load()
CHANGES = REFERENCE.unit_changes()
TODAY = date(2026, 11, 28)
OCTOBER = of(PeriodKind.MONTH, date(2026, 10, 14))
NOVEMBER = of(PeriodKind.MONTH, date(2026, 11, 14))
DECEMBER = of(PeriodKind.MONTH, date(2026, 11, 15))
BEFORE, WITHIN, AFTER = date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 20)


@pytest.fixture
def empty(engine: Engine) -> Engine:
    """Nothing counted and nothing closed."""
    with writing(engine) as connection:
        connection.execute(delete(t.tally))
        connection.execute(delete(t.closed_period))
        connection.execute(delete(t.official_act))
    return engine


def received(day: date, devices: int = 1, station: int = 12) -> Count:
    return Count(station, day, Measure.RECEIVED, devices, "laptop", "person", "25459")


def close(engine: Engine, period: Period, today: date = TODAY) -> None:
    closing.close(engine, period, CHANGES, "lan", today=today, now_s=1_790_000_000)


def told(engine: Engine, period: Period, today: date = TODAY) -> Report:
    with reading(engine) as connection:
        state = closing.state(connection, period, CHANGES, today=today)
    return reported(state.cells, period, REFERENCE, today, closing=state.closing)


def counted(engine: Engine, *counts: Count) -> None:
    with writing(engine) as connection:
        tally(connection, counts)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HISTORIES, KINDS, DAYS)
def test_the_service_sums_as_a_point_does(
    empty: Engine, counts: list[Count], kind: PeriodKind, day: date
) -> None:
    period = of(kind, day)
    counted(empty, *counts)

    with reading(empty) as connection:
        summed = summing.cells(connection, period, CHANGES)

    assert sorted(summed, key=lambda c: c.sort) == sorted(
        cells(counts, period, CHANGES), key=lambda c: c.sort
    )


def test_what_is_found_out_later_is_an_adjustment_of_the_next_report(empty: Engine) -> None:
    first = (received(BEFORE, 5), received(WITHIN, 3))
    counted(empty, *first)
    close(empty, OCTOBER)
    counted(empty, *first, received(BEFORE, 2), received(BEFORE, -1, station=21))

    assert told(empty, OCTOBER).amount(Figure.RECEIVED) == Amount(0, 0, 5)
    november = told(empty, NOVEMBER).amount(Figure.RECEIVED)
    assert november == Amount(before=5, adjusted=1, within=3)


def test_a_closed_period_tells_what_it_told_and_the_one_after_begins_there(empty: Engine) -> None:
    counted(empty, received(BEFORE, 5), received(WITHIN, 3))
    close(empty, OCTOBER)
    counted(empty, received(BEFORE, 6), received(WITHIN, 3))
    open_report = told(empty, NOVEMBER)
    close(empty, NOVEMBER)
    counted(empty, received(BEFORE, 1))

    closed = told(empty, NOVEMBER)
    assert closed.closing is Closing.CLOSED
    assert closed.sections == open_report.sections
    december = told(empty, DECEMBER).amount(Figure.RECEIVED)
    assert december == Amount(before=9, adjusted=-8, within=0)
    assert december.total == 1


def test_a_period_that_was_not_closed_tells_no_adjustment(empty: Engine) -> None:
    counted(empty, received(BEFORE, 5), received(WITHIN, 3), received(AFTER))
    close(empty, OCTOBER)

    december = told(empty, DECEMBER)
    assert december.amount(Figure.RECEIVED) == Amount(before=8, adjusted=0, within=1)
    assert december.closing is Closing.RUNNING
    assert told(empty, NOVEMBER).closing is Closing.OPEN


def test_a_period_is_closed_after_its_last_day_in_order_and_once(empty: Engine) -> None:
    counted(empty, received(BEFORE))
    for day in (NOVEMBER.first, NOVEMBER.last):
        with pytest.raises(NotOver):
            close(empty, NOVEMBER, today=day)
    close(empty, OCTOBER)

    with pytest.raises(OutOfOrder) as refused:
        close(empty, DECEMBER, today=date(2027, 1, 1))
    assert refused.value.next_first == NOVEMBER.first
    with pytest.raises(OutOfOrder):
        close(empty, OCTOBER.before)
    with pytest.raises(AlreadyClosed):
        close(empty, OCTOBER)
    close(empty, NOVEMBER, today=NOVEMBER.last + timedelta(days=1))
    close(empty, of(PeriodKind.QUARTER, OCTOBER.last).before)  # each kind for itself


def test_of_several_who_close_at_once_one_does(empty: Engine) -> None:
    counted(empty, received(BEFORE))

    def try_it(_nth: int) -> bool:
        with suppress(AlreadyClosed):
            close(empty, OCTOBER)
            return True
        return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(4))) == 1
    noted = [act for act in acts.listed(empty) if act.act == Act.PERIOD_CLOSED]
    assert [(act.official, act.detail) for act in noted] == [("lan", "month 2026-09-15")]


def test_what_months_brought_is_the_sum_of_their_days(empty: Engine) -> None:
    counted(empty, received(BEFORE, 2), received(WITHIN, 3), received(AFTER, -1), received(AFTER))

    with reading(empty) as connection:
        sums = summing.by_period(connection, [OCTOBER, NOVEMBER, DECEMBER], [Measure.RECEIVED])

    assert sums == {
        (OCTOBER, Measure.RECEIVED): 2,
        (NOVEMBER, Measure.RECEIVED): 3,
        (DECEMBER, Measure.RECEIVED): 0,
    }
