"""Events of several points, in whatever order they arrive, tell the one history that happened."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from station import bench, ledger, refusals, transfer
from station import events as e
from station.causal import causal_order, in_causal_order
from station.codes import CodeKind, make
from station.device import Stage
from station.events import Event
from station.fold import refold
from station.ledger import ChainId, Entry
from station.ports import Cursor
from station.reference import UnknownReference
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station.conftest import CLERK, NOON, STATION, TECHNICIAN, new_store

DEVICE = make(CodeKind.DEVICE, 13, 1)
POINTS = (12, 13, 14)


class Step(Struct, frozen=True):
    """What happens next to the device: something at its point, or it travels on."""

    said: tuple[e.Said, ...] = ()
    travels: bool = False
    to: int = 0
    unseen: bool = False  # the point it comes to has pulled nothing of it yet
    new_chain: bool = False  # the point restored a backup


AT_A_POINT: tuple[tuple[e.Said, ...], ...] = (
    (e.LabelPrinted(),),
    (e.TakenToBench(), e.MadeReady(policy="p")),
    (e.TakenToBench(), e.WorkDone(work="clean")),
    (e.PutOnHold(reason="waiting-for-parts"), e.Resumed()),
    (e.Described(model="E7450"), e.KitChecked(present=("charger",))),
    (e.Graded(grade="a"),),
)
steps = st.one_of(
    st.builds(Step, said=st.sampled_from(AT_A_POINT), new_chain=st.booleans()),
    st.builds(Step, travels=st.just(True), to=st.integers(0, 2), unseen=st.booleans()),
)


class Ledgers:
    """Every point's chain, as each would write it."""

    def __init__(self) -> None:
        self.heads = {station: (ChainId(station, 1), 0, ledger.NO_HASH) for station in POINTS}
        self.last = b""
        self.written: list[Entry] = []

    def write(self, station: int, said: e.Said, *, unseen: bool = False) -> None:
        chain, seq, prev = self.heads[station]
        seen = b"" if unseen else self.last
        kind = type(said).__name__
        header = ledger.Header(1, chain, seq + 1, DEVICE, seen, kind, 1_633_924_800_000, 420)
        entry = ledger.write(header, e.encode(said), prev, bytes(16))
        self.heads[station] = (chain, seq + 1, entry.hash)
        self.last = entry.hash
        self.written.append(entry)

    def restore(self, station: int) -> None:
        """From now on the point writes another chain; numbers are drawn, not counted."""
        chain, *_ = self.heads[station]
        number = (chain.number * 48_271) % (2**31 - 1)
        self.heads[station] = (ChainId(station, number), 0, ledger.NO_HASH)


def history(happened: list[Step]) -> list[Entry]:
    """A legitimate life of one device among three points, in the order it happened."""
    ledgers, at = Ledgers(), 13
    ledgers.write(at, e.Received(kind="laptop", serial="8XK2F32"))
    for step in happened:
        if step.new_chain:
            ledgers.restore(at)
        for said in step.said:
            ledgers.write(at, said)
        if step.travels:
            to = [point for point in POINTS if point != at][step.to % 2]
            ledgers.write(at, e.SentTo(place=f"point-{to:03d}"))
            came = e.ArrivedFrom(place=f"point-{at:03d}", here=f"point-{to:03d}", kind="laptop")
            ledgers.write(to, came, unseen=step.unseen)
            at = to
    return ledgers.written


def read(entries: list[Entry]) -> list[Event]:
    return [e.read(entry) for entry in entries]


@given(happened=st.lists(steps, max_size=8), data=st.data())
@settings(max_examples=150, deadline=None)
@example([Step(travels=True, unseen=True), Step(travels=True, unseen=True)] * 2, None)
def test_whatever_order_events_arrive_in_they_count_where_they_happened(
    happened: list[Step], data: st.DataObject | None
) -> None:
    events = read(history(happened))
    arrived = data.draw(st.permutations(events)) if data else events[::-1]

    assert in_causal_order(arrived) == events
    assert refold(DEVICE, arrived) == refold(DEVICE, events)


@given(happened=st.lists(steps, max_size=8), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_added_and_nobody_follows_from_stays_last(
    happened: list[Step], data: st.DataObject
) -> None:
    *before, last = read(history(happened))
    arrived = data.draw(st.permutations(before))

    assert causal_order([*arrived, last])[-1] == len(before)


@given(
    st.lists(
        st.tuples(st.integers(12, 14), st.integers(1, 3), st.sampled_from(AT_A_POINT), st.binary()),
        max_size=12,
    )
)
def test_what_makes_no_sense_is_put_in_some_order_all_the_same(
    made: list[tuple[int, int, tuple[e.Said, ...], bytes]],
) -> None:
    events = [
        Event(bytes([n]), ledger.Header(1, ChainId(s, q), q, DEVICE, seen, "X", 1, 0), said[0])
        for n, (s, q, said, seen) in enumerate(made)
    ]

    assert sorted(causal_order(events)) == list(range(len(events)))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the stores of one test lie."""
    with TemporaryDirectory(prefix="station-") as name:
        yield Path(name)


@given(happened=st.lists(steps, max_size=6), data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_store_that_pulls_in_any_order_knows_the_same_device(
    folder: Path, happened: list[Step], data: st.DataObject
) -> None:
    entries = history([*happened])
    arrived = data.draw(st.permutations(entries))
    file = folder / f"{len(list(folder.iterdir()))}.db"
    with new_store(sqlite_url(file)) as store:
        for number, at in enumerate(range(0, len(arrived), 3), 1):
            store.take_in_pulled(arrived[at : at + 3], Cursor(number, 0))

        assert store.device(DEVICE) == refold(DEVICE, read(entries))
        shown = [row.event.hash for row in store.timeline(DEVICE)]
        assert shown == [entry.hash for entry in entries]
        assert upkeep.projections_match(store.engine)
    file.unlink()


# ---- a device that comes before its history ----


def arrival(**changes: str) -> transfer.Arrive:
    return structs.replace(
        transfer.Arrive(device=DEVICE, place="point-013", kind="laptop"), **changes
    )


def sent_here() -> list[Entry]:
    ledgers = Ledgers()
    for said in (
        e.Received(kind="laptop", serial="8XK2F32", maker="Dell"),
        e.LabelPrinted(),
        e.TakenToBench(),
        e.MadeReady(policy="release-2021-09-10"),
        e.SentTo(place=f"point-{STATION:03d}"),
    ):
        ledgers.write(13, said)
    return ledgers.written


def test_a_device_may_come_before_its_history(either_store: SqlStore) -> None:
    store = either_store
    transfer.arrive(arrival(), store, CLERK, NOON)

    device = store.device(DEVICE)
    assert device is not None
    assert (device.stage, device.place, device.kind) == (Stage.RECEIVED, "point-012", "laptop")
    assert device.awaits_history
    assert store.unlabelled() == ()

    store.take_in_pulled(sent_here(), Cursor(5, 0))

    device = store.device(DEVICE)
    assert device is not None
    assert (device.stage, device.place, device.maker) == (Stage.READY, "point-012", "Dell")
    assert not device.awaits_history
    assert [row.event.header.kind for row in store.timeline(DEVICE)][-1] == "ArrivedFrom"
    assert verify(store.engine).sound


def test_work_goes_on_while_the_history_comes_in_pieces(either_store: SqlStore) -> None:
    store = either_store
    transfer.arrive(arrival(), store, CLERK, NOON)
    bench.take_to_bench(DEVICE, store, TECHNICIAN, NOON)

    for number, entry in enumerate(sent_here(), 1):
        store.take_in_pulled([entry], Cursor(number, 0))
        device = store.device(DEVICE)
        assert device is not None
        assert (device.stage, device.place) == (Stage.ON_BENCH, "point-012")

    assert [row.event.header.kind for row in store.timeline(DEVICE)][-2:] == [
        "ArrivedFrom",
        "TakenToBench",
    ]
    assert verify(store.engine).sound


def test_an_unknown_label_of_this_point_did_not_arrive(store: SqlStore) -> None:
    own = make(CodeKind.DEVICE, STATION, 7)
    with pytest.raises(refusals.UnknownDevice):
        transfer.arrive(arrival(device=own), store, CLERK, NOON)


def test_what_did_not_come_from_elsewhere_or_is_nothing_known_is_refused(store: SqlStore) -> None:
    with pytest.raises(refusals.NotFromHere):
        transfer.arrive(arrival(place="point-012"), store, CLERK, NOON)
    with pytest.raises(UnknownReference):
        transfer.arrive(arrival(kind="toaster"), store, CLERK, NOON)
    with pytest.raises(refusals.UnknownDevice):
        transfer.arrive(transfer.Arrive(device=DEVICE, place="point-013"), store, CLERK, NOON)
