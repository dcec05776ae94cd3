"""Whatever is said of an offer and its calls in whatever order, a replay tells the same."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from station import calling, intake, offers, refusals
from station import events as e
from station.intake import NewDevice
from station.ledger import Moment
from station.offer import Offer, PickUp
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, NOON, new_store

Act = Callable[[SqlStore, str, Moment], object]
RESULTS = ("answered", "no-answer", "call-later", "wrong-number", "declined", "not-needed")


def _note(state: PickUp, ahead: int) -> Act:
    def act(store: SqlStore, code: str, when: Moment) -> object:
        on = when.day + timedelta(days=ahead) if ahead else None
        return offers.note_pick_up(
            offers.NotePickUp(offer=code, state=state, on=on), store, CLERK, when
        )

    return act


def _ring(result: str) -> Act:
    def act(store: SqlStore, code: str, when: Moment) -> object:
        command = calling.NoteCall(code=code, about="appointment", result=result)
        return calling.note_call(command, store, CLERK, when)

    return act


def _plan(store: SqlStore, code: str, when: Moment) -> object:
    return calling.plan_call(calling.PlanCall(code=code, about="appointment"), store, CLERK, when)


def _close(store: SqlStore, code: str, when: Moment) -> object:
    command = offers.CloseOffer(offer=code, reason="all-came")
    return offers.close_offer(command, store, CLERK, when)


def _reopen(store: SqlStore, code: str, when: Moment) -> object:
    return offers.reopen_offer(code, store, CLERK, when)


def _receive(store: SqlStore, code: str, when: Moment) -> object:
    command = intake.ReceiveDevice(device=NewDevice(kind="laptop"), offer=code)
    return intake.receive_device(command, store, CLERK, when)


def _bring(store: SqlStore, code: str, when: Moment) -> object:
    command = offers.MoveAppointment(offer=code, on=when.day)
    return offers.move_appointment(command, store, CLERK, when)


ACTS = st.one_of(
    st.builds(_note, st.sampled_from(PickUp), st.integers(0, 3)),
    st.builds(_ring, st.sampled_from(RESULTS)),
    st.sampled_from((_plan, _close, _reopen, _receive, _bring)),
)


@settings(max_examples=15)
@given(st.lists(st.tuples(ACTS, st.integers(0, 2)), max_size=14))
def test_no_order_of_acts_loses_an_offer_or_rings_for_ever(acts: list[tuple[Act, int]]) -> None:
    with TemporaryDirectory() as folder, new_store(_url(folder)) as store:
        announced = offers.EnterOffer(items=(e.OfferedItem("laptop", 2),), donor=life.HOA)
        code = offers.enter_offer(announced, store, CLERK, NOON).header.subject
        at = NOON.at
        for act, days in acts:
            at += timedelta(days=days, minutes=1)
            try:
                act(store, code, Moment(at))
            except refusals.Refusal:
                continue
        offer = store.offer(code)
        assert offer is not None
        _holds_together(offer, store, Moment(at))
        assert verify(store.engine).sound


def _holds_together(offer: Offer, store: SqlStore, when: Moment) -> None:
    most = store.reference.programme.calls.most_days
    assert len({call.about for call in offer.calls}) == len(offer.calls)
    assert all(call.tries <= most for call in offer.calls)
    assert (offer in store.expected_offers()) == offer.is_open
    far = when.day + timedelta(days=30)
    assert (offer in store.calls(far)) == (offer.is_open and bool(offer.calls))


def _url(folder: str) -> str:
    return sqlite_url(Path(folder) / "station.db")
