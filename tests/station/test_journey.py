"""What the public reads of a device: its way by months, from public fields alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec import structs

from station import bench, handover
from station import events as e
from station.checks import CheckResult, Outcome
from station.journey import STOPS, Erased, Journey, Stop, told
from station.moves import as_it_happened
from station.public import FIELDS
from station.store.entries import items_about
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, NOON, TECHNICIAN
from tests.station.counted_lives import CASES, CODE, RECEIVED, Written, any_history

OCTOBER = date(2021, 10, 1)
READY = e.MadeReady(
    policy="release-2021-09-10", met_by_kit=(e.MetByKit("cam.frames", "usb-webcam"),)
)


def journey_of(events: Iterable[e.Event], code: str = CODE) -> Journey | None:
    return told(code, as_it_happened(code, events))


def events_about(store: SqlStore, code: str) -> list[e.Event]:
    with store.engine.connect() as connection:
        return [i for i in items_about(connection, code) if isinstance(i, e.Event)]


def lived(store: SqlStore) -> str:
    """A laptop from the donor to the pupil, worked on and back for a repair."""
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    life.refurbish(store, device)
    work = bench.RecordWork(device=device, work="clean")
    bench.record_work(work, store, TECHNICIAN, NOON)
    life.try_by_hand(store, device, "phys.visual")
    life.make_ready(store, device)
    case = life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device


def test_a_life_is_told_by_its_months_its_works_and_how_its_data_went(store: SqlStore) -> None:
    device = lived(store)

    journey = journey_of(events_about(store, device), device)

    assert journey is not None
    assert journey.stage == "handed_over"
    assert [stop.what for stop in journey.stops] == ["received", "bench", "ready", "given"]
    assert {(stop.month, stop.point) for stop in journey.stops} == {(OCTOBER, 12)}
    assert (journey.kind, journey.maker, journey.model) == ("laptop", "Dell", "Latitude E7450")
    assert journey.works == ("clean",)
    assert journey.erased == (Erased(method="overwrite", month=OCTOBER),)
    assert (journey.system, journey.grade) == ("xubuntu", "b")
    assert journey.checks_passed == len((*life.MEASURED, *life.BY_HAND))
    assert journey.donor_kind == "person"


def test_that_a_device_is_kept_for_somebody_is_not_told() -> None:
    written = Written()
    for said in (RECEIVED, READY, e.Reserved(case=CASES[0])):
        written.say(said)

    journey = journey_of(written.events)

    assert journey is not None
    assert journey.stage == "ready"
    assert "reserved" not in STOPS


def test_a_code_that_nobody_took_in_has_no_way() -> None:
    written = Written()
    written.say(e.LabelPrinted())

    assert journey_of(written.events) is None
    assert journey_of([]) is None


def test_of_an_intake_by_mistake_nothing_is_left() -> None:
    written = Written()
    for said in (RECEIVED, e.EnteredByMistake()):
        written.say(said)
    assert journey_of(written.events) == Journey(code=CODE, stage="retired", mistaken=True)

    written.say(e.Received(kind="desktop"))
    journey = journey_of(written.events)
    assert journey == Journey(
        code=CODE, stage="received", kind="desktop", stops=(Stop("received", OCTOBER, 12),)
    )


def test_an_erasure_that_failed_is_not_told_as_one() -> None:
    written = Written()
    disk = e.DiskId(serial="WX1")
    written.say(RECEIVED)
    written.say(e.StorageErased(disk=disk, method="overwrite", passed=False))
    written.say(e.StorageRemoved(disk=disk, destiny="destroyed"))

    journey = journey_of(written.events)

    assert journey is not None
    assert journey.erased == (Erased(destiny="destroyed", month=OCTOBER),)


def test_a_withdrawn_work_is_not_told() -> None:
    written = Written()
    written.say(RECEIVED)
    work = written.say(e.WorkDone(work="clean"))
    written.say(e.ActWithdrawn(target=work.hash, target_kind="WorkDone"))

    journey = journey_of(written.events)

    assert journey is not None
    assert journey.works == ()


def test_what_came_back_is_found_out_anew() -> None:
    written = Written()
    passed = e.CheckEnteredByHand(result=CheckResult("cam.frames", Outcome.PASS))
    handed = e.HandedOver(to="pupil", case=CASES[0])
    for said in (RECEIVED, passed, e.Graded(grade="b"), READY, handed):
        written.say(said)
    written.say(e.ReturnedToStock(reason="no-longer-needed"), 40)

    journey = journey_of(written.events)

    assert journey is not None
    assert (journey.grade, journey.checks_passed, journey.checks_met_by_kit) == ("", 0, 0)
    assert journey.stops[-1] == Stop("returned", date(2021, 11, 1), 12)


OTHERWISE: dict[type, Any] = {
    str: "somebody-else",
    bytes: bytes(32),
    bool: True,
    int: 7,
    tuple: (),
    e.Ref: e.Ref(bytes(16), bytes(32)),
    e.DiskId: e.DiskId(serial="OTHER"),
    e.MachineFact: e.MachineFact(serial="OTHER"),
}


def with_other_secrets(event: e.Event) -> e.Event:
    """The event with whatever is not public said otherwise."""
    said = event.said
    assert said is not None
    hidden = [name for name in said.__struct_fields__ if name not in FIELDS[type(said)]]
    held = {name: getattr(said, name) for name in hidden}
    if isinstance(said, e.Corrected | e.ActWithdrawn):
        return event
    changes = {name: OTHERWISE.get(type(value), value) for name, value in held.items()}
    return structs.replace(event, said=structs.replace(said, **changes))


@given(any_history())
def test_nothing_that_is_not_public_changes_what_is_told(events: list[e.Event]) -> None:
    assert journey_of(map(with_other_secrets, events)) == journey_of(events)


def test_nothing_that_is_not_public_changes_what_is_told_of_a_life(store: SqlStore) -> None:
    device = lived(store)
    events = [event for event in events_about(store, device) if event.header.subject == device]

    assert journey_of(map(with_other_secrets, events), device) == journey_of(events, device)


@pytest.mark.parametrize("kind", sorted(e.KINDS))
def test_every_kind_says_what_of_it_is_public(kind: str) -> None:
    assert e.KINDS[kind] in FIELDS


@given(any_history())
def test_every_stop_is_of_the_first_of_a_month_and_none_goes_back(events: list[e.Event]) -> None:
    journey = journey_of(events)
    if journey is None:
        return
    months = [stop.month for stop in journey.stops]
    assert months == sorted(months)
    assert all(month.day == 1 for month in months)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(journey), type=Journey) == journey
