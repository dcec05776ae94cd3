"""The keeper on both engines: what is kept, what is answered again, what is refused by name."""

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, select

from station import events
from station.ledger import ChainId
from station.signing import SigningKey, head_statement, is_signed
from sync.central import tables as t
from sync.central.access.revocation import revoke
from sync.central.database import reading
from sync.central.keeping import keeper
from sync.central.problems import Refused
from sync.wire import InnerHead, Problem, PushRequest
from tests.sync.central.conftest import CASE_A, LAPTOP, Point, received


def problem_of(point: Point, **changes: object) -> Problem:
    """What the service says to a push that was changed on the way."""
    request = point.ledger.request(point.ledger.unanswered(1_000))
    with pytest.raises(Refused) as refused:
        keeper.keep(point.engine, replace(request, **changes))
    return refused.value.problem


def test_events_are_kept_as_they_were_written(engine: Engine) -> None:
    point = Point(engine)
    point.record(LAPTOP, received(), events.TakenToBench())
    point.ledger.append("?", "NewerKind", b"\x00\xff")
    point.push()

    kept = keeper.entries_of(engine, point.ledger.chain, 0)

    assert list(kept) == point.ledger.entries
    head = keeper.head_of(engine, point.ledger.chain)
    assert head is not None
    assert head.hash == kept[-1].hash


def test_an_event_without_its_data_is_kept_by_its_hash(engine: Engine) -> None:
    point = Point(engine)
    entry = point.record(LAPTOP, received())
    point.ledger.entries[0] = replace(entry, salt=None, data=None)
    point.push()

    assert list(keeper.entries_of(engine, point.ledger.chain, 0)) == point.ledger.entries


def test_a_repeat_gets_its_first_answer(engine: Engine) -> None:
    point = Point(engine)
    point.record(LAPTOP, received(), events.Reserved(case=CASE_A))
    first = point.push()
    point.record(LAPTOP, events.TakenToBench())

    again = point.again(2).verdicts

    assert first[1].outcome == events.VOID
    assert again[0] == first[1]
    assert point.again().verdicts == (*first, again[1])


def test_numbers_follow_each_other_across_chains(engine: Engine) -> None:
    points = [Point(engine), Point(engine)]
    answers = [
        answered.number
        for point in points * 2
        for answered in (point.record(LAPTOP, events.TakenToBench()), point.push())[1]
    ]

    assert answers == [1, 2, 3, 4]


def test_every_signed_head_is_kept(engine: Engine) -> None:
    point = Point(engine)
    point.record(LAPTOP, received())
    point.push()
    point.record(LAPTOP, events.TakenToBench())
    point.push()
    point.again(1, 1)

    with reading(engine) as connection:
        heads = connection.execute(select(t.signed_head).order_by(t.signed_head.c.seq)).all()
    assert [head.seq for head in heads] == [1, 2]
    for head in heads:
        statement = head_statement(ChainId(head.station, head.chain), head.seq, head.hash)
        assert is_signed(statement, head.signature, point.ledger.key.public)


def test_heads_within_a_batch_are_kept_and_those_of_another_key_or_place_refused(
    engine: Engine,
) -> None:
    point = Point(engine)
    entries = [point.record(LAPTOP, received()), point.record(LAPTOP, events.TakenToBench())]
    chain, request = point.ledger.chain, point.ledger.request(entries)

    def with_head(seq: int, key: SigningKey) -> PushRequest:
        signature = key.sign(head_statement(chain, seq, entries[0].hash))
        return replace(request, heads=(InnerHead(seq, signature),))

    for wrong in (with_head(1, SigningKey.new()), with_head(3, point.ledger.key)):
        with pytest.raises(Refused):
            keeper.keep(engine, wrong)
    keeper.keep(engine, with_head(1, point.ledger.key))

    with reading(engine) as connection:
        of_chain = select(t.signed_head.c.seq).where(t.signed_head.c.chain == chain.number)
        assert sorted(connection.scalars(of_chain)) == [1, 2]


def test_a_chain_that_nobody_enrolled_may_not_push(engine: Engine) -> None:
    point = Point(engine, enrolled=False)
    point.record(LAPTOP, received())

    assert problem_of(point) == Problem("not_enrolled")


def test_a_head_that_somebody_else_signed_is_refused(engine: Engine) -> None:
    point = Point(engine)
    entry = point.record(LAPTOP, received())
    statement = head_statement(point.ledger.chain, 1, entry.hash)

    forged = problem_of(point, signature=SigningKey.new().sign(statement))
    shifted = problem_of(point, signature=point.ledger.key.sign(statement + b"\0"))

    assert forged == shifted == Problem("bad_signature", 1)
    assert keeper.head_of(engine, point.ledger.chain) is None


def test_a_revoked_chain_says_nothing_more_and_is_answered_for_what_it_said(
    engine: Engine,
) -> None:
    point = Point(engine)
    point.record(LAPTOP, received())
    first = point.push()
    revoke(engine, point.ledger.chain, "stolen")
    point.record(LAPTOP, events.TakenToBench())

    assert problem_of(point) == Problem("revoked", 1)
    assert point.again(1, 1).verdicts == first


def test_a_gap_is_named_with_what_is_expected(engine: Engine) -> None:
    point = Point(engine)
    point.record(LAPTOP, received(), events.TakenToBench(), events.TakenToBench())

    with pytest.raises(Refused) as refused:
        point.again(3)

    assert refused.value.problem == Problem("gap", 3, 1)


def test_a_fork_is_named_and_changes_nothing(engine: Engine) -> None:
    point = Point(engine)
    point.record(LAPTOP, received(), events.TakenToBench())
    point.push()
    kept = list(point.ledger.entries)
    point.ledger.entries[1:] = []
    point.ledger.record(LAPTOP, events.Retired(reason="broken"))
    point.ledger.record(LAPTOP, events.TakenToBench())

    for first, seq in ((1, 2), (2, 2), (3, 2)):
        with pytest.raises(Refused) as refused:
            point.again(first)
        assert refused.value.problem == Problem("fork", seq)
    assert list(keeper.entries_of(engine, point.ledger.chain, 0)) == kept


def test_changed_and_misplaced_events_are_named(engine: Engine) -> None:
    point, other = Point(engine), Point(engine)
    point.record(LAPTOP, received(), events.TakenToBench())
    stranger = other.record(LAPTOP, received())
    request = point.ledger.request(point.ledger.entries)
    sent = request.events

    changed = (sent[0], replace(sent[1], data=b"\x80\x80"))
    misplaced = (sent[0], replace(sent[1], core=stranger.core))
    unreadable = (sent[0], replace(sent[1], core=b"?"))

    assert problem_of(point, events=changed) == Problem("changed_event", 1)
    assert problem_of(point, events=misplaced) == Problem("misplaced_event", 2)
    assert problem_of(point, events=unreadable) == Problem("unreadable_entry", 2)


# ---- a laptop's own chain ----


def delegated(point: Point) -> Point:
    laptop = Point(point.engine, enrolled=False)
    chain, key = laptop.ledger.chain, laptop.ledger.key.public
    said = events.LaptopDelegated(chain=chain, key=key, expires_s=2_000_000_000, about=(LAPTOP,))
    point.tell("point-012", said)
    return laptop


def test_a_laptop_is_believed_by_its_points_word(engine: Engine) -> None:
    laptop = delegated(Point(engine))

    assert laptop.tell(LAPTOP, received()).outcome == events.ACCEPTED


def test_a_laptop_is_not_believed_before_its_point_said_so(engine: Engine) -> None:
    laptop = Point(engine, enrolled=False)
    laptop.record(LAPTOP, received())

    assert problem_of(laptop) == Problem("not_enrolled")


def test_a_point_delegates_no_chain_of_another_point_and_no_laptop_delegates(
    engine: Engine,
) -> None:
    laptop = delegated(Point(engine))
    for lender, station in ((Point(engine, 13), 12), (laptop, 12)):
        chain, key = ChainId(station, 999_999), SigningKey.new().public
        lender.tell(
            "point-013", events.LaptopDelegated(chain=chain, key=key, expires_s=0, about=())
        )

        with reading(engine) as connection:
            wanted = select(t.chain).where(t.chain.c.chain == chain.number)
            assert connection.execute(wanted).first() is None


def test_a_lost_laptop_says_nothing_behind_what_came_home(engine: Engine) -> None:
    point = Point(engine)
    laptop = delegated(point)
    laptop.record(LAPTOP, received(), events.TakenToBench(), events.TakenToBench())
    laptop.again(1, 1)
    ended = events.DelegationEnded(chain=laptop.ledger.chain, reason="revoked", last_seq=2)
    point.tell("point-012", ended)

    assert problem_of(laptop) == Problem("revoked", 2)
    assert len(laptop.again(1, 2).verdicts) == 2


def test_a_laptop_that_came_home_may_still_send_what_it_wrote(engine: Engine) -> None:
    point = Point(engine)
    laptop = delegated(point)
    laptop.record(LAPTOP, received())
    point.tell("point-012", events.DelegationEnded(chain=laptop.ledger.chain, reason="returned"))

    assert laptop.push()[0].outcome == events.ACCEPTED


def test_a_page_of_a_chain_is_no_longer_than_a_worker_can_hold(engine: Engine) -> None:
    point = Point(engine)
    for _ in range(4):
        point.ledger.append(LAPTOP, "Strange", bytes(2**20))
    point.push()

    first = keeper.entries_of(engine, point.ledger.chain, 0)
    rest = keeper.entries_of(engine, point.ledger.chain, len(first))

    assert [*first, *rest] == point.ledger.entries
    assert (len(first), len(rest)) == (3, 1)


def test_a_chain_that_is_believed_no_more_brings_only_its_own_events(engine: Engine) -> None:
    """A thief holds the PC's token for an hour, and maybe the key of a laptop as well."""
    point = Point(engine)
    laptop = delegated(point)
    laptop.record(LAPTOP, received())
    batch = laptop.ledger.request(laptop.ledger.entries)
    revoke(engine, point.ledger.chain, "stolen")

    with pytest.raises(Refused, match="wrong_scope"):
        keeper.keep(engine, batch, by=point.ledger.chain.number)
    own = point.ledger.request(point.ledger.entries)
    assert keeper.keep(engine, own, by=point.ledger.chain.number).verdicts
    assert keeper.keep(engine, batch, by=Point(engine).ledger.chain.number).verdicts
