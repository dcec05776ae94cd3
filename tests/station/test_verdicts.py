"""What the service answers: claims may be void, facts stay and may be disputed."""

from itertools import takewhile

import pytest

from station import events as e
from station import handover, sets
from station.device import Stage
from station.events import Verdict
from station.store import upkeep
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON

RULE, OTHER = "case-has-device", b"o" * 32


def answer(store: SqlStore, event: e.Event, outcome: str, number: int = 1) -> None:
    """The service's answer to an event, and to all those before it."""
    waiting = takewhile(lambda entry: entry.hash != event.hash, store.unanswered(1_000))
    before = [Verdict(entry.hash, e.ACCEPTED, 0) for entry in waiting]
    store.note_verdicts([*before, Verdict(event.hash, outcome, number, RULE, OTHER)])


def reserved(store: SqlStore) -> tuple[str, str, e.Event]:
    device, case = life.ready_laptop(store), life.enter_case(store)
    (claim,) = handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device, case, claim


def stage_of(store: SqlStore, code: str) -> Stage:
    device = store.device(code)
    assert device is not None
    return device.stage


def assert_the_same_after_a_rebuild(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        before = upkeep.fingerprint(connection)
    upkeep.rebuild(store.engine)
    with store.engine.connect() as connection:
        assert upkeep.fingerprint(connection) == before
    assert verify(store.engine).sound


def test_a_void_reservation_frees_the_device_and_opens_a_task(either_store: SqlStore) -> None:
    store = either_store
    device, case, claim = reserved(store)

    answer(store, claim, e.VOID)

    assert stage_of(store, device) is Stage.READY
    known = store.case(case)
    assert known is not None
    assert known.waiting
    (task,) = store.tasks()
    assert (task.subject, task.kind, task.outcome, task.rule) == (device, "Reserved", "void", RULE)
    assert store.sync_state().void == 1
    assert_the_same_after_a_rebuild(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)


def test_a_void_claim_after_the_handover_leaves_the_fact(either_store: SqlStore) -> None:
    store = either_store
    device, case, claim = reserved(store)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)

    answer(store, claim, e.VOID)

    assert stage_of(store, device) is Stage.HANDED_OVER
    known = store.case(case)
    assert known is not None
    assert (known.given, known.devices) == (True, (device,))
    assert len(store.tasks()) == 1  # people must know all the same
    assert_the_same_after_a_rebuild(store)


def test_a_void_claim_does_not_touch_a_later_one(either_store: SqlStore) -> None:
    store = either_store
    device, _, first = reserved(store)
    freed = handover.ReleaseReservation(device=device, reason="case-moved")
    handover.release_reservation(freed, store, GIVER, NOON)
    other = life.enter_case(store, "Lê Thị Cúc")
    handover.reserve(handover.Reserve(device=device, case=other), store, GIVER, NOON)

    answer(store, first, e.VOID)

    assert stage_of(store, device) is Stage.RESERVED
    known = store.case(other)
    assert known is not None
    assert known.devices == (device,)
    assert_the_same_after_a_rebuild(store)


def test_a_disputed_fact_stays_and_opens_a_task(either_store: SqlStore) -> None:
    store = either_store
    device, case, _ = reserved(store)
    given = handover.HandOver(device=device, case=case)
    (fact,) = handover.hand_over(given, store, GIVER, NOON)

    answer(store, fact, e.DISPUTED)

    assert stage_of(store, device) is Stage.HANDED_OVER
    assert [(task.subject, task.outcome) for task in store.tasks()] == [(device, "disputed")]
    assert store.sync_state().disputed == 1
    assert store.timeline(device)[-1].verdict == Verdict(fact.hash, e.DISPUTED, 1, RULE, OTHER)
    assert_the_same_after_a_rebuild(store)


@pytest.mark.parametrize("outcome", [e.ACCEPTED, e.DISPUTED, e.VOID, e.REJECTED, "of-tomorrow"])
def test_a_repeated_verdict_changes_nothing(either_store: SqlStore, outcome: str) -> None:
    store = either_store
    _, _, claim = reserved(store)
    answer(store, claim, outcome)
    with store.engine.connect() as connection:
        before = upkeep.fingerprint(connection)

    answer(store, claim, outcome)
    store.note_verdicts([Verdict(claim.hash, outcome, 9, RULE, OTHER)] * 2)  # nor by a new number

    with store.engine.connect() as connection:
        assert upkeep.fingerprint(connection) == before
    assert_the_same_after_a_rebuild(store)


@pytest.mark.parametrize("first", [e.ACCEPTED, e.DISPUTED, e.VOID])
@pytest.mark.parametrize("later", [e.ACCEPTED, e.DISPUTED, e.VOID])
def test_a_later_answer_counts_and_an_old_one_that_comes_again_does_not(
    either_store: SqlStore, first: str, later: str
) -> None:
    store = either_store
    device, case, claim = reserved(store)
    answer(store, claim, first)

    for _ in range(2):
        store.note_verdicts([Verdict(claim.hash, later, 2, "case_has_device")])
        answer(store, claim, first)  # the other PC of the point notes what it was told before

    now = store.timeline(device)[-1].verdict
    assert now is not None
    assert now.outcome == later
    assert [task.outcome for task in store.tasks()] == [o for o in (later,) if o != e.ACCEPTED]
    freed = e.VOID in {first, later}
    assert stage_of(store, device) is (Stage.READY if freed else Stage.RESERVED)
    known = store.case(case)
    assert known is not None
    assert known.waiting == freed
    assert_the_same_after_a_rebuild(store)


def test_the_same_verdict_twice_in_one_answer_is_one(either_store: SqlStore) -> None:
    store = either_store
    _, _, claim = reserved(store)
    *before, last = store.unanswered(1_000)
    store.note_verdicts([Verdict(entry.hash, e.ACCEPTED, 0) for entry in before])

    store.note_verdicts([Verdict(last.hash, e.DISPUTED, 1)] * 2)

    assert last.hash == claim.hash
    assert len(store.tasks()) == 1
    assert_the_same_after_a_rebuild(store)


def test_a_verdict_on_an_event_that_is_not_ours_is_left(store: SqlStore) -> None:
    before = store.sync_state()

    store.note_verdicts([Verdict(b"?" * 32, e.VOID, 1)])

    assert store.sync_state() == before


def test_what_is_answered_leaves_the_outbox(either_store: SqlStore) -> None:
    store = either_store
    life.receive(store)
    waiting = store.unanswered(10)
    assert [entry.header.seq for entry in waiting] == [1, 2]

    store.note_verdicts([Verdict(waiting[0].hash, e.ACCEPTED, 41)])

    assert store.unanswered(10) == waiting[1:]
    state = store.sync_state()
    assert (state.recorded, state.answered, state.waiting, state.last_answer) == (2, 1, 1, 41)
    assert_the_same_after_a_rebuild(store)


def test_the_outbox_gives_as_many_as_are_asked_for(store: SqlStore) -> None:
    for _ in range(5):
        life.receive(store)

    assert [entry.header.seq for entry in store.unanswered(3)] == [1, 2, 3]


def test_the_old_chain_is_sent_before_the_new_one(store: SqlStore) -> None:
    life.receive(store)
    old = store.unanswered(10)
    upkeep.start_chain(store.engine, LEAD, NOON, printed=0, reason="restored")

    assert store.unanswered(10) == old
    assert (store.sync_state().recorded, store.sync_state().waiting) == (3, 3)
    store.note_verdicts([Verdict(entry.hash, e.ACCEPTED, n) for n, entry in enumerate(old, 1)])

    (new,) = store.unanswered(10)
    assert new.header.kind == "ChainStarted"
    state = store.sync_state()
    assert (state.recorded, state.answered, state.waiting, state.last_answer) == (3, 2, 1, 2)


def test_an_answer_shows_on_the_timeline_of_the_case_too(either_store: SqlStore) -> None:
    store = either_store
    _, case, claim = reserved(store)

    answer(store, claim, e.ACCEPTED)

    shown = {row.event.hash: row.verdict for row in store.timeline(case)}
    assert shown[claim.hash] is not None
    assert_the_same_after_a_rebuild(store)


def ready_set(store: SqlStore) -> tuple[str, str]:
    """A laptop with a second one beside it, joined, both on the shelf."""
    head, member = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=member), store, CLERK, NOON)
    return head, member


@pytest.mark.parametrize("which", [0, 1])
def test_a_set_half_of_whose_claims_are_void_can_be_freed(
    either_store: SqlStore, which: int
) -> None:
    store = either_store
    head, member = ready_set(store)
    case = life.enter_case(store)
    claims = handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)
    answer(store, claims[which], e.VOID)

    freed = handover.ReleaseReservation(device=head, reason="case-moved")
    handover.release_reservation(freed, store, GIVER, NOON)

    assert {stage_of(store, head), stage_of(store, member)} == {Stage.READY}
    handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)
    assert_the_same_after_a_rebuild(store)


def test_a_set_whose_claims_are_all_void_is_free(store: SqlStore) -> None:
    head, member = ready_set(store)
    case = life.enter_case(store)
    claims = handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)

    store.note_verdicts([Verdict(claim.hash, e.VOID, n) for n, claim in enumerate(claims, 1)])

    assert {stage_of(store, head), stage_of(store, member)} == {Stage.READY}
    known = store.case(case)
    assert known is not None
    assert known.waiting
