"""What a donor gave past a point, on both engines: the pupil has a device."""

from sqlalchemy import Engine

from station import events as e
from sync.central.judging import rules
from tests.sync.central.conftest import (
    CASE_A,
    DESKTOP,
    LAPTOP,
    THERE,
    Point,
    allot,
    open_rules,
    received,
)

GIFT = e.GivenDirectly(kind="laptop", case=CASE_A)


def test_a_direct_gift_and_a_hand_over_to_one_pupil_are_disputed_until_one_is_taken_back(
    engine: Engine,
) -> None:
    here, there = Point(engine), Point(engine, THERE)
    allot(engine, THERE)

    assert here.tell(LAPTOP, GIFT).outcome == e.ACCEPTED
    kept = there.tell(DESKTOP, received(), e.Reserved(case=CASE_A))
    assert (kept.outcome, kept.rule) == (e.VOID, rules.CASE_HAS_DEVICE)
    given = there.tell(DESKTOP, e.HandedOver(to="pupil", case=CASE_A))
    assert (given.outcome, given.rule) == (e.DISPUTED, rules.CASE_GIVEN_TWICE)
    assert open_rules(engine) == [rules.CASE_GIVEN_TWICE]

    here.tell(LAPTOP, e.DirectGiftWithdrawn(case=CASE_A))

    assert open_rules(engine) == []


def test_a_promise_is_a_points_own_matter(engine: Engine) -> None:
    here, there = Point(engine), Point(engine, THERE)
    allot(engine, THERE)
    here.tell(LAPTOP, e.Received(kind="laptop", promised=CASE_A))
    promised = here.tell(LAPTOP, e.Promised(case=CASE_A))
    released = here.tell(LAPTOP, e.PromiseReleased(case=CASE_A, reason="case-moved"))

    assert {promised.outcome, released.outcome} == {e.ACCEPTED}
    assert there.tell(DESKTOP, received(), e.Reserved(case=CASE_A)).outcome == e.ACCEPTED
