"""What must hold when the noise is over: the store's ledger and the service's copy are one."""

from collections.abc import Sequence

from sqlalchemy import select

from station.ledger import Entry
from station.signing import head_statement
from station.store import tables as t
from station.store.engine import reading
from station.store.store import SqlStore
from station.store.verifying import verify
from sync import wire
from sync.service import CentralService
from tests.sync.conftest import whole_copy

BATCH = 100


def require_equal(store: SqlStore, address: str) -> None:
    """The same events with the same answers at both ends, each once, and none that waits."""
    chain = store.standing().chain
    own = store.answered_after(chain, 0, store.standing().seq)
    assert store.unanswered(1) == ()
    assert len(own) == store.standing().seq
    with CentralService(address, store) as service:
        assert tuple(whole_copy(service, chain)) == own
        answered = [
            verdict.number
            for at in range(0, len(own), BATCH)
            for verdict in service.submit(signed(store, own[at : at + BATCH])).verdicts
        ]
    assert answered == numbers(store)
    assert len(set(answered)) == len(own)
    assert verify(store.engine).sound


def signed(store: SqlStore, entries: Sequence[Entry]) -> wire.PushRequest:
    """Some of a store's events as it pushes them."""
    header = entries[-1].header
    statement = head_statement(header.chain, header.seq, entries[-1].hash)
    return wire.push_request(tuple(entries), store.signing_key(header.chain).sign(statement))


def numbers(store: SqlStore) -> list[int]:
    """The first answers' numbers as the store noted them, in seq order."""
    with reading(store.engine) as connection:
        return list(connection.scalars(select(t.verdict.c.number).order_by(t.verdict.c.seq)))
