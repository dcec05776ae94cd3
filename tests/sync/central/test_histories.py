"""Whole histories through the keeper, in batches: it says what the rules alone would say."""

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, update

from station import events as e
from station.ledger import ChainId
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.keeping import keeper
from tests.sync.central.conftest import allot
from tests.sync.central.honest_history import (
    CASES,
    DEVICES,
    STATIONS,
    History,
    arrivals,
    honest_histories,
    is_laptop,
)
from tests.sync.memory_ledger import MemoryLedger

few = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def file_engine(sqlite_engine: Engine) -> Engine:
    """One file for all examples, emptied for each."""
    return sqlite_engine


def emptied(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in t.metadata.sorted_tables:
            if table is not t.verdict_count:
                connection.execute(delete(table))
        connection.execute(update(t.verdict_count).values(number=0))


class Service:
    """The chains of a history, sent in bursts."""

    def __init__(self, engine: Engine) -> None:
        emptied(engine)
        self.engine = engine
        self.ledgers: dict[ChainId, MemoryLedger] = {}
        for case in CASES:
            allot(engine, STATIONS[0], case)

    def take(self, arrived: list[e.Event]) -> None:
        """Push a burst of one chain."""
        chain = arrived[0].header.chain
        ledger = self.ledgers.get(chain) or self.begun(chain)
        first = ledger.seq
        for event in arrived:
            ledger.record(event.header.subject, event.said or e.Said())
        keeper.keep(self.engine, ledger.request(ledger.entries[first:]))

    def begun(self, chain: ChainId) -> MemoryLedger:
        """A chain that the service believes from now on."""
        ledger = self.ledgers[chain] = MemoryLedger(chain)
        row = {"station": chain.station, "chain": chain.number, "seq": 0, "hash": bytes(32)}
        believed = {"key": ledger.key.public, "delegated": is_laptop(chain)}
        with writing(self.engine) as connection:
            connection.execute(insert(t.chain), row | believed)
        return ledger

    def outcomes(self) -> dict[str, int]:
        """How many open disputes there are, by rule."""
        with reading(self.engine) as connection:
            wanted = select(t.dispute.c.rule).where(t.dispute.c.settled.is_(None))
            rules = list(connection.execute(wanted).scalars())
        return {rule: rules.count(rule) for rule in rules}


def in_bursts(order: list[e.Event], longest: int) -> Iterable[list[e.Event]]:
    burst: list[e.Event] = []
    for event in order:
        if burst and (event.header.chain != burst[0].header.chain or len(burst) == longest):
            yield burst
            burst = []
        burst.append(event)
    if burst:
        yield burst


@few
@given(st.data())
def test_an_honest_history_ends_without_a_dispute(file_engine: Engine, data: st.DataObject) -> None:
    history: History = data.draw(honest_histories())
    service = Service(file_engine)
    for burst in in_bursts(data.draw(arrivals(history)), data.draw(st.integers(1, 8))):
        service.take(burst)

    assert service.outcomes() == {}
    with reading(file_engine) as connection:
        kept = connection.execute(select(t.event.c.number)).scalars().all()
    assert len(set(kept)) == sum(map(len, history.chains.values()))


@few
@given(st.data())
def test_nothing_that_chains_may_say_stops_the_keeper(
    file_engine: Engine, data: st.DataObject
) -> None:
    cases = st.sampled_from([*CASES, "H0990000009", DEVICES[0]])
    places = st.sampled_from(["point-012", "point-013", "workshop", "point-0", "point-1000"])
    said = st.one_of(
        st.builds(e.Received, kind=st.just("laptop")),
        st.builds(e.Joined, head=st.sampled_from(DEVICES)),
        st.builds(e.Reserved, case=cases),
        st.builds(e.ReservationReleased, case=cases, reason=st.just("other")),
        st.builds(e.HandedOver, to=st.just("pupil"), case=st.none() | cases),
        st.builds(e.HandoverConfirmed, case=cases, result=st.just("signed")),
        st.builds(e.ReturnedToStock, reason=st.just("other"), case=st.none() | cases),
        st.builds(e.SentTo, place=places),
        st.builds(e.ArrivedFrom, place=places, here=places),
        st.builds(e.CaseEntered, level=st.just("primary")),
        st.builds(e.DisputeSettled, target=st.binary(min_size=32, max_size=32),
                  decision=st.just("leave")),
    )  # fmt: skip
    chains = st.sampled_from([ChainId(12, 1), ChainId(12, 2), ChainId(13, 1)])
    subjects = st.sampled_from([*DEVICES, *CASES, "L0120000015", ""])
    service = Service(file_engine)
    count = 0
    for chain, acts in data.draw(
        st.lists(st.tuples(chains, st.lists(st.tuples(subjects, said), min_size=1, max_size=8)),
                 max_size=6)
    ):  # fmt: skip
        ledger = service.ledgers.get(chain) or service.begun(chain)
        first = ledger.seq
        for subject, one in acts:
            ledger.record(subject, one)
        answer = keeper.keep(file_engine, ledger.request(ledger.entries[first:]))
        count += len(answer.verdicts)

    with reading(file_engine) as connection:
        last = connection.execute(select(t.verdict_count.c.number)).scalar_one()
    assert last >= count
