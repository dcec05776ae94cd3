"""One harm at every place of a push: what is kept stays equal at both ends, and nothing twice.

The whole campaign, with every question of a round, is tests/proof/test_noisy_line.py.
"""

from collections.abc import Iterator
from threading import Event

import httpx
import pytest

from station import events
from sync.problems import SyncProblem
from sync.push import push
from sync.retry import Retries
from sync.service import CentralService
from tests.sync.conftest import fresh_ledger, whole_copy
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.noisy_line import FAULTS, Fault, Harm, NoisyLine, Place, once
from tests.sync.service_process import ServiceProcess

HURRIED = httpx.Timeout(0.25)
BATCH = 4


@pytest.fixture
def noisy(sqlite_process: ServiceProcess) -> Iterator[NoisyLine]:
    line = NoisyLine(sqlite_process.address)
    yield line
    line.close()


@pytest.mark.parametrize("harm", Harm)
def test_a_harm_at_any_place_of_a_push_changes_nothing(
    noisy: NoisyLine, sqlite_process: ServiceProcess, harm: Harm
) -> None:
    point = fresh_ledger(sqlite_process)
    for place in Place:
        for _ in range(BATCH):
            point.record("ram-4", events.PartsReceived(count=1))
        noisy.plan = once("/push", Fault(place, harm))
        _push_in_the_end(point, noisy.address)

    assert len(noisy.done) == len(Place)
    with CentralService(sqlite_process.address, point) as service:
        assert whole_copy(service, point.chain) == point.entries
    assert point.unanswered(1) == ()
    assert len(set(point.numbers())) == len(point.entries)


def _push_in_the_end(point: MemoryLedger, address: str) -> None:
    """As rounds do: what does not go through in one goes through in the next."""
    for _ in range(3):
        with CentralService(address, point, HURRIED) as service:
            try:
                push(point, service, batch_size=BATCH, patience=_impatient())
            except SyncProblem:
                continue
        return


def _impatient() -> Retries:
    return Retries(Event(), tries=3, first_s=0.001, longest_s=0.01)


def test_every_harm_at_every_place_is_one_of_the_campaign() -> None:
    assert len(set(FAULTS)) == len(Place) * len(Harm)
