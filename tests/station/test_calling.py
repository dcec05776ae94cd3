"""Donors who must be called: planned, tried, settled, and given up after the last day in vain."""

from datetime import timedelta
from typing import Any

import pytest

from station import calling, intake, offers, refusals
from station import events as e
from station.device import Device, OpenCall
from station.ledger import Moment
from station.operators import Operator
from station.people import Donor
from station.reference import UnknownReference, Unreached
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN


def day(number: int) -> Moment:
    return Moment(NOON.at + timedelta(days=number))


def plan(
    store: SqlStore, code: str, about: str = "lock", by: Operator = CLERK, **more: Any
) -> None:
    calling.plan_call(calling.PlanCall(code=code, about=about, **more), store, by, NOON)


def ring(
    store: SqlStore, code: str, result: str, when: Moment = NOON, about: str = "lock", **more: Any
) -> calling.CallNoted:
    command = calling.NoteCall(code=code, about=about, result=result, **more)
    return calling.note_call(command, store, CLERK, when)


def device_of(store: SqlStore, code: str) -> Device:
    device = store.device(code)
    assert device is not None
    return device


def codes_due(store: SqlStore, when: Moment = NOON) -> list[str]:
    return [one.code for one in store.calls(when.day)]


def test_a_planned_call_is_due_and_an_answer_settles_it(store: SqlStore) -> None:
    laptop = life.receive(store, locks=("google-account",))
    plan(store, laptop, by=TECHNICIAN, note="Hỏi mật khẩu")
    assert codes_due(store) == [laptop]

    noted = ring(store, laptop, "answered")

    assert (noted.again_on, noted.follows) == (None, None)
    assert codes_due(store) == []
    assert verify(store.engine).sound


def test_nobody_answering_is_rung_again_the_next_day(store: SqlStore) -> None:
    laptop = life.receive(store)
    plan(store, laptop)

    noted = ring(store, laptop, "no-answer")

    assert noted.again_on == day(1).day
    assert codes_due(store) == []
    assert codes_due(store, day(1)) == [laptop]


def test_after_three_days_in_vain_the_point_gives_up_and_holds_a_locked_device(
    store: SqlStore,
) -> None:
    laptop = life.receive(store, locks=("google-account",))
    plan(store, laptop)
    for number in (0, 0, 1):  # two tries on one day are one
        assert ring(store, laptop, "no-answer", day(number)).follows is None

    noted = ring(store, laptop, "no-answer", day(2))

    assert (noted.follows, noted.held) == (Unreached.HOLD, True)
    assert device_of(store, laptop).hold == "waiting-for-unlock"
    assert device_of(store, laptop).calls == ()
    results = [r.event.said.result for r in store.timeline(laptop) if _is_call(r.event.said)]  # type: ignore[union-attr]  # asked of calls alone
    assert results == ["no-answer"] * 4 + ["given-up"]
    assert verify(store.engine).sound


def _is_call(said: e.Said | None) -> bool:
    return isinstance(said, e.CallMade)


def test_a_donor_who_asked_to_be_called_later_is_not_given_up(store: SqlStore) -> None:
    laptop = life.receive(store)
    plan(store, laptop)
    for number in range(5):
        again = day(number + 1).day
        assert ring(store, laptop, "call-later", day(number), again_on=again).follows is None

    (call,) = device_of(store, laptop).calls
    assert (call.tries, call.due, call.planned_on) == (0, day(5).day, NOON.day)


def test_an_unreached_decision_proposes_what_the_donor_said_at_intake(store: SqlStore) -> None:
    laptop = life.receive(store, if_hopeless="recycle")
    plan(store, laptop, "decision")

    noted = ring(store, laptop, "wrong-number", about="decision")

    assert (noted.follows, noted.proposed, noted.held) == (Unreached.WISH, "recycle", False)


def test_a_slip_is_taken_back_and_the_call_goes_on_as_it_stood(store: SqlStore) -> None:
    laptop = life.receive(store)
    plan(store, laptop)
    ring(store, laptop, "no-answer")
    (before,) = device_of(store, laptop).calls
    ring(store, laptop, "declined", day(1))

    calling.plan_again(laptop, before, store, CLERK, day(1))

    (call,) = device_of(store, laptop).calls
    assert (call.tries, call.due, call.planned_on) == (1, before.due, NOON.day)


def test_the_donor_of_an_offer_is_called_too(store: SqlStore) -> None:
    command = offers.EnterOffer(items=(e.OfferedItem("laptop"),), donor=life.HOA)
    offer = offers.enter_offer(command, store, CLERK, NOON).header.subject
    plan(store, offer, "appointment")
    assert codes_due(store) == [offer]

    assert ring(store, offer, "wrong-number", about="appointment").follows is Unreached.CLOSE


def test_asking_twice_for_the_same_keeps_one_call_since_the_first_day(store: SqlStore) -> None:
    laptop = life.receive(store)
    plan(store, laptop)
    later = calling.PlanCall(code=laptop, about="lock", due=day(3).day)
    calling.plan_call(later, store, CLERK, day(1))

    (call,) = device_of(store, laptop).calls
    assert call == OpenCall("lock", day(3).day, 0, NOON.day)


def test_what_is_over_asks_nobody_any_more(store: SqlStore) -> None:
    command = offers.EnterOffer(items=(e.OfferedItem("laptop"),), donor=life.HOA)
    offer = offers.enter_offer(command, store, CLERK, NOON).header.subject
    plan(store, offer, "appointment")
    plan(store, life.ready_laptop(store))
    assert len(codes_due(store)) == 2

    close = offers.CloseOffer(offer=offer, reason="donor-changed-mind")
    offers.close_offer(close, store, CLERK, NOON)

    assert offer not in codes_due(store)
    offers.reopen_offer(offer, store, CLERK, NOON)
    assert offer in codes_due(store)


def nameless(store: SqlStore) -> str:
    no_phone = Donor(name="Trần Văn Đức", organisation=True)
    command = intake.ReceiveDevice(device=intake.NewDevice(kind="laptop"), donor=no_phone)
    return intake.receive_device(command, store, CLERK, NOON).header.subject


def test_what_cannot_be_called_or_noted_is_refused_by_name(store: SqlStore) -> None:
    laptop = life.receive(store)

    with pytest.raises(refusals.NobodyToCall):
        plan(store, nameless(store))
    with pytest.raises(UnknownReference):
        plan(store, laptop, "weather")
    with pytest.raises(refusals.DayHasPassed):
        plan(store, laptop, due=day(-1).day)
    with pytest.raises(refusals.NotYourRole):
        plan(store, laptop, by=GIVER)
    with pytest.raises(refusals.NoSuchCall):
        ring(store, laptop, "answered")
    assert device_of(store, laptop).calls == ()
