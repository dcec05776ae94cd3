"""A point's own counts: every device once, however many are read at a time."""

import pytest

from station import handover, returns, transfer
from station.counting import Count, Measure
from station.point_counts import AT_ONCE, count_all, count_next, summed
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON


@pytest.fixture
def worked(store: SqlStore) -> SqlStore:
    """Devices in work, ready, given to a pupil and taken back, and sent away."""
    for number in range(3):
        life.receive(store, serial=f"W{number}")
    given = life.ready_laptop(store, "G1")
    case = life.enter_case(store)
    handover.reserve(handover.Reserve(device=given, case=case), store, LEAD, NOON)
    handover.hand_over(handover.HandOver(device=given, case=case), store, LEAD, NOON)
    back = returns.ReturnToStock(device=given, reason="no-longer-needed")
    returns.return_to_stock(back, store, LEAD, NOON)
    gone = life.receive(store, serial="S1")
    transfer.send(transfer.Send(device=gone, place="point-021"), store, LEAD, NOON)
    return store


def test_every_measure_of_a_points_work_is_counted(worked: SqlStore) -> None:
    sums: dict[Measure, int] = {}
    for count in count_all(worked):
        sums[count.measure] = sums.get(count.measure, 0) + count.devices

    assert {measure: devices for measure, devices in sums.items() if devices} == {
        Measure.RECEIVED: 5,
        Measure.GIVEN: 1,
        Measure.RETURNED: 1,
        Measure.SENT: 1,
        Measure.IN_WORK: 4,
    }


def test_what_was_given_has_the_facts_of_its_pupil(worked: SqlStore) -> None:
    (case,) = (one for waiting in (True, False) for one in worked.cases(waiting=waiting))
    (given,) = (count for count in count_all(worked) if count.measure is Measure.GIVEN)

    assert (given.level, given.school) == (case.level, case.school or "")


@pytest.mark.parametrize("at_once", [1, 2, 4, 5, 6, AT_ONCE])
def test_pieces_of_any_size_give_the_same(worked: SqlStore, at_once: int) -> None:
    counts: list[Count] = []
    devices, after = 0, ""
    while True:
        some = count_next(after, worked, at_once)
        counts += some.counts
        devices += some.devices
        after = some.last
        if not after:
            break

    assert devices == 5
    assert sorted(summed(counts)) == sorted(count_all(worked))


def test_an_empty_store_counts_nothing(store: SqlStore) -> None:
    assert count_all(store) == ()
