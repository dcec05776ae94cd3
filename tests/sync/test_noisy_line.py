"""A harm at every place of a push: what is kept stays equal at both ends, and nothing twice.

The whole campaign, every harm at every place of every question, is tests/proof/test_noisy_line.py.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
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
from tests.sync.noisy_line import Fault, Harm, NoisyLine, Place, once
from tests.sync.service_process import ServiceProcess

HURRIED = httpx.Timeout(0.25)
BATCH = 4
SELECTION = (
    *(Fault(place, harm) for place, harm in zip(Place, cycle(Harm), strict=False)),
    *(Fault(place, harm) for place in (Place.BODY_MIDDLE, Place.ANSWER_MIDDLE) for harm in Harm),
)


@pytest.fixture
def noisy(sqlite_process: ServiceProcess) -> Iterator[NoisyLine]:
    line = NoisyLine(sqlite_process.address)
    yield line
    line.close()


def test_a_harm_at_any_place_of_a_push_changes_nothing(
    noisy: NoisyLine, sqlite_process: ServiceProcess
) -> None:
    point = fresh_ledger(sqlite_process)
    with CentralService(noisy.address, point, HURRIED) as over_the_line:
        for fault in SELECTION:
            for _ in range(BATCH):
                point.record("ram-4", events.PartsReceived(count=1))
            noisy.plan = once("/push", fault)
            _push_in_the_end(point, over_the_line)

    assert [fault for _question, fault in noisy.done] == list(SELECTION)
    with CentralService(sqlite_process.address, point) as service:
        assert whole_copy(service, point.chain) == point.entries
    assert point.unanswered(1) == ()
    assert len(set(point.numbers())) == len(point.entries)


def _push_in_the_end(point: MemoryLedger, service: CentralService) -> None:
    """As rounds do: what does not go through in one goes through in the next."""
    patience = Retries(Event(), tries=3, first_s=0.001, longest_s=0.01)
    for _ in range(3):
        with suppress(SyncProblem):
            push(point, service, batch_size=BATCH, patience=patience)
            return
