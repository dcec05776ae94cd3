"""The clock is wrong: set back by hand, or in 2016 after the board's battery died."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from station import bench, refusals, release, transfer
from station import events as e
from station.ledger import Moment, Occurred
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_store
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, HANOI, KEY, LEAD, NOON, STATION, TECHNICIAN

DEAD_BATTERY = Moment(datetime(2016, 1, 1, 0, 3, tzinfo=HANOI))
SET_BACK = Moment(NOON.at - timedelta(hours=3))


@pytest.mark.parametrize("wrong", [DEAD_BATTERY, SET_BACK])
def test_order_stays_what_happened_first_whatever_the_clock_says(
    either_store: SqlStore, wrong: Moment
) -> None:
    store = either_store
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, wrong)
    bench.put_on_hold(bench.PutOnHold(device=device, reason="safety"), store, TECHNICIAN, NOON)

    rows = store.timeline(device)

    assert [row.event.header.kind for row in rows] == ["Received", "TakenToBench", "PutOnHold"]
    assert [row.event.header.seq for row in rows] == [2, 3, 4]
    assert rows[1].event.header.at < rows[0].event.header.at  # what the clock said is kept
    assert verify(store.engine).sound


def test_a_clock_in_the_past_is_doubted(store: SqlStore) -> None:
    life.receive(store)

    assert store.clock_doubt(DEAD_BATTERY.at) == NOON.at
    assert store.clock_doubt(SET_BACK.at) == NOON.at
    assert store.clock_doubt(NOON.at - timedelta(minutes=9)) is None  # as clocks are corrected
    assert store.clock_doubt(NOON.at + timedelta(days=365)) is None


def test_the_doubt_stays_while_work_goes_on_under_the_wrong_clock(store: SqlStore) -> None:
    for _ in range(20):
        life.receive(store, when=DEAD_BATTERY)

    assert store.clock_doubt(DEAD_BATTERY.at) == NOON.at


def test_one_glitch_into_the_future_is_outlived(store: SqlStore) -> None:
    life.receive(store, when=Moment(NOON.at.replace(year=2031)))
    assert store.clock_doubt(NOON.at) is not None

    with store.transaction(CLERK, NOON) as work:
        for _ in range(500):
            work.record("012-counting", e.PartsReceived(count=1))

    assert store.clock_doubt(NOON.at) is None


def test_the_gate_answers_in_2016(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, DEAD_BATTERY)

    with pytest.raises(refusals.NotReleased):
        release.make_ready(release.MakeReady(device=device), store, LEAD, DEAD_BATTERY)


def test_devices_travel_in_2016(store: SqlStore) -> None:
    device = life.receive(store, when=DEAD_BATTERY)

    transfer.send(transfer.Send(device=device, place="point-011"), store, CLERK, DEAD_BATTERY)

    known = store.device(device)
    assert known is not None
    assert known.place == ""


def test_what_stands_on_paper_is_entered_later_under_its_own_day(store: SqlStore) -> None:
    paper = Moment(NOON.at, Occurred(date(2021, 10, 4), minute=9 * 60))
    first = life.receive(store)
    second = life.receive(store, when=paper)

    days = [store.timeline(device)[0].event.header.day for device in (first, second)]
    seqs = [store.timeline(device)[0].event.header.seq for device in (first, second)]

    assert days == [date(2021, 10, 11), date(2021, 10, 4)]
    assert seqs == [2, 3]


def test_a_day_to_come_is_refused(store: SqlStore) -> None:
    before = store.standing()

    with pytest.raises(refusals.InTheFuture):
        life.receive(store, when=Moment(NOON.at, Occurred(date(2021, 10, 12))))
    assert store.standing() == before


def test_a_day_before_the_programme_is_refused(store: SqlStore) -> None:
    with pytest.raises(refusals.BeforeTheProgramme):
        life.receive(store, when=Moment(NOON.at, Occurred(date(1, 1, 1))))


def test_the_moment_keeps_its_zone(store: SqlStore) -> None:
    device = life.receive(store, when=Moment(datetime(2021, 10, 11, 23, 30, tzinfo=UTC)))

    header = store.timeline(device)[0].event.header

    assert (header.day, header.offset_min) == (date(2021, 10, 11), 0)


def test_a_new_store_doubts_a_clock_from_before_the_programme(tmp_path: Path) -> None:
    long_ago = Moment(NOON.at.replace(year=2016))
    url = sqlite_url(tmp_path / "station.db")
    with create_store(url, KEY, load(), station=STATION, by=LEAD, when=long_ago) as store:
        doubt = store.clock_doubt(long_ago.at)

    assert doubt is not None
    assert doubt.year == 2021
