"""Which point an offer goes to, when nobody says otherwise."""

from datetime import date

from station.reference import load
from sync.central.programme.nearest import nearest, of_department

DAY = date(2026, 9, 21)
GO_DAU, THANH_DUC, TAN_BIEN, IN_LONG_AN = "25654", "25657", "25489", "27694"


def test_a_point_in_the_commune_is_the_nearest() -> None:
    assert nearest(load(), {}, GO_DAU, DAY) == 12


def test_else_one_in_the_district_that_the_commune_lay_in() -> None:
    assert nearest(load(), {}, THANH_DUC, DAY) == 12


def test_what_an_official_said_counts_more() -> None:
    assert nearest(load(), {THANH_DUC: 21}, THANH_DUC, DAY) == 21


def test_a_rule_for_a_point_that_is_no_more_does_not_count() -> None:
    assert nearest(load(), {THANH_DUC: 898}, THANH_DUC, DAY) == 12


def test_where_nothing_is_near_an_official_must_say() -> None:
    assert nearest(load(), {}, IN_LONG_AN, DAY) is None
    assert nearest(load(), {}, None, DAY) is None


def test_the_department_keeps_a_point_of_its_own() -> None:
    assert of_department(load(), DAY) == 1
