"""Counts add up for every history, and move the days that later words are about."""

from datetime import date, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from station import events as e
from station.counting import Measure
from tests.station.counted_lives import (
    CASES,
    FIRST,
    RECEIVED,
    Written,
    any_history,
    assert_adds_up,
    assert_cells_add_up,
    counts_of,
    whole,
)

READY = e.MadeReady(policy="release-2021-09-10")
GIVEN = e.HandedOver(to="pupil", case=CASES[0])
TO_SCHOOL = e.HandedOver(to="school", school="truong-th-go-dau", case=CASES[0])
SIGNED = e.HandoverConfirmed(case=CASES[0], result="signed")
BACK = e.HandoverConfirmed(case=CASES[0], result="undelivered", back=True)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def told(*lines: tuple[e.Said, int], station: int = 12) -> Written:
    """One point says these, each on its day."""
    written = Written()
    for said, day in lines:
        written.say(said, day, station)
    return written


def test_a_given_device_is_no_longer_in_stock() -> None:
    written = told((RECEIVED, 1), (e.TakenToBench(), 2), (READY, 3), (GIVEN, 5))

    assert [(c.day, c.measure, c.devices) for c in counts_of(written.events)] == [
        (on(1), Measure.IN_WORK, 1),
        (on(1), Measure.RECEIVED, 1),
        (on(3), Measure.IN_WORK, -1),
        (on(3), Measure.READY, 1),
        (on(5), Measure.GIVEN, 1),
        (on(5), Measure.READY, -1),
    ]
    assert whole(counts_of(written.events)) == {(12, Measure.RECEIVED): 1, (12, Measure.GIVEN): 1}


def test_what_is_given_is_counted_where_the_pupil_lives_and_all_else_where_the_point_lies() -> None:
    counts = counts_of(told((RECEIVED, 1), (READY, 3), (GIVEN, 5)).events)

    given_ = next(c for c in counts if c.measure is Measure.GIVEN)
    assert (given_.unit, given_.school, given_.level) == ("25654", "truong-th-go-dau", "primary")
    others = [c for c in counts if c.measure is not Measure.GIVEN]
    assert {(c.unit, c.school, c.level) for c in others} == {("unit-12", "", "")}
    assert {(c.kind, c.donor_kind) for c in counts} == {("laptop", "person")}


def test_what_came_before_the_units_changed_leaves_under_its_old_name() -> None:
    counts = counts_of(told((RECEIVED, 1), (READY, 19), (GIVEN, 25)).events)

    assert {c.unit for c in counts if c.measure is Measure.READY} == {"unit-12"}
    assert_cells_add_up(counts)


def test_a_direct_gift_is_received_and_given_on_one_day() -> None:
    counts = counts_of(told((e.GivenDirectly(kind="laptop", case=CASES[1]), 4)).events)

    assert {(c.measure, c.day) for c in counts} == {
        (Measure.RECEIVED, on(4)),
        (Measure.GIVEN, on(4)),
    }


def test_at_a_school_it_is_not_given_before_the_line_is_signed() -> None:
    before = told((RECEIVED, 1), (READY, 2), (TO_SCHOOL, 3))
    assert whole(counts_of(before.events))[12, Measure.AT_SCHOOL] == 1
    assert whole(counts_of(before.events))[12, Measure.GIVEN] == 0

    before.say(SIGNED, 8)
    signed = next(c for c in counts_of(before.events) if c.measure is Measure.GIVEN)
    assert signed.day == on(8)


def test_what_was_brought_back_from_the_school_is_in_work() -> None:
    written = told((RECEIVED, 1), (READY, 2), (TO_SCHOOL, 3), (BACK, 6))
    assert whole(counts_of(written.events))[12, Measure.IN_WORK] == 1

    written.say(e.ReturnedToStock(reason="no-longer-needed"), 7)
    counts = counts_of(written.events)
    assert whole(counts) == {(12, Measure.RECEIVED): 1, (12, Measure.IN_WORK): 1}
    assert not [c for c in counts if c.measure is Measure.RETURNED]


def test_a_repair_for_its_pupil_takes_nothing_back() -> None:
    written = told((RECEIVED, 1), (READY, 2), (GIVEN, 3))
    before = counts_of(written.events)
    written.say(e.TakenBackForRepair(case=CASES[0], reason="broke-in-use"), 9)
    written.say(e.GivenBack(case=CASES[0]), 12)

    assert counts_of(written.events) == before


def test_what_comes_back_for_good_is_returned_under_its_pupils_names() -> None:
    written = told(
        (RECEIVED, 1), (READY, 2), (GIVEN, 3), (e.ReturnedToStock(reason="no-longer-needed"), 9)
    )

    returned = next(c for c in counts_of(written.events) if c.measure is Measure.RETURNED)
    assert (returned.unit, returned.level, returned.day) == ("25654", "primary", on(9))


def test_a_hand_over_that_did_not_happen_is_not_counted_on_its_day_either() -> None:
    written = told((RECEIVED, 1), (READY, 2))
    before = counts_of(written.events)
    written.say(GIVEN, 3)
    written.say(e.HandoverWithdrawn(case=CASES[0]), 10)

    assert counts_of(written.events) == before


def test_a_line_that_is_open_again_counts_as_with_the_school_since_it_went_there() -> None:
    written = told((RECEIVED, 1), (READY, 2), (TO_SCHOOL, 3))
    before = counts_of(written.events)
    written.say(SIGNED, 8)
    written.say(e.LineReopened(case=CASES[0]), 9)

    assert counts_of(written.events) == before


def test_an_intake_by_mistake_leaves_no_counts() -> None:
    written = told((RECEIVED, 1), (e.EnteredByMistake(), 2))
    assert counts_of(written.events) == ()

    written.say(e.Received(kind="desktop"), 5)
    assert {(c.kind, c.day) for c in counts_of(written.events)} == {("desktop", on(5))}


def test_a_direct_gift_by_mistake_leaves_no_counts() -> None:
    gift = e.GivenDirectly(kind="laptop", case=CASES[1])
    assert counts_of(told((gift, 1), (e.DirectGiftWithdrawn(case=CASES[1]), 2)).events) == ()


def test_a_withdrawn_act_and_a_correction_move_the_day_they_are_about() -> None:
    written = told((RECEIVED, 1), (e.TakenToBench(), 2))
    before = counts_of(written.events)
    retired = written.say(e.Retired(reason="too-old"), 5)
    assert whole(counts_of(written.events))[12, Measure.RETIRED] == 1

    written.say(e.ActWithdrawn(target=retired.hash, target_kind="Retired"), 8)
    assert counts_of(written.events) == before

    fields = msgspec.msgpack.encode({"kind": "desktop"})
    first = written.events[0].hash
    written.say(
        e.Corrected(target=first, target_kind="Received", fields=fields, reason="mistyped"), 20
    )
    assert {(c.kind, c.day) for c in counts_of(written.events)} == {("desktop", on(1))}


def test_a_journey_between_points_is_counted_at_both() -> None:
    written = told((RECEIVED, 1), (READY, 2), (e.SentTo(place="point-011"), 3))
    written.say(e.ArrivedFrom(place="point-012", here="point-011"), 5, 11)

    assert whole(counts_of(written.events)) == {
        (12, Measure.RECEIVED): 1,
        (12, Measure.SENT): 1,
        (11, Measure.ARRIVED): 1,
        (11, Measure.READY): 1,
    }


def test_an_arrival_whose_departure_nobody_told_is_a_journey_of_that_day() -> None:
    written = told((RECEIVED, 1), (READY, 2))
    written.say(e.ArrivedFrom(place="point-012", here="point-011"), 5, 11)

    counts = counts_of(written.events)
    assert whole(counts)[12, Measure.SENT] == whole(counts)[11, Measure.ARRIVED] == 1
    assert {c.day for c in counts if c.measure is Measure.SENT} == {on(5)}


def test_nothing_leaves_before_it_came() -> None:
    counts = counts_of(told((RECEIVED, 9), (READY, 2), (GIVEN, 4)).events)

    assert {c.day for c in counts} == {on(9)}


@given(any_history())
def test_whatever_was_said_the_counts_add_up(events: list[e.Event]) -> None:
    counts = counts_of(events)

    assert_adds_up(counts)
    assert_cells_add_up(counts)
    assert len({msgspec.structs.replace(c, devices=0) for c in counts}) == len(counts)


@given(st.data())
def test_the_order_in_which_events_come_changes_no_count(data: st.DataObject) -> None:
    events = data.draw(any_history())
    otherwise = data.draw(st.permutations(events))

    assert counts_of(otherwise) == counts_of(events)
