"""What every outbox promises to `push`: the memory one of these tests, and the store."""

from typing import Protocol

import pytest

from station import events
from station.ledger import ChainId, Entry, verified
from station.store.store import SqlStore
from sync.push import PointLedger
from tests.sync.conftest import LEAD, NOON, unknown_ledger
from tests.sync.memory_ledger import MemoryLedger


class Writable(Protocol):
    """An outbox and a way to put events into it."""

    @property
    def outbox(self) -> PointLedger: ...

    def record(self) -> None: ...


class InMemory:
    def __init__(self, ledger: MemoryLedger) -> None:
        self.outbox = ledger
        self.record()  # a store's chain also begins with an event

    def record(self) -> None:
        self.outbox.record("ram-4", events.PartsReceived(count=1))


class InStore:
    def __init__(self, store: SqlStore) -> None:
        self.outbox = store

    def record(self) -> None:
        with self.outbox.transaction(LEAD, NOON) as work:
            work.record("ram-4", events.PartsReceived(count=1))


@pytest.fixture(params=["memory", "store"])
def writable(request: pytest.FixtureRequest) -> Writable:
    if request.param == "memory":
        return InMemory(unknown_ledger())
    return InStore(request.getfixturevalue("store"))


def accepted(entry: Entry, number: int) -> events.Verdict:
    return events.Verdict(entry.hash, events.ACCEPTED, number)


def seqs(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.header.seq for entry in entries]


def test_what_has_no_verdict_comes_in_seq_order_up_to_the_limit(writable: Writable) -> None:
    for _ in range(4):
        writable.record()

    assert seqs(writable.outbox.unanswered(3)) == [1, 2, 3]
    assert seqs(writable.outbox.unanswered(100)) == [1, 2, 3, 4, 5]


def test_what_comes_is_a_whole_chain(writable: Writable) -> None:
    writable.record()

    assert len(list(verified(writable.outbox.unanswered(100)))) == 2


def test_a_verdict_takes_an_event_out_of_the_outbox(writable: Writable) -> None:
    writable.record()
    first, second = writable.outbox.unanswered(2)

    writable.outbox.note_verdicts([accepted(first, 7)])

    assert writable.outbox.unanswered(2) == (second,)


def test_a_repeated_verdict_changes_nothing(writable: Writable) -> None:
    writable.record()
    both = writable.outbox.unanswered(2)
    verdicts = [accepted(entry, number) for number, entry in enumerate(both, 7)]

    for _ in range(2):
        writable.outbox.note_verdicts(verdicts)

    assert writable.outbox.unanswered(2) == ()


def test_what_was_answered_can_be_sent_again(writable: Writable) -> None:
    for _ in range(3):
        writable.record()
    waiting = writable.outbox.unanswered(4)
    chain = waiting[0].header.chain
    writable.outbox.note_verdicts([accepted(entry, 7) for entry in waiting[:3]])

    assert writable.outbox.answered_after(chain, 0, 100) == waiting[:3]
    assert writable.outbox.answered_after(chain, 1, 1) == waiting[1:2]
    assert writable.outbox.answered_after(chain, 3, 100) == ()
    assert writable.outbox.answered_after(ChainId(99, 1), 0, 100) == ()


def test_a_skipped_chain_is_left_where_it_is(writable: Writable) -> None:
    chain = writable.outbox.standing().chain

    assert writable.outbox.unanswered(2, skip={chain}) == ()
    assert seqs(writable.outbox.unanswered(2, skip={ChainId(99, 1)})) == [1]


def test_it_holds_an_event_only_at_its_place_and_with_its_hash(writable: Writable) -> None:
    writable.record()
    first, second = writable.outbox.unanswered(2)
    chain = first.header.chain

    assert writable.outbox.holds(chain, 1, first.hash)
    assert not writable.outbox.holds(chain, 1, second.hash)
    assert not writable.outbox.holds(chain, 3, second.hash)
    assert not writable.outbox.holds(ChainId(99, 1), 1, first.hash)


def test_it_knows_how_far_it_has_come(writable: Writable) -> None:
    writable.record()

    standing = writable.outbox.standing()

    assert standing.seq == 2
    assert standing.reaches(standing.chain, 2)
    assert not standing.reaches(standing.chain, 3)
