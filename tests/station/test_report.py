"""A report adds up: under each heading the same devices, and from one period to the next."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.counting import Count, Measure
from station.periods import PeriodKind, of
from station.reference import Reference, load
from station.report import (
    ALL,
    ASKED_FOR,
    MADE_OF,
    OF_PUPILS,
    Amount,
    By,
    Closing,
    Figure,
    Report,
    Row,
    adjusted,
    cells,
    named_on,
    old_district,
    reported,
)

REFERENCE = load()
CHANGES = REFERENCE.unit_changes()
LAST_OLD, FIRST_NEW = date(2025, 6, 30), date(2025, 7, 1)
TODAY = date(2026, 11, 28)
PUPILS = {Measure.GIVEN, Measure.RETURNED}


def a_count(measure: Measure, day: date, devices: int = 1, **more: str | int) -> Count:
    said = {"station": 12, "kind": "laptop", "donor_kind": "person", "unit": "25459"} | more
    return Count(day=day, measure=measure, devices=devices, **said)  # type: ignore[arg-type]


COUNTS = st.builds(
    Count,
    station=st.sampled_from([11, 12, 21]),
    day=st.dates(date(2025, 4, 1), date(2025, 10, 31)),
    measure=st.sampled_from(Measure),
    devices=st.sampled_from([1, 1, 1, -1]),
    kind=st.sampled_from(["laptop", "tablet", ""]),
    donor_kind=st.sampled_from(["organisation", "person", ""]),
    unit=st.sampled_from(["25459", "25480", "27694", ""]),
    school=st.sampled_from(["truong-th-go-dau", ""]),
    level=st.sampled_from(["primary", ""]),
)
HISTORIES = st.lists(COUNTS, max_size=40)
KINDS = st.sampled_from(PeriodKind)
DAYS = st.dates(date(2025, 4, 1), date(2025, 10, 31))


def report_on(counts: Sequence[Count], kind: PeriodKind, day: date) -> Report:
    period = of(kind, day)
    made = cells(counts, period, CHANGES)
    return reported(made, period, REFERENCE, TODAY, closing=Closing.OPEN)


@given(HISTORIES, KINDS, DAYS)
def test_the_rows_of_each_section_add_up_to_the_total(
    counts: list[Count], kind: PeriodKind, day: date
) -> None:
    report = report_on(counts, kind, day)

    for section in report.sections:
        for index, figure in enumerate(section.figures):
            total = report.amount(figure)
            summed = [row.amounts[index] for row in section.rows]
            assert sum(amount.within for amount in summed) == total.within, section.by
            assert sum(amount.total for amount in summed) == total.total, section.by


@given(HISTORIES, KINDS, DAYS)
def test_each_figure_is_the_sum_of_the_counts_of_its_days(
    counts: list[Count], kind: PeriodKind, day: date
) -> None:
    report = report_on(counts, kind, day)

    for figure in ALL:
        its = [count for count in counts if count.measure in MADE_OF[figure]]
        amount = report.amount(figure)
        assert amount.within == sum(c.devices for c in its if c.day in report.period)
        assert amount.total == sum(c.devices for c in its if c.day <= report.period.last)


@given(HISTORIES, KINDS, DAYS)
def test_a_period_begins_with_what_the_one_before_ended_with(
    counts: list[Count], kind: PeriodKind, day: date
) -> None:
    report = report_on(counts, kind, day)
    before = report_on(counts, kind, report.period.before.last)

    for figure in ALL:
        assert report.amount(figure).before == before.amount(figure).total


@settings(max_examples=60)
@given(HISTORIES, HISTORIES, HISTORIES, DAYS)
def test_what_changed_after_closing_is_told_once_by_the_next_report(
    counts: list[Count], later: list[Count], last: list[Count], day: date
) -> None:
    kind = PeriodKind.MONTH
    first = of(kind, day)
    second = of(kind, first.last + timedelta(days=1))
    third = of(kind, second.last + timedelta(days=1))
    told = cells(counts, first, CHANGES)
    told_next = adjusted(cells(counts + later, second, CHANGES), told)
    told_last = adjusted(cells(counts + later + last, third, CHANGES), told_next)
    periods = ((first, told), (second, told_next), (third, told_last))
    one, two, three = (
        reported(made, period, REFERENCE, TODAY, closing=Closing.CLOSED) for period, made in periods
    )

    for figure in ALL:
        before, after, end = one.amount(figure), two.amount(figure), three.amount(figure)
        assert after.before == before.total
        assert end.before == after.total
        its = [c for c in later if c.measure in MADE_OF[figure] and c.day <= first.last]
        assert after.adjusted == sum(c.devices for c in its)
        everything = [c for c in counts + later + last if c.measure in MADE_OF[figure]]
        assert end.total == sum(c.devices for c in everything if c.day <= third.last)


def test_nothing_changed_is_no_adjustment() -> None:
    counts = [a_count(Measure.RECEIVED, date(2026, 9, 1)), a_count(Measure.READY, TODAY)]
    told = cells(counts, of(PeriodKind.MONTH, date(2026, 9, 1)), CHANGES)
    again = adjusted(cells(counts, of(PeriodKind.MONTH, date(2026, 9, 20)), CHANGES), told)

    assert [cell.adjusted for cell in again] == [0]


def test_of_one_point_a_report_tells_its_own_alone() -> None:
    counts = [a_count(Measure.RECEIVED, TODAY), a_count(Measure.RECEIVED, TODAY, station=21)]
    period = of(PeriodKind.MONTH, TODAY)
    made = cells(counts, period, CHANGES)
    whole = reported(made, period, REFERENCE, TODAY, closing=Closing.RUNNING)
    own = reported(made, period, REFERENCE, TODAY, closing=Closing.RUNNING, station=21)

    assert whole.amount(Figure.RECEIVED) == Amount(within=2)
    assert own.amount(Figure.RECEIVED) == Amount(within=1)
    assert [row.id for row in whole.section(By.POINT).rows] == ["012", "021"]
    assert [row.id for row in own.section(By.POINT).rows] == ["021"]


def test_a_commune_is_told_under_the_name_it_had_on_the_day() -> None:
    counts = [
        a_count(Measure.GIVEN, LAST_OLD),
        a_count(Measure.GIVEN, FIRST_NEW),
        a_count(Measure.GIVEN, FIRST_NEW),
    ]
    report = report_on(counts, PeriodKind.MONTH, FIRST_NEW)

    told = [
        (REFERENCE.unit(row.id, row.named_on).full_name, row.district, row.amounts[3].within)
        for row in report.section(By.UNIT).rows
        if row.named_on
    ]
    assert told == [("Phường 3", "703", 1), ("Phường Tân Ninh", "703", 2)]
    assert [row.id for row in report.section(By.DISTRICT).rows] == ["703"]


def test_what_is_in_stock_lies_where_its_point_lies_on_the_last_day() -> None:
    came, left = date(2025, 6, 20), date(2025, 7, 10)
    counts = [
        a_count(Measure.READY, came, devices=3, station=11),
        a_count(Measure.READY, left, devices=-1, station=11),
    ]
    ready = ASKED_FOR.index(Figure.READY)

    def told(day: date) -> list[tuple[str, int, int]]:
        section = report_on(counts, PeriodKind.CALENDAR_MONTH, day).section(By.UNIT)
        return [
            (REFERENCE.unit(row.id, row.named_on).full_name, amount.within, amount.total)
            for row in section.rows
            for amount in row.amounts[ready : ready + 1]
            if row.named_on
        ]

    assert told(came) == [("Phường 3", 3, 3)]
    assert told(left) == [("Phường Tân Ninh", -1, 2)]


@pytest.mark.parametrize(
    ("unit", "day", "district"),
    [
        ("25459", LAST_OLD, "703"),
        ("25459", FIRST_NEW, "703"),
        ("27694", FIRST_NEW, ""),  # was in another province, whose districts are not known here
        ("80", FIRST_NEW, ""),
        ("703", LAST_OLD, ""),
        ("99999", FIRST_NEW, ""),
        ("", FIRST_NEW, ""),
    ],
)
def test_the_district_of_a_new_commune_is_that_of_its_code(
    unit: str, day: date, district: str
) -> None:
    assert old_district(unit, day, REFERENCE) == district


def test_every_new_commune_whose_code_is_old_has_its_district_and_no_other() -> None:
    reference: Reference = REFERENCE
    new = reference.children("80", FIRST_NEW)
    told = {unit.code: old_district(unit.code, FIRST_NEW, reference) for unit in new}

    with_district = {code for code, district in told.items() if district}
    assert len(new) == 96
    assert len(with_district) == 36
    for code in with_district:
        assert told[code] == reference.unit(code, LAST_OLD).parent


def test_days_between_two_changes_are_named_alike() -> None:
    changes = (date(2025, 7, 1), date(2026, 4, 30))

    assert named_on(date(2021, 1, 1), changes) == date(2025, 6, 30)
    assert named_on(date(2025, 6, 30), changes) == date(2025, 6, 30)
    assert named_on(date(2025, 7, 1), changes) == date(2025, 7, 1)
    assert named_on(date(2026, 4, 29), changes) == date(2025, 7, 1)
    assert named_on(date(2030, 1, 1), changes) == date(2026, 4, 30)


def test_schools_and_levels_are_told_of_what_pupils_were_given() -> None:
    report = report_on([a_count(Measure.GIVEN, TODAY, level="primary")], PeriodKind.YEAR, TODAY)

    section = report.section(By.LEVEL)
    assert section.figures == OF_PUPILS
    assert section.rows == (Row("primary", (Amount(within=1), Amount())),)
