"""What donors announce to the point itself: entered, moved, fetched, closed, taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from station import events as e
from station import intake, offers, refusals
from station.codes import CodeKind, make, parse
from station.intake import NewDevice
from station.ledger import Moment
from station.offer import Offer, PickUp
from station.people import DeviceList, Donor, ListedDevice
from station.reference import UnknownReference
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station.conftest import CLERK, GIVER, NOON

MAI = Donor(name="Nguyễn Thị Mai", phone="0912 345 678", may_process=True)
TODAY = NOON.day
TOMORROW = TODAY + timedelta(days=1)
TWO_LAPTOPS = (e.OfferedItem("laptop", 2),)


def enter(store: SqlStore, **fields: Any) -> Offer:
    known: dict[str, Any] = {"items": TWO_LAPTOPS, "donor": MAI}
    command = offers.EnterOffer(**known | fields)
    return found(store, offers.enter_offer(command, store, CLERK, NOON).header.subject)


def found(store: SqlStore, code: str) -> Offer:
    offer = store.offer(code)
    assert offer is not None
    return offer


def note(store: SqlStore, offer: Offer, state: PickUp, on: date | None = None) -> Offer:
    command = offers.NotePickUp(offer=offer.code, state=state, on=on)
    offers.note_pick_up(command, store, CLERK, NOON)
    return found(store, offer.code)


def test_an_offer_entered_by_hand_gets_a_code_and_is_expected(store: SqlStore) -> None:
    offer = enter(store, expected_on=TOMORROW, part="morning", note="Gọi trước khi đến")

    assert parse(offer.code).kind is CodeKind.OFFER
    assert (offer.expected_on, offer.part, offer.pick_up) == (TOMORROW, "morning", None)
    assert offer.wanted == 2
    assert store.expected_offers() == (offer,)
    assert verify(store.engine).sound


def test_a_pick_up_goes_through_its_states_until_everything_is_here(store: SqlStore) -> None:
    offer = enter(store, pick_up=True)
    assert offer.pick_up is PickUp.NEW

    offer = note(store, offer, PickUp.UNREACHABLE)
    assert [call.tries for call in offer.calls] == [1]
    assert store.calls(TOMORROW) == (offer,)
    offer = note(store, offer, PickUp.AGREED, TOMORROW)
    offer = note(store, offer, PickUp.COLLECTED)
    assert (offer.pick_up, offer.expected_on) == (PickUp.COLLECTED, TOMORROW)
    assert offer.calls == ()
    offer = note(store, offer, PickUp.ARRIVED)
    two = (NewDevice(kind="laptop"), NewDevice(kind="laptop"))
    visit = intake.ReceiveLot(devices=two, donor=MAI, offer=offer.code)
    intake.receive_lot(visit, store, CLERK, NOON)

    assert found(store, offer.code).received == 2
    assert store.expected_offers() == ()


def test_who_is_never_reached_for_a_pick_up_is_given_up_by_the_same_rule(store: SqlStore) -> None:
    offer = enter(store, pick_up=True)
    for number in range(3):
        day = Moment(NOON.at + timedelta(days=number))
        command = offers.NotePickUp(offer=offer.code, state=PickUp.UNREACHABLE)
        offers.note_pick_up(command, store, CLERK, day)

    offer = found(store, offer.code)
    assert (offer.pick_up, offer.calls) == (PickUp.UNREACHABLE, ())
    assert offer.is_open  # a person closes it


def test_a_day_named_with_a_pick_up_is_agreed(store: SqlStore) -> None:
    assert enter(store, pick_up=True, expected_on=TOMORROW).pick_up is PickUp.AGREED


def test_an_agreed_pick_up_has_a_day(store: SqlStore) -> None:
    offer = enter(store, pick_up=True)

    with pytest.raises(refusals.DayMissing):
        note(store, offer, PickUp.AGREED)


def test_a_slip_is_taken_back_by_what_stood_before(store: SqlStore) -> None:
    offer = note(store, enter(store, pick_up=True), PickUp.AGREED, TOMORROW)

    assert note(store, offer, PickUp.NEW).expected_on is None


def test_a_cancelled_pick_up_is_expected_no_more_until_the_donor_calls_again(
    store: SqlStore,
) -> None:
    offer = note(store, enter(store, pick_up=True), PickUp.CANCELLED)
    assert store.expected_offers() == ()

    note(store, offer, PickUp.AGREED, TOMORROW)
    assert [one.code for one in store.expected_offers()] == [offer.code]


def test_the_day_of_a_donor_who_brings_it_moves_and_falls_away(store: SqlStore) -> None:
    offer = enter(store, expected_on=TODAY)

    for day in (TOMORROW, None):
        command = offers.MoveAppointment(offer=offer.code, on=day)
        offers.move_appointment(command, store, CLERK, NOON)
        assert found(store, offer.code).expected_on == day
    assert found(store, offer.code).pick_up is None


def test_what_was_entered_is_entered_anew_and_how_fetching_stands_stays(store: SqlStore) -> None:
    offer = note(store, enter(store, pick_up=True), PickUp.COLLECTED)

    again = offers.EnterOffer(items=(e.OfferedItem("tablet", 3),), donor=MAI, pick_up=True)
    offers.amend_offer(offer.code, again, store, CLERK, NOON)

    offer = found(store, offer.code)
    assert (offer.items, offer.pick_up) == (again.items, PickUp.COLLECTED)


def amend(store: SqlStore, offer: Offer, **fields: Any) -> Offer:
    command = offers.EnterOffer(items=TWO_LAPTOPS, donor=MAI, **fields)
    offers.amend_offer(offer.code, command, store, CLERK, NOON)
    return found(store, offer.code)


@pytest.mark.parametrize("pick_up", [True, False])
def test_another_part_of_the_day_counts_when_an_offer_is_put_right(
    store: SqlStore, *, pick_up: bool
) -> None:
    offer = enter(store, pick_up=pick_up, expected_on=TOMORROW, part="morning")

    for part in ("afternoon", None):
        offer = amend(store, offer, pick_up=pick_up, expected_on=TOMORROW, part=part)
        assert (offer.expected_on, offer.part) == (TOMORROW, part)


def test_a_pick_up_whose_day_falls_away_is_agreed_no_more(store: SqlStore) -> None:
    offer = enter(store, pick_up=True, expected_on=TOMORROW)

    offer = amend(store, offer, pick_up=True)

    assert (offer.pick_up, offer.expected_on) == (PickUp.NEW, None)


def test_a_day_named_at_last_settles_the_call(store: SqlStore) -> None:
    offer = note(store, enter(store, pick_up=True), PickUp.UNREACHABLE)

    offer = amend(store, offer, pick_up=True, expected_on=TOMORROW)

    assert (offer.pick_up, offer.calls) == (PickUp.AGREED, ())


def test_a_closed_offer_says_why_and_is_reopened(store: SqlStore) -> None:
    offer = enter(store)
    close = offers.CloseOffer(offer=offer.code, reason="donor-changed-mind")
    offers.close_offer(close, store, CLERK, NOON)
    assert store.expected_offers() == ()

    with pytest.raises(refusals.OfferOver):
        offers.close_offer(close, store, CLERK, NOON)
    offers.reopen_offer(offer.code, store, CLERK, NOON)
    assert found(store, offer.code).is_open


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"items": ()}, refusals.NothingToRecord),
        ({"items": (e.OfferedItem("toaster"),)}, UnknownReference),
        ({"expected_on": date(2020, 1, 1)}, refusals.BeforeTheProgramme),
        ({"expected_on": date(2031, 1, 1)}, refusals.TooFarAhead),
        ({"expected_on": TOMORROW, "part": "midnight"}, UnknownReference),
        ({"donor": Donor(name="", phone="0912 345 678")}, refusals.DonorWithoutName),
        ({"unit": "99999"}, UnknownReference),
    ],
)
def test_what_cannot_be_announced_leaves_no_trace(
    store: SqlStore, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        enter(store, **fields)

    assert store.expected_offers() == ()


def test_announcing_is_the_work_of_intake(store: SqlStore) -> None:
    command = offers.EnterOffer(items=TWO_LAPTOPS)

    with pytest.raises(refusals.NotYourRole):
        offers.enter_offer(command, store, GIVER, NOON)


def test_nothing_is_noted_of_an_offer_that_nobody_made(store: SqlStore) -> None:
    command = offers.NotePickUp(offer=make(CodeKind.OFFER, 12, 9), state=PickUp.NEW)

    with pytest.raises(refusals.UnknownOffer):
        offers.note_pick_up(command, store, CLERK, NOON)


LIST = DeviceList(
    (
        ListedDevice("desktop", "HP", "ProDesk 400", "8CG7001", " màn hình  hư "),
        ListedDevice("desktop", "HP", "Máy văn phòng", "To be filled by O.E.M."),
        ListedDevice("monitor"),
    )
)


def test_an_offices_list_is_counted_kept_sealed_and_proposed_at_the_counter(
    store: SqlStore,
) -> None:
    offer = enter(store, items=(), listed=LIST)

    assert offer.items == (e.OfferedItem("desktop", 2), e.OfferedItem("monitor", 1))
    assert offer.lines is not None
    kept = store.content(offer.lines)
    assert isinstance(kept, DeviceList)
    assert kept.lines[0].remark == "màn hình hư"
    first, second, third = offers.proposals(kept)
    assert (first.serial, first.serial_known_by, first.note) == ("8CG7001", "typed", "màn hình hư")
    assert (second.model, second.serial) == (None, None)
    assert second.note == "Máy văn phòng; To be filled by O.E.M."
    assert third == NewDevice(kind="monitor")
