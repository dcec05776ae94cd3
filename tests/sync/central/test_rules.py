"""The rules alone: values in, rulings out."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station import events as e
from station.ledger import ChainId
from sync.central.judging import rules
from sync.central.judging.states import (
    NEW_CASE,
    NEW_DEVICE,
    Case,
    Device,
    Docket,
    Ruling,
    State,
    packed,
    unpacked,
)
from tests.sync.central.honest_history import (
    CASES,
    DEVICES,
    History,
    arrivals,
    event,
    honest_histories,
    is_laptop,
)

LAPTOP, DESKTOP, MONITOR = DEVICES[0], DEVICES[1], DEVICES[2]
CASE, OTHER_CASE = CASES
POINT, THERE, ELSEWHERE = ChainId(12, 1), ChainId(13, 1), ChainId(14, 1)
POINTS_LAPTOP = ChainId(12, 2)
TO_PUPIL = e.HandedOver(to="pupil", case=CASE)


class Desk:
    """Judges one event after another, as the keeper does."""

    def __init__(self, *, approved: Iterable[str] = CASES) -> None:
        self.states: dict[str, State] = dict.fromkeys(DEVICES, NEW_DEVICE)
        for case in CASES:
            known = rules.with_document(NEW_CASE, approved=True)
            self.states[case] = known if case in approved else NEW_CASE
        self.rulings: dict[bytes, Ruling] = {}
        self.closed: set[bytes] = set()
        self.followed: list[tuple[str, int]] = []
        self._seq = 0

    def take(self, arrived: e.Event) -> Ruling:
        """Judge and fold the next event."""
        docket = Docket(self.states, late=is_laptop(arrived.header.chain))
        ruling = rules.judge(docket, arrived)
        self.rulings[arrived.hash] = ruling
        rules.fold(docket, arrived, ruling)
        for _, cleared in docket.cleared:
            self.rulings[cleared] = rules.ACCEPTED
        self.closed |= {closed for _, closed in docket.closed}
        self.followed += docket.followed
        for code, state in docket.changes():
            self.states[code] = unpacked(code, packed(state))
        return ruling

    def tell(self, chain: ChainId, device: str, *said: e.Said) -> bytes:
        """Events of a chain; the hash of the last one."""
        told = b""
        for one in said:
            self._seq += 1
            arrived = event(chain, self._seq, device, one)
            self.take(arrived)
            told = arrived.hash
        return told

    def rule(self, told: bytes) -> str | None:
        """By which rule an event is void or disputed now."""
        return self.rulings[told].rule

    def open(self) -> list[Ruling]:
        """What people would have to settle."""
        return [
            ruling
            for told, ruling in self.rulings.items()
            if ruling.outcome != e.ACCEPTED and told not in self.closed
        ]


def taken_back(act: bytes, kind: type[e.Said], case: str | None) -> e.ActWithdrawn:
    also = (case,) if case else ()
    return e.ActWithdrawn(target=act, target_kind=kind.__name__, case=case, also=also)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_signed_line_that_comes_after_its_handover_was_withdrawn_changes_nothing(
    desk: Desk,
) -> None:
    to_school = e.HandedOver(to="school", case=CASE)
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), to_school)
    desk.tell(POINT, LAPTOP, e.HandoverWithdrawn(case=CASE))
    desk.tell(POINT, LAPTOP, e.ReservationReleased(case=CASE, reason="other"))
    desk.tell(POINT, LAPTOP, e.Reserved(case=OTHER_CASE))

    desk.tell(POINTS_LAPTOP, LAPTOP, e.HandoverConfirmed(case=CASE, result="signed"))

    assert desk.open() == []
    desk.tell(THERE, DESKTOP, e.Received(kind="desktop"))
    claim = desk.tell(THERE, DESKTOP, e.Reserved(case=OTHER_CASE))
    assert desk.rule(claim) == rules.CASE_HAS_DEVICE  # the point keeps it still


def test_each_release_that_came_early_answers_one_reservation(desk: Desk) -> None:
    released = e.ReservationReleased(case=CASE, reason="other")
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), released, released)
    desk.tell(THERE, DESKTOP, e.Received(kind="desktop"), e.Reserved(case=CASE))

    for laptop in (POINTS_LAPTOP, ChainId(12, 3)):
        desk.tell(laptop, LAPTOP, e.Reserved(case=CASE))

    assert desk.open() == []


# ---- acts that are taken back ----


@pytest.mark.parametrize("arrives_first", [False, True])
def test_an_arrival_that_is_taken_back_leaves_the_departure_to_be_answered(
    desk: Desk, *, arrives_first: bool
) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    sent = e.SentTo(place="point-013")
    arrived = e.ArrivedFrom(place="point-012", here="point-013")
    if arrives_first:
        came = desk.tell(THERE, LAPTOP, arrived)
        desk.tell(POINT, LAPTOP, sent)
    else:
        desk.tell(POINT, LAPTOP, sent)
        came = desk.tell(THERE, LAPTOP, arrived)

    desk.tell(THERE, LAPTOP, taken_back(came, e.ArrivedFrom, None))

    assert desk.rule(desk.tell(THERE, LAPTOP, e.TakenToBench())) is None  # it is nowhere else
    device = desk.states[LAPTOP]
    assert isinstance(device, Device)
    assert [move.target for move in device.departures] == [13]
    again = desk.tell(THERE, LAPTOP, arrived)
    assert desk.rule(again) is None
    assert desk.open() == []


def test_an_arrival_that_nobody_sent_is_settled_once_it_is_taken_back(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    came = desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))
    assert desk.rule(came) == rules.DEPARTURE_MISSING

    desk.tell(THERE, LAPTOP, taken_back(came, e.ArrivedFrom, None))

    assert desk.open() == []
    assert desk.rule(desk.tell(THERE, LAPTOP, e.TakenToBench())) == rules.DEVICE_ELSEWHERE


def test_a_case_that_was_entered_by_mistake_has_nobody_who_approved_it() -> None:
    desk = Desk(approved=())
    entered = desk.tell(POINT, CASE, e.CaseEntered(level="primary"))
    desk.tell(POINT, CASE, taken_back(entered, e.CaseEntered, None))

    claimed = desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE))

    assert desk.rule(claimed) == rules.CASE_NOT_APPROVED


# ---- whatever order, honest points end without a dispute ----


@settings(max_examples=150)
@given(st.data())
def test_an_honest_history_ends_without_a_dispute_in_whatever_order_it_arrives(
    data: st.DataObject,
) -> None:
    history: History = data.draw(honest_histories())
    desk = Desk()
    for arrived in data.draw(arrivals(history)):
        desk.take(arrived)

    assert desk.open() == []


@settings(max_examples=60)
@given(st.data())
def test_facts_are_never_void_and_claims_never_disputed(data: st.DataObject) -> None:
    chains = st.sampled_from([POINT, POINTS_LAPTOP, THERE, ELSEWHERE])
    places = st.sampled_from(["point-012", "point-013", "point-014", "org-x", "point-999"])
    cases = st.sampled_from(CASES)
    said = st.one_of(
        st.builds(e.Received, kind=st.just("laptop")),
        st.builds(e.Joined, head=st.sampled_from(DEVICES)),
        st.builds(e.Parted, head=st.sampled_from(DEVICES)),
        st.builds(e.TakenToBench),
        st.builds(e.Reserved, case=cases),
        st.builds(e.ReservationReleased, case=cases, reason=st.just("other")),
        st.builds(e.HandedOver, to=st.just("pupil"), case=st.none() | cases),
        st.builds(e.HandoverConfirmed, case=cases, result=st.sampled_from(["signed", "absent"])),
        st.builds(e.ReturnedToStock, reason=st.just("other"), case=st.none() | cases),
        st.builds(e.SentTo, place=places),
        st.builds(e.ArrivedFrom, place=places, here=places),
        st.none(),
    )
    desk = Desk()
    acts = st.lists(st.tuples(chains, st.sampled_from(DEVICES), said), max_size=40)
    for seq, (chain, device, one) in enumerate(data.draw(acts), 1):
        arrived = event(chain, seq, device, one or e.Said())
        ruling = desk.take(arrived)

        if isinstance(one, e.Reserved):
            assert ruling.outcome in {e.ACCEPTED, e.VOID}
        else:
            assert ruling.outcome in {e.ACCEPTED, e.DISPUTED}
        _no_case_is_kept_twice(desk)


def _no_case_is_kept_twice(desk: Desk) -> None:
    """Live reservations of a case are of one chain, or of one set, or of one device."""
    for case in CASES:
        state = desk.states[case]
        assert isinstance(state, Case)
        for one in state.claims:
            device = desk.states[one.device]
            assert isinstance(device, Device)
            assert device.claim == one


@given(st.permutations([POINT, POINTS_LAPTOP, THERE, ELSEWHERE]))
def test_of_chains_that_claim_one_case_exactly_one_wins(order: list[ChainId]) -> None:
    desk = Desk()
    devices = dict(zip(order, (*DEVICES, "0140000016"), strict=True))
    desk.states["0140000016"] = NEW_DEVICE
    told = [desk.tell(chain, devices[chain], e.Reserved(case=CASE)) for chain in order]

    rulings = [desk.rulings[one] for one in told]

    assert [ruling.outcome for ruling in rulings] == [e.ACCEPTED, e.VOID, e.VOID, e.VOID]
    assert {ruling.other for ruling in rulings[1:]} == {told[0]}
    assert {ruling.station for ruling in rulings[1:]} == {order[0].station}


# ---- claims ----


def test_a_case_that_nobody_approved_holds_no_device() -> None:
    desk = Desk(approved=())

    assert desk.rule(desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))) == rules.CASE_NOT_APPROVED


def test_a_case_entered_from_paper_counts_until_the_department_says_otherwise() -> None:
    desk = Desk(approved=())
    desk.tell(POINT, CASE, e.CaseEntered(level="primary"))
    entered = desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    desk.tell(POINT, LAPTOP, e.ReservationReleased(case=CASE, reason="other"))
    case = desk.states[CASE]
    assert isinstance(case, Case)
    desk.states[CASE] = rules.with_document(case, approved=False)

    refused = desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))

    assert desk.rule(entered) is None
    assert desk.rule(refused) == rules.CASE_NOT_APPROVED


def test_a_device_that_another_point_has_cannot_be_kept_here(desk: Desk) -> None:
    desk.tell(THERE, LAPTOP, e.Received(kind="laptop"))

    assert desk.rule(desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))) == rules.DEVICE_ELSEWHERE


def test_a_device_is_kept_for_one_case(desk: Desk) -> None:
    first = desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    second = desk.tell(POINTS_LAPTOP, LAPTOP, e.Reserved(case=OTHER_CASE))

    assert desk.rulings[second] == Ruling(e.VOID, rules.DEVICE_HAS_CASE, first, 12)


def test_a_set_is_kept_whole(desk: Desk) -> None:
    desk.tell(POINT, MONITOR, e.Joined(head=LAPTOP))
    desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))

    assert desk.rule(desk.tell(POINTS_LAPTOP, MONITOR, e.Reserved(case=CASE))) is None
    assert desk.rule(desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))) == rules.CASE_HAS_DEVICE


def test_a_released_case_can_be_kept_by_another_point(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    desk.tell(POINT, LAPTOP, e.ReservationReleased(case=CASE, reason="other"))

    assert desk.rule(desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))) is None


def test_a_void_claim_needs_nobody_once_its_device_is_kept_for_another_case(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    void = desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))
    desk.tell(THERE, DESKTOP, e.Reserved(case=OTHER_CASE))

    assert desk.rulings[void].outcome == e.VOID
    assert desk.open() == []


def test_what_a_laptop_kept_before_its_point_went_on_with_the_case_needs_nobody(
    desk: Desk,
) -> None:
    """The laptop freed and kept it again; at home it was freed, and another device kept."""
    free = e.ReservationReleased(case=CASE, reason="other")
    desk.tell(POINT, DESKTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), free)
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE))

    late = desk.tell(POINTS_LAPTOP, DESKTOP, free, e.Reserved(case=CASE))

    assert desk.rule(late) == rules.CASE_HAS_DEVICE
    assert late in desk.closed
    assert desk.open() == []


# ---- two devices for one pupil, one device for two ----


def test_two_devices_for_one_pupil_are_both_true_and_the_second_is_disputed(desk: Desk) -> None:
    first = desk.tell(POINT, LAPTOP, TO_PUPIL)
    second = desk.tell(THERE, DESKTOP, TO_PUPIL)

    assert desk.rulings[second] == Ruling(e.DISPUTED, rules.CASE_GIVEN_TWICE, first, 12)
    assert desk.rule(first) is None


def test_a_device_that_came_back_ends_the_dispute(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, TO_PUPIL)
    second = desk.tell(THERE, DESKTOP, TO_PUPIL)
    desk.tell(POINT, LAPTOP, e.ReturnedToStock(reason="other", case=CASE))

    assert desk.rule(second) is None


def test_a_handover_for_a_case_that_another_point_keeps_is_disputed_until_it_is_free(
    desk: Desk,
) -> None:
    kept = desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    given = desk.tell(THERE, DESKTOP, TO_PUPIL)
    assert desk.rulings[given] == Ruling(e.DISPUTED, rules.CASE_KEPT_ELSEWHERE, kept, 12)

    desk.tell(POINT, LAPTOP, e.ReservationReleased(case=CASE, reason="other"))
    assert desk.rule(given) is None


def test_both_handovers_stay_disputed_when_the_keeper_gives_too(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Reserved(case=CASE))
    there = desk.tell(THERE, DESKTOP, TO_PUPIL)
    here = desk.tell(POINT, LAPTOP, TO_PUPIL)

    assert desk.rule(there) == rules.CASE_KEPT_ELSEWHERE
    assert desk.rule(here) == rules.CASE_GIVEN_TWICE


def test_one_device_for_two_pupils_is_disputed(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, TO_PUPIL)
    second = desk.tell(POINTS_LAPTOP, LAPTOP, e.HandedOver(to="pupil", case=OTHER_CASE))

    assert desk.rule(second) == rules.DEVICE_GIVEN_TWICE


def test_a_signed_line_says_for_whom_the_school_had_it(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.HandedOver(to="school", school="school-1"))
    signed = desk.tell(POINTS_LAPTOP, LAPTOP, e.HandoverConfirmed(case=CASE, result="signed"))
    second = desk.tell(THERE, DESKTOP, TO_PUPIL)

    assert desk.rule(signed) is None
    assert desk.rulings[second].other == signed


def test_a_pupil_who_was_absent_was_given_nothing(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.HandedOver(to="school", school="school-1"))
    desk.tell(POINT, LAPTOP, e.HandoverConfirmed(case=CASE, result="absent"))

    assert desk.rule(desk.tell(THERE, DESKTOP, TO_PUPIL)) is None


# ---- what a donor gave without a point, and what was not given at all ----

GIFT = DESKTOP  # under a code of the point that was told of it
TO_PUPIL_DIRECTLY = e.GivenDirectly(kind="laptop", case=CASE)


def test_a_case_given_directly_counts_as_given(desk: Desk) -> None:
    gift = desk.tell(POINT, GIFT, TO_PUPIL_DIRECTLY)

    second = desk.tell(THERE, LAPTOP, TO_PUPIL)
    claim = desk.tell(THERE, MONITOR, e.Reserved(case=CASE))

    assert desk.rule(gift) is None
    assert desk.rulings[second] == Ruling(e.DISPUTED, rules.CASE_GIVEN_TWICE, gift, 12)
    assert desk.rulings[claim] == Ruling(e.VOID, rules.CASE_HAS_DEVICE, gift, 12)


def test_a_direct_gift_beside_what_a_point_gave_or_keeps_is_disputed(desk: Desk) -> None:
    given = desk.tell(THERE, LAPTOP, TO_PUPIL)
    kept = desk.tell(ELSEWHERE, MONITOR, e.Reserved(case=OTHER_CASE))

    beside = desk.tell(POINT, GIFT, TO_PUPIL_DIRECTLY)
    against = desk.tell(POINT, "0120000010", e.GivenDirectly(kind="laptop", case=OTHER_CASE))

    assert desk.rulings[beside] == Ruling(e.DISPUTED, rules.CASE_GIVEN_TWICE, given, 13)
    assert desk.rulings[against] == Ruling(e.DISPUTED, rules.CASE_KEPT_ELSEWHERE, kept, 14)


def test_a_direct_gift_entered_by_mistake_ends_the_dispute_it_made(desk: Desk) -> None:
    desk.tell(POINT, GIFT, TO_PUPIL_DIRECTLY)
    second = desk.tell(THERE, LAPTOP, TO_PUPIL)

    desk.tell(POINT, GIFT, e.DirectGiftWithdrawn(case=CASE))

    assert desk.rule(second) is None
    assert desk.rule(desk.tell(THERE, LAPTOP, e.Reserved(case=CASE))) is None


def test_a_hand_over_that_did_not_happen_keeps_the_device_for_its_case(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), TO_PUPIL)

    again = desk.tell(POINT, LAPTOP, e.HandoverWithdrawn(case=CASE))

    assert desk.rule(again) is None
    claim = desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))
    assert desk.rulings[claim] == Ruling(e.VOID, rules.CASE_HAS_DEVICE, again, 12)
    assert desk.rule(desk.tell(POINT, LAPTOP, TO_PUPIL)) is None


def test_a_return_that_did_not_happen_leaves_the_device_with_its_pupil(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), TO_PUPIL)
    back = desk.tell(POINT, LAPTOP, e.ReturnedToStock(reason="exchanged", case=CASE))

    again = desk.tell(POINT, LAPTOP, taken_back(back, e.ReturnedToStock, case=CASE))

    assert desk.rule(again) is None
    claim = desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))
    assert desk.rulings[claim] == Ruling(e.VOID, rules.CASE_HAS_DEVICE, again, 12)


def test_a_return_taken_back_after_another_point_gave_is_disputed(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), TO_PUPIL)
    back = desk.tell(POINT, LAPTOP, e.ReturnedToStock(reason="exchanged", case=CASE))
    given = desk.tell(THERE, DESKTOP, e.Received(kind="desktop"), e.Reserved(case=CASE), TO_PUPIL)

    again = desk.tell(POINT, LAPTOP, taken_back(back, e.ReturnedToStock, case=CASE))

    assert desk.rulings[again] == Ruling(e.DISPUTED, rules.CASE_GIVEN_TWICE, given, 13)


def test_a_repair_that_did_not_happen_leaves_the_device_where_it_was(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE), TO_PUPIL)
    came = desk.tell(THERE, LAPTOP, e.TakenBackForRepair(case=CASE, reason="broke-in-use"))

    desk.tell(THERE, LAPTOP, taken_back(came, e.TakenBackForRepair, case=CASE))

    assert desk.rule(desk.tell(POINT, LAPTOP, e.TakenBackForRepair(case=CASE, reason="x"))) is None
    work = desk.tell(THERE, LAPTOP, e.WorkDone(work="clean"))
    assert desk.rule(work) == rules.DEVICE_ELSEWHERE


# ---- where a device is ----


def test_a_device_that_two_points_received_is_disputed(desk: Desk) -> None:
    first = desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    second = desk.tell(THERE, LAPTOP, e.Received(kind="laptop"))

    assert desk.rulings[second] == Ruling(e.DISPUTED, rules.DEVICE_RECEIVED_TWICE, first, 12)


def test_an_arrival_before_its_departure_is_disputed_until_that_comes(desk: Desk) -> None:
    came = desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))
    assert desk.rulings[came] == Ruling(e.DISPUTED, rules.DEPARTURE_MISSING, b"", 12)
    assert desk.rule(desk.tell(THERE, LAPTOP, e.TakenToBench())) is None  # nothing is held up

    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    assert desk.rule(came) is None


def test_a_device_sent_to_one_point_that_came_to_another_is_disputed(desk: Desk) -> None:
    left = desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    came = desk.tell(ELSEWHERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-014"))

    assert desk.rulings[came] == Ruling(e.DISPUTED, rules.ARRIVED_ELSEWHERE, left, 12)


def test_work_at_a_point_that_does_not_have_the_device_is_disputed(desk: Desk) -> None:
    brought = desk.tell(THERE, LAPTOP, e.Received(kind="laptop"))
    worked = desk.tell(POINT, LAPTOP, e.TakenToBench())
    assert desk.rulings[worked] == Ruling(e.DISPUTED, rules.DEVICE_ELSEWHERE, brought, 13)

    desk.tell(THERE, LAPTOP, e.SentTo(place="point-012"))
    desk.tell(POINTS_LAPTOP, LAPTOP, e.ArrivedFrom(place="point-013", here="point-012"))
    assert desk.rule(worked) is None


def test_work_after_the_device_was_sent_away_is_disputed(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))

    assert desk.rule(desk.tell(POINT, LAPTOP, e.TakenToBench())) == rules.DEVICE_ELSEWHERE


@pytest.mark.parametrize("repaired", [False, True])
def test_a_pupil_may_bring_a_device_to_another_point_than_gave_it(
    desk: Desk, *, repaired: bool
) -> None:
    received, kept = e.Received(kind="laptop"), e.Reserved(case=CASE)
    desk.tell(POINT, LAPTOP, received, kept, TO_PUPIL)
    if repaired:
        desk.tell(THERE, LAPTOP, e.TakenBackForRepair(case=CASE, reason="broken"))
        desk.tell(THERE, LAPTOP, e.WorkDone(work="clean"), e.GivenBack(case=CASE))
    desk.tell(THERE, LAPTOP, e.ReturnedToStock(reason="other", case=CASE), e.TakenToBench())
    desk.tell(THERE, LAPTOP, e.Reserved(case=OTHER_CASE))
    desk.tell(THERE, LAPTOP, e.HandedOver(to="pupil", case=OTHER_CASE))

    assert set(desk.rulings.values()) == {rules.ACCEPTED}


def test_what_a_laptop_did_before_the_departure_may_be_told_after_it(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))

    assert desk.rule(desk.tell(POINTS_LAPTOP, LAPTOP, e.TakenToBench())) is None


def test_whoever_gets_or_got_a_device_follows_it(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))
    desk.tell(POINT, DESKTOP, e.SentTo(place="workshop"))

    assert desk.followed == [(LAPTOP, 13)]


@pytest.mark.parametrize(
    "said",
    [
        e.ArrivedFrom(place="point-012", here="point-013"),
        e.ArrivedFrom(place="point-013", here="point-013"),
        e.ArrivedFrom(place="school-1", here="point-013"),
        e.SentTo(place="point-013"),
        e.SentTo(place="point-014"),
    ],
)
def test_nobody_gets_a_devices_events_by_its_own_word_alone(desk: Desk, said: e.Said) -> None:
    desk.tell(THERE, DESKTOP, said)  # before it is there

    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    desk.tell(POINT, DESKTOP, e.Received(kind="desktop"))
    desk.tell(THERE, LAPTOP, said)

    assert [follows for follows in desk.followed if follows != (DESKTOP, 14)] == []


def test_an_arrival_that_was_told_of_first_lets_follow_with_its_departure(desk: Desk) -> None:
    desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))
    desk.tell(THERE, DESKTOP, e.ArrivedFrom(place="school-1", here="point-013"))
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.SentTo(place="point-013"))
    desk.tell(POINT, DESKTOP, e.Received(kind="desktop"), e.SentTo(place="school-1"))

    assert desk.followed == [(LAPTOP, 13), (DESKTOP, 13)]


def test_giving_against_anothers_claim_earns_no_claim(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"), e.Reserved(case=CASE))
    desk.tell(THERE, DESKTOP, e.Received(kind="desktop"), TO_PUPIL)

    again = desk.tell(THERE, DESKTOP, e.Reserved(case=CASE))

    assert desk.rule(again) == rules.CASE_HAS_DEVICE


def test_a_device_that_comes_from_a_school_while_another_point_has_it_is_disputed(
    desk: Desk,
) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))

    came = desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="school-1", here="point-013"))

    assert desk.rule(came) == rules.DEVICE_ELSEWHERE


def test_it_is_accepted_once_the_other_point_says_that_it_let_it_go(desk: Desk) -> None:
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    came = desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="school-1", here="point-013"))

    desk.tell(POINT, LAPTOP, e.SentTo(place="school-1"))

    assert desk.rule(came) is None


def test_where_it_goes_follows_it_once_nobody_doubts_that_it_was_there(desk: Desk) -> None:
    """A replaced PC of a point sends a device on before its old one told how it came."""
    desk.tell(POINT, LAPTOP, e.Received(kind="laptop"))
    desk.tell(ChainId(13, 2), LAPTOP, e.SentTo(place="point-014"))
    assert desk.followed == []

    desk.tell(POINT, LAPTOP, e.SentTo(place="point-013"))
    desk.tell(THERE, LAPTOP, e.ArrivedFrom(place="point-012", here="point-013"))

    assert desk.followed == [(LAPTOP, 13), (LAPTOP, 14)]


# ---- what is not read ----


def test_corrections_and_unknown_kinds_are_accepted_unread(desk: Desk) -> None:
    given = desk.tell(POINT, LAPTOP, TO_PUPIL)
    fields = b"\x81\xa4case\xabH0120000028"
    said = e.Corrected(target=given, target_kind="HandedOver", fields=fields, reason="typed")

    assert desk.rule(desk.tell(POINT, LAPTOP, said)) is None
    assert desk.rule(desk.tell(THERE, DESKTOP, TO_PUPIL)) == rules.CASE_GIVEN_TWICE


@pytest.mark.parametrize("case", ["0120000010", "L0120000015", "H0120000019"])
def test_a_reservation_for_what_is_no_approved_case_is_void(case: str) -> None:
    desk = Desk(approved=())

    assert desk.rule(desk.tell(POINT, LAPTOP, e.Reserved(case=case))) == rules.CASE_NOT_APPROVED
