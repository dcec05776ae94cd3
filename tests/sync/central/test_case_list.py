"""Whoever keeps every state of the list learns of no single case, whatever comes and goes."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sync.central.numbers.case_list import LONGEST, Case, CaseList, next_list
from sync.central.numbers.holding_back import K

BEGAN = date(2026, 10, 1)
COMMUNES, LEVELS = ("a", "b", "c", ""), ("primary", "student")

cases = st.builds(
    Case,
    st.integers(0, 60).map(lambda n: f"H9{n:02d}"),
    st.sampled_from(LEVELS),
    st.sampled_from(COMMUNES),
)
days = st.lists(st.lists(cases, max_size=40, unique_by=lambda case: case.code), max_size=8)


def fixed(told: list[list[Case]]) -> list[list[Case]]:
    """The same, with a case keeping the level and commune it was first told with."""
    first: dict[str, Case] = {}
    return [[first.setdefault(case.code, case) for case in day] for day in told]


def states(told: list[list[Case]]) -> list[CaseList]:
    state = CaseList(0, BEGAN)
    found = [state]
    for n, public in enumerate(fixed(told), 1):
        state = next_list(state, public, BEGAN + timedelta(days=n), n)
        found.append(state)
    return found


def many(level: str, unit: str, first: int, count: int) -> list[Case]:
    return [Case(f"H9{n:02d}", level, unit) for n in range(first, first + count)]


@given(days)
def test_no_group_of_a_state_is_smaller_than_five(told: list[list[Case]]) -> None:
    for state in states(told):
        for level in LEVELS:
            of_level = [case for case in state.cases if case.level == level]
            for unit in COMMUNES:
                assert len([c for c in of_level if c.unit == unit]) not in range(1, K)


@given(days)
def test_from_one_state_to_the_next_five_come_at_least_and_five_are_told_a_commune(
    told: list[list[Case]],
) -> None:
    found = states(told)
    for before, after in pairwise(found):
        old = {case.code: case for case in before.cases}
        for level in LEVELS:
            now = [case for case in after.cases if case.level == level]
            assert len([c for c in now if c.code not in old]) not in range(1, K)
            for unit in COMMUNES[:-1]:
                newly = [
                    case
                    for case in now
                    if case.unit == unit and (case.code not in old or old[case.code].unit != unit)
                ]
                assert len(newly) not in range(1, K)


@given(days)
def test_what_stands_on_the_list_was_public_then_or_is_to_go(told: list[list[Case]]) -> None:
    for state, public in zip(states(told)[1:], fixed(told), strict=True):
        leaving = {code for code, _ in state.leaving}
        assert {case.code for case in state.cases} <= {case.code for case in public} | leaving
        assert list(state.cases) == sorted(state.cases, key=lambda case: case.code)


def test_four_more_wait_for_a_fifth() -> None:
    first = many("primary", "a", 0, 6)
    found = states([first, first + many("primary", "a", 6, 4), first + many("primary", "a", 6, 5)])

    assert [len(state.cases) for state in found] == [0, 6, 6, 11]
    assert found[2].made_s == found[1].made_s


def test_a_small_group_beside_a_large_one_hides_the_large_ones_commune_too() -> None:
    both = many("primary", "a", 0, 6) + many("primary", "b", 6, 3)

    assert {case.unit for case in states([both])[-1].cases} == {""}


def test_a_consent_that_was_taken_back_counts_after_seven_days_at_the_latest() -> None:
    all_of_them = many("primary", "a", 0, 9)
    without = all_of_them[1:]

    found = states([all_of_them, *[without] * (LONGEST.days + 1)])

    gone = [all_of_them[0].code not in {case.code for case in state.cases} for state in found[1:]]
    assert gone == [False] * (LONGEST.days + 1) + [True]
