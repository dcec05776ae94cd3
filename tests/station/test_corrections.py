"""A correction may say what the act itself could have said, and nothing else."""

from typing import Any

import pytest

from station import (
    bench,
    correction,
    handover,
    intake,
    refusals,
    release,
    returns,
    sets,
    stock,
    transfer,
)
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Stage
from station.operators import Operator
from station.people import Pupil
from station.reference import UnknownReference
from station.store.store import SqlStore
from station.store.verifying import verify
from station.text import PhoneInAWord, Placeholder
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN


def last(store: SqlStore, code: str, kind: type[e.Said]) -> e.Event:
    rows = (row.event for row in store.timeline(code))
    return [event for event in rows if isinstance(event.said, kind)][-1]


def correct(
    store: SqlStore, code: str, kind: type[e.Said], by: Operator = LEAD, **fields: Any
) -> e.Event:
    target = last(store, code, kind)
    command = correction.Correct(event=target.hash, fields=fields, reason="mistyped")
    return correction.correct(command, store, by, NOON)


def refused(store: SqlStore, code: str, kind: type[e.Said], **fields: Any) -> type[Exception]:
    """By what a correction is refused, and that nothing changed."""
    before = store.standing()
    with pytest.raises((refusals.Refusal, UnknownReference)) as caught:
        correct(store, code, kind, **fields)
    assert store.standing() == before
    return caught.type


@pytest.fixture
def refurbished(store: SqlStore) -> str:
    """A laptop that the gate would let through."""
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    life.refurbish(store, device)
    return device


def test_a_failed_check_is_not_corrected_away(store: SqlStore, refurbished: str) -> None:
    life.try_by_hand(store, refurbished, "cam.frames", outcome=Outcome.FAIL)

    for result in (
        CheckResult("cam.frames", Outcome.NOT_APPLICABLE),
        CheckResult("mem.size", Outcome.PASS),  # another check than was entered
        CheckResult("nguyen.van.an", Outcome.PASS),
    ):
        raised = refused(store, refurbished, e.CheckEnteredByHand, result=result)
        assert raised in {refusals.HandEntryNotAllowed, refusals.InvalidCorrection}
    with pytest.raises(refusals.NotReleased):
        life.make_ready(store, refurbished)

    passed = CheckResult("cam.frames", Outcome.PASS)
    correct(store, refurbished, e.CheckEnteredByHand, TECHNICIAN, result=passed)
    life.make_ready(store, refurbished)


def test_a_system_needs_its_licence_in_a_correction_too(store: SqlStore, refurbished: str) -> None:
    wrong = refused(store, refurbished, e.SystemInstalled, system="windows-11")
    assert wrong is refusals.LicenceDoesNotFit

    correct(store, refurbished, e.SystemInstalled, system="windows-11", licence="sticker")
    wrong = refused(store, refurbished, e.SystemInstalled, licence="free-system")
    assert wrong is refusals.LicenceDoesNotFit  # by what the first correction left


def test_an_erasure_stays_bound_to_a_disk(store: SqlStore, refurbished: str) -> None:
    assert refused(store, refurbished, e.StorageErased, disk={}) is refusals.DiskNotNamed
    too_much = refused(store, refurbished, e.StorageErased, verified_permille=1_001)
    assert too_much is refusals.ImpossibleCount


def test_what_is_missing_of_the_kit_follows_from_what_is_there(
    store: SqlStore, refurbished: str
) -> None:
    corrected = correct(store, refurbished, e.KitChecked, TECHNICIAN, present=())

    device = store.device(refurbished)
    assert device is not None
    assert (device.kit, device.kit_missing) == ((), ("charger",))
    assert corrected.header.kind == "Corrected"
    not_a_fact = refused(store, refurbished, e.KitChecked, missing=())
    assert not_a_fact is refusals.CorrectionNotAllowed


def test_a_case_keeps_a_school_and_a_commune_that_exist(store: SqlStore) -> None:
    case = life.enter_case(store)

    assert refused(store, case, e.CaseEntered, school="no-such-school") is UnknownReference
    assert refused(store, case, e.CaseEntered, school="vnpt-tay-ninh") is refusals.NotASchool
    assert refused(store, case, e.CaseEntered, unit="72") is refusals.NotACommune


def test_counts_stay_counts(store: SqlStore) -> None:
    item = "ram-ddr3-4gb"
    stock.receive_parts(item, 3, store, TECHNICIAN, NOON)
    stock.count_parts(item, 2, store, TECHNICIAN, NOON)
    turned_away = intake.RefuseItem(kind="desktop", reason="too-broken")
    lot = intake.refuse_item(turned_away, store, CLERK, NOON).header.subject

    assert refused(store, item, e.Counted, quantity=None) is refusals.ImpossibleCount
    assert refused(store, item, e.PartsReceived, count=100_001) is refusals.ImpossibleCount
    assert refused(store, lot, e.Refused, count=0) is refusals.ImpossibleCount
    assert refused(store, lot, e.Refused, reason="mistyped") is UnknownReference


def test_a_corrected_maker_does_not_hide_a_second_machine(store: SqlStore) -> None:
    life.receive(store, serial="DUP1", maker="Dell")
    other = life.receive(store, serial="DUP1", maker="HP")

    assert refused(store, other, e.Received, maker="Dell") is refusals.SerialInUse
    again = intake.Describe(device=other, maker="Dell Inc.")
    with pytest.raises(refusals.SerialInUse):
        intake.describe(again, store, CLERK, NOON)
    with pytest.raises(Placeholder):
        correct(store, other, e.Received, serial="Default string")
    with pytest.raises(PhoneInAWord):
        correct(store, other, e.Received, model="0912345678")
    correct(store, other, e.Received, condition="broken")  # what is not about the serial goes on


def test_a_set_comes_home_whole_by_one_correction(either_store: SqlStore) -> None:
    store = either_store
    head, member = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=member), store, CLERK, NOON)
    case = life.enter_case(store)
    handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)
    out = handover.HandOverBatch(school="truong-th-go-dau", devices=(head,))
    handover.hand_over_batch(out, store, GIVER, NOON)
    for result in ("absent", "undelivered"):
        said = handover.ConfirmHandover(device=head, result=result)
        handover.confirm_handover(said, store, GIVER, NOON)

    correct(store, member, e.HandoverConfirmed, GIVER, result="signed")

    for code in (head, member):
        device = store.device(code)
        assert device is not None
        assert device.stage is Stage.HANDED_OVER
    assert verify(store.engine).sound


# ---- what an act must not open ----


def test_a_laptop_called_a_tablet_needs_the_lead(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")

    with pytest.raises(refusals.NotYourRole):
        intake.describe(intake.Describe(device=device, kind="tablet"), store, TECHNICIAN, NOON)
    intake.describe(intake.Describe(device=device, kind="desktop"), store, CLERK, NOON)
    intake.describe(intake.Describe(device=device, kind="laptop"), store, CLERK, NOON)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    with pytest.raises(refusals.NotYourRole):  # of a desktop the gate asks no battery
        intake.describe(intake.Describe(device=device, kind="desktop"), store, TECHNICIAN, NOON)


def test_the_head_of_a_set_stays_a_computer(store: SqlStore) -> None:
    head, screen = life.receive(store, kind="desktop"), life.receive(store, kind="monitor")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)

    with pytest.raises(refusals.CannotHeadSet):
        intake.describe(intake.Describe(device=head, kind="tablet"), store, LEAD, NOON)


def test_a_system_on_a_disk_that_left_is_no_system(store: SqlStore, refurbished: str) -> None:
    gone = bench.RemoveStorage(device=refurbished, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(gone, store, TECHNICIAN, NOON)

    device = store.device(refurbished)
    assert device is not None
    assert "system" in release.gate(device, store.reference, NOON).open


def test_a_system_is_installed_anew_after_the_disk_was_replaced(
    store: SqlStore, refurbished: str
) -> None:
    replaced = bench.RecordWork(device=refurbished, work="replace-disk")
    bench.record_work(replaced, store, TECHNICIAN, NOON)
    life.measure(store, refurbished, report=b"again")
    life.try_by_hand(store, refurbished)

    with pytest.raises(refusals.NotReleased) as still:
        life.make_ready(store, refurbished)
    assert still.value.about == (refurbished, ("system",))


def test_an_override_covers_no_later_defect(store: SqlStore, refurbished: str) -> None:
    waived = release.MakeReady(device=refurbished, overrides=(e.Override("kit", "family-has-it"),))
    with pytest.raises(refusals.ConditionIsMet):
        release.make_ready(waived, store, LEAD, NOON)


def test_no_lock_is_claimed_where_nobody_looked(store: SqlStore) -> None:
    device = store.device(life.receive(store))
    assert device is not None

    conditions = {c.name: c.state for c in release.gate(device, store.reference, NOON).conditions}

    assert release.LOCKS not in conditions
    assert conditions[release.LOCKS_CHECK] is release.State.OPEN


# ---- a pupil's own device ----


@pytest.fixture
def pupils(store: SqlStore) -> str:
    """A laptop that came back for repair; nobody consented to an erasure."""
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    broken = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(broken, store, CLERK, NOON)
    return device


def test_nothing_of_a_pupils_device_is_taken_or_written_over(store: SqlStore, pupils: str) -> None:
    other = life.receive(store, serial="OTHER")
    bench.take_to_bench(other, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.PupilsDevice):  # its disk holds the pupil's work
        bench.move_part(bench.MovePart(item="ssd-240gb", out_of=pupils), store, TECHNICIAN, NOON)
    moved = bench.MovePart(item="ram-ddr3-4gb", out_of=pupils, into=other)
    with pytest.raises(refusals.PupilsPart):
        bench.move_part(moved, store, TECHNICIAN, NOON)
    system = bench.RecordSystem(device=pupils, system="xubuntu", licence="free-system")
    with pytest.raises(refusals.PupilsDevice):
        bench.record_system(system, store, TECHNICIAN, NOON)
    bench.move_part(bench.MovePart(item="ram-ddr3-4gb", out_of=pupils), store, TECHNICIAN, NOON)


# ---- places ----


def test_pupils_are_a_schools_and_devices_reach_it_by_a_batch(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    pupil = Pupil(name="Trần Văn An")
    elsewhere = handover.EnterCase(level="primary", pupil=pupil, school="truong-th-go-dau")
    case = handover.enter_case(elsewhere, store, GIVER, NOON).header.subject
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)

    for school, refusal in (
        ("vnpt-tay-ninh", refusals.NotASchool),
        ("truong-thcs-go-dau", refusals.OtherSchool),
    ):
        batch = handover.HandOverBatch(school=school, devices=(device,))
        with pytest.raises(refusal):
            handover.hand_over_batch(batch, store, GIVER, NOON)
    offered = intake.NewDevice(kind="laptop")
    command = intake.ReceiveDevice(device=offered, donor=life.HOA, offer=case)
    with pytest.raises(refusals.NotAnOffer):
        intake.receive_device(command, store, CLERK, NOON)


def test_who_may_say_that_a_device_was_seen_may_put_it_right(store: SqlStore) -> None:
    device = life.receive(store)
    stock.count_device(device, store, GIVER, NOON, found=True)

    correct(store, device, e.Counted, GIVER, found=False)


def test_a_set_travels_whole(either_store: SqlStore) -> None:
    store = either_store
    head, screen = life.receive(store, kind="desktop"), life.receive(store, kind="monitor")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)

    with pytest.raises(refusals.PartOfSet):
        transfer.send(transfer.Send(device=screen, place="point-011"), store, CLERK, NOON)
    transfer.send(transfer.Send(device=head, place="point-011"), store, CLERK, NOON)
    away = [store.device(code) for code in (head, screen)]
    assert [known.stage for known in away if known] == [Stage.IN_TRANSIT] * 2

    transfer.arrive(transfer.Arrive(device=head, place="point-011"), store, CLERK, NOON)
    back = [store.device(code) for code in (head, screen)]
    assert [known.stage for known in back if known] == [Stage.RECEIVED] * 2
    assert verify(store.engine).sound
