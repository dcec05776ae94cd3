"""One device from donor to pupil and back, in the sentences of the trade."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from station import (
    bench,
    codes,
    correction,
    handover,
    intake,
    refusals,
    release,
    returns,
    sets,
    stock,
)
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import ALLOWED, LEADS_TO, Check, Stage
from station.ledger import Moment, Occurred, Source
from station.machine import Clock
from station.people import Pupil
from station.reference import UnknownReference
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN


def stage_of(store: SqlStore, code: str) -> Stage:
    device = store.device(code)
    assert device is not None
    return device.stage


def test_a_walk_in_laptop_gets_the_points_next_code(store: SqlStore) -> None:
    first, second = life.receive(store), life.receive(store)

    assert (codes.parse(first).number, codes.parse(second).number) == (1, 2)
    assert stage_of(store, first) is Stage.RECEIVED


def test_a_whole_life_from_donor_to_pupil(either_store: SqlStore) -> None:
    store = either_store
    device = life.ready_laptop(store)
    case = life.enter_case(store)

    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)

    assert stage_of(store, device) is Stage.HANDED_OVER
    known = store.case(case)
    assert known is not None
    assert known.given
    assert known.devices == (device,)
    kinds = [row.event.header.kind for row in store.timeline(device)]
    assert kinds[0] == "Received"
    assert kinds[-3:] == ["MadeReady", "Reserved", "HandedOver"]
    assert verify(store.engine).sound


def test_an_untested_device_is_not_released(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased) as refused:
        life.make_ready(store, device)

    assert {"kbd.matrix", "erasure", "system", "kit", "grade"} <= set(refused.value.about[1])


def test_an_unknown_outcome_is_not_a_pass(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    life.try_by_hand(store, device, "dsp.pixels", outcome=Outcome.FAIL)
    life.try_by_hand(store, device, "dsp.pixels", outcome=Outcome.UNKNOWN)

    with pytest.raises(refusals.NotReleased, match=r"dsp\.pixels"):
        life.make_ready(store, device)


@pytest.mark.parametrize(
    ("outcome", "reason", "still"),
    [
        (Outcome.UNKNOWN, "disk_not_seen", False),
        (Outcome.UNKNOWN, "test_timed_out", False),
        (Outcome.FAIL, "machine_crashed", False),
        (Outcome.UNKNOWN, "wifi_not_measured", True),  # nobody looked
    ],
)
def test_an_older_pass_does_not_outlast_a_later_look_that_saw_none(
    store: SqlStore, outcome: Outcome, reason: str, *, still: bool
) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    check = "net.wifi" if still else "sto.type"
    passed = (CheckResult(check, Outcome.PASS),)
    life.measure(store, device, report=b"1", results=passed)

    life.measure(store, device, report=b"2", results=(CheckResult(check, outcome, reason),))

    known = [found for found in _checks(store, device) if found.result.check == check]
    assert ([found.result.outcome for found in known] == [Outcome.PASS]) is still


@pytest.mark.parametrize("check", ["mem.pattern", "cpu.stress", "sto.surface", "hw.errlog"])
def test_a_fault_that_a_test_found_holds_a_device_back_until_the_test_passes(
    store: SqlStore, check: str
) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    crashed = CheckResult(check, Outcome.FAIL, "machine_crashed")
    life.measure(store, device, report=b"2", results=(crashed,))
    life.measure(store, device, report=b"3", results=(CheckResult(check, Outcome.UNKNOWN),))

    with pytest.raises(refusals.NotReleased) as refused:
        life.make_ready(store, device)

    assert refused.value.about[1] == (check,)
    life.measure(store, device, report=b"4", results=(CheckResult(check, Outcome.PASS),))
    life.make_ready(store, device)


@pytest.mark.parametrize("first", [Outcome.PASS, Outcome.FAIL])
def test_a_measured_unknown_takes_nothing_back_from_a_person(
    store: SqlStore, first: Outcome
) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    life.try_by_hand(store, device, "sto.smart", outcome=first)

    unknown = CheckResult("sto.smart", Outcome.UNKNOWN, "smart_missing")
    life.measure(store, device, report=b"2", results=(unknown,))

    known = [found for found in _checks(store, device) if found.result.check == "sto.smart"]
    assert [found.result.outcome for found in known] == [first]


def _checks(store: SqlStore, code: str) -> tuple[Check, ...]:
    device = store.device(code)
    assert device is not None
    return device.checks


def test_a_repair_makes_its_checks_stale_and_only_those(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)

    bench.record_work(
        bench.RecordWork(device=device, work="replace-keyboard"), store, TECHNICIAN, NOON
    )

    with pytest.raises(refusals.NotReleased) as refused:
        life.make_ready(store, device)
    assert refused.value.about[1] == ("kbd.matrix",)
    life.try_by_hand(store, device, "kbd.matrix")
    life.make_ready(store, device)


def test_a_dead_camera_is_met_by_a_webcam_in_the_kit(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    life.try_by_hand(store, device, "cam.frames", outcome=Outcome.FAIL)
    kit = bench.CheckKit(device=device, present=("charger", "webcam-usb"))
    bench.check_kit(kit, store, TECHNICIAN, NOON)

    life.make_ready(store, device)

    known = store.device(device)
    assert known is not None
    assert known.released is not None
    assert known.released.met_by_kit == (e.MetByKit("cam.frames", "webcam-usb"),)


def record(store: SqlStore, device: str, outcome: Outcome, read_at_s: int | None) -> None:
    report = f"{outcome}{read_at_s}".encode().ljust(32, b".")
    machine = structs.replace(life.machine(), clock=Clock(system_epoch_s=read_at_s))
    told = bench.RecordChecks(
        device=device,
        report=report,
        machine=machine,
        results=(CheckResult("sto.smart", outcome),),
        policy="judge-2021-09-10",
    )
    bench.record_checks(told, store, TECHNICIAN, NOON)


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        ((Outcome.FAIL, 2000), (Outcome.PASS, 1000), Outcome.FAIL),  # the pass is of before
        ((Outcome.FAIL, 1000), (Outcome.PASS, 2000), Outcome.PASS),
        ((Outcome.PASS, 2000), (Outcome.FAIL, 1000), Outcome.FAIL),  # a clock may be wrong
        ((Outcome.FAIL, None), (Outcome.PASS, 1000), Outcome.PASS),
        ((Outcome.FAIL, 2000), (Outcome.PASS, None), Outcome.PASS),
    ],
)
def test_an_older_report_that_comes_later_takes_no_fault_away(
    store: SqlStore,
    first: tuple[Outcome, int | None],
    second: tuple[Outcome, int | None],
    stands: Outcome,
) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)

    record(store, device, *first)
    record(store, device, *second)

    known = store.device(device)
    assert known is not None
    check = known.check("sto.smart")
    assert check is not None
    assert check.result.outcome is stands


def test_an_older_report_passes_what_work_made_stale(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    record(store, device, Outcome.FAIL, 2000)
    replaced = bench.RecordWork(device=device, work="replace-disk")
    bench.record_work(replaced, store, TECHNICIAN, NOON)

    record(store, device, Outcome.PASS, 1000)

    known = store.device(device)
    assert known is not None
    check = known.check("sto.smart")
    assert check is not None
    assert check.result.outcome is Outcome.PASS


def test_nothing_makes_up_for_a_dangerous_battery(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    life.refurbish(store, device)
    hot = CheckResult("bat.health", Outcome.FAIL, "battery_dangerous")
    told = bench.RecordChecks(
        device=device,
        report=b"hot".ljust(32, b"."),
        machine=life.machine(),
        results=(hot,),
        policy="judge-2021-09-10",
    )
    bench.record_checks(told, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased, match=r"bat\.health"):
        life.make_ready(store, device)
    waived = release.MakeReady(
        device=device, overrides=(e.Override("bat.health", "fit-for-purpose"),)
    )
    with pytest.raises(refusals.OverrideNotAllowed):
        release.make_ready(waived, store, LEAD, NOON)


def test_only_a_lead_overrides_and_only_one_waivable_condition(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    life.try_by_hand(store, device, "dsp.pixels", "net.wifi", outcome=Outcome.FAIL)
    pixels = e.Override("dsp.pixels", "fit-for-purpose")
    wifi = e.Override("net.wifi", "fit-for-purpose")

    with pytest.raises(refusals.NotYourRole):
        release.make_ready(
            release.MakeReady(device=device, overrides=(pixels,)), store, TECHNICIAN, NOON
        )
    with pytest.raises(refusals.OnlyOneOverride):
        release.make_ready(
            release.MakeReady(device=device, overrides=(pixels, wifi)), store, LEAD, NOON
        )
    erasure = e.Override("erasure", "fit-for-purpose")
    with pytest.raises(refusals.OverrideNotAllowed):
        release.make_ready(
            release.MakeReady(device=device, overrides=(erasure,)), store, LEAD, NOON
        )
    life.try_by_hand(store, device, "net.wifi")
    release.make_ready(release.MakeReady(device=device, overrides=(pixels,)), store, LEAD, NOON)
    released = store.device(device)
    assert released is not None
    assert released.released is not None
    assert released.released.overrides == (pixels,)


def test_a_system_older_than_the_erasure_does_not_count(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    erasure = bench.RecordErasure(device=device, disk=life.DISK, method="overwrite", passed=True)
    bench.record_erasure(erasure, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased, match="system"):
        life.make_ready(store, device)


def test_a_disk_seen_once_is_never_forgotten(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)

    life.measure(store, device, report=b"second", disk="ANOTHER-1")

    with pytest.raises(refusals.NotReleased, match="erasure"):
        life.make_ready(store, device)


def test_a_serial_that_the_machine_does_not_confirm_stays_open(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F3Z")
    life.refurbish(store, device)  # the firmware says 8XK2F32

    with pytest.raises(refusals.NotReleased, match="serial"):
        life.make_ready(store, device)


def test_the_same_serial_opens_the_existing_record(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")

    with pytest.raises(refusals.SerialInUse) as refused:
        life.receive(store, serial="8xk2f32")

    assert refused.value.about[1] == device


def test_a_lot_comes_in_whole_with_its_sets_or_not_at_all(either_store: SqlStore) -> None:
    store = either_store
    pairs = tuple(
        new
        for n in range(20)
        for new in (
            intake.NewDevice(kind="desktop", serial=f"PC{n:04d}"),
            intake.NewDevice(kind="monitor", serial=f"MN{n:04d}", belongs_to=2 * n),
        )
    )
    came = intake.receive_lot(
        intake.ReceiveLot(devices=pairs, donor=life.HOA, form="organisation-pickup"),
        store,
        CLERK,
        NOON,
    )

    assert len(came.devices) == 40
    head = store.device(came.devices[0])
    assert head is not None
    assert head.members == (came.devices[1],)
    lot = store.lot(came.lot)
    assert lot is not None
    assert lot.devices == came.devices

    broken = (*pairs[:2], intake.NewDevice(kind="desktop", serial="PC0000"))
    before = store.standing()
    with pytest.raises(refusals.SerialInUse):
        intake.receive_lot(intake.ReceiveLot(devices=broken), store, CLERK, NOON)
    assert store.standing() == before


def test_a_set_is_reserved_and_handed_over_whole(store: SqlStore) -> None:
    head, monitor = life.ready_laptop(store), life.receive(store, kind="monitor", serial="M1")
    sets.join_set(sets.JoinSet(head=head, member=monitor), store, CLERK, NOON)
    case = life.enter_case(store)

    with pytest.raises(refusals.SetNotReady):
        handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)
    with pytest.raises(refusals.PartOfSet):
        handover.reserve(handover.Reserve(device=monitor, case=case), store, GIVER, NOON)

    sets.part_set(monitor, store, CLERK, NOON)
    handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)


def test_a_case_never_gets_a_second_device(store: SqlStore) -> None:
    first, second = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    case = life.enter_case(store)
    handover.reserve(handover.Reserve(device=first, case=case), store, GIVER, NOON)

    with pytest.raises(refusals.CaseHasDevice):
        handover.reserve(handover.Reserve(device=second, case=case), store, GIVER, NOON)


def test_a_school_takes_a_batch_and_each_pupils_line_is_confirmed(store: SqlStore) -> None:
    devices = [life.ready_laptop(store, f"S{n}") for n in range(3)]
    for device in devices:
        handover.reserve(
            handover.Reserve(device=device, case=life.enter_case(store)), store, GIVER, NOON
        )
    out = handover.hand_over_batch(
        handover.HandOverBatch(school="truong-th-go-dau", devices=tuple(devices)),
        store,
        GIVER,
        NOON,
    )

    assert out.devices == tuple(devices)
    assert {stage_of(store, d) for d in devices} == {Stage.WITH_SCHOOL}
    signed = handover.ConfirmHandover(device=devices[0], result="signed")
    handover.confirm_handover(signed, store, GIVER, NOON)
    absent = handover.ConfirmHandover(device=devices[1], result="absent")
    handover.confirm_handover(absent, store, GIVER, NOON)

    assert [stage_of(store, d) for d in devices] == [
        Stage.HANDED_OVER,
        Stage.WITH_SCHOOL,
        Stage.WITH_SCHOOL,
    ]


def given_laptop(store: SqlStore) -> tuple[str, str]:
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device, case


def test_a_pupils_device_in_repair_is_not_erased_without_consent(store: SqlStore) -> None:
    device, case = given_laptop(store)
    back = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(back, store, CLERK, NOON)

    erasure = bench.RecordErasure(device=device, disk=life.DISK, method="overwrite", passed=True)
    with pytest.raises(refusals.PupilsDevice):
        bench.record_erasure(erasure, store, TECHNICIAN, NOON)
    returns.give_back(returns.GiveBack(device=device), store, GIVER, NOON)

    known = store.device(device)
    assert known is not None
    assert (known.stage, known.case) == (Stage.HANDED_OVER, case)


def test_a_returned_device_passes_the_whole_gate_again(store: SqlStore) -> None:
    device, case = given_laptop(store)
    returned = returns.ReturnToStock(device=device, reason="no-longer-needed")
    returns.return_to_stock(returned, store, GIVER, NOON)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased) as refused:
        life.make_ready(store, device)

    assert {"kbd.matrix", "erasure", "system", "kit", "grade"} <= set(refused.value.about[1])
    known = store.case(case)
    assert known is not None
    assert known.waiting


def test_nothing_leaves_while_it_is_on_hold(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    hold = bench.PutOnHold(device=device, reason="waiting-for-donor")
    bench.put_on_hold(hold, store, CLERK, NOON)

    with pytest.raises(refusals.OnHold):
        handover.reserve(
            handover.Reserve(device=device, case=life.enter_case(store)), store, GIVER, NOON
        )
    bench.resume(device, store, CLERK, NOON)
    handover.reserve(
        handover.Reserve(device=device, case=life.enter_case(store)), store, GIVER, NOON
    )


def test_parts_are_counted_through_repairs_and_moves(store: SqlStore) -> None:
    giver, taker = life.receive(store), life.receive(store)
    for device in (giver, taker):
        bench.take_to_bench(device, store, TECHNICIAN, NOON)
    item = "ram-ddr3-4gb"

    with pytest.raises(refusals.NotInStock):
        bench.record_work(
            bench.RecordWork(device=taker, work="add-memory", parts=(item,)),
            store,
            TECHNICIAN,
            NOON,
        )
    stock.receive_parts(item, 7, store, TECHNICIAN, NOON)
    bench.record_work(
        bench.RecordWork(device=taker, work="add-memory", parts=(item,)), store, TECHNICIAN, NOON
    )
    bench.move_part(bench.MovePart(item=item, out_of=giver, into=taker), store, TECHNICIAN, NOON)
    bench.move_part(bench.MovePart(item=item, out_of=giver), store, TECHNICIAN, NOON)

    (parts,) = store.parts()
    assert (parts.item, parts.quantity) == (item, 7)
    moved = [row.event.header.subject for row in store.timeline(taker)]
    assert giver in moved  # the part's way shows on both timelines


def test_a_correction_counts_at_the_original_place(either_store: SqlStore) -> None:
    store = either_store
    device = life.receive(store, kind="desktop", condition="good")
    received = store.timeline(device)[0].event
    described = intake.Describe(device=device, condition="broken")
    intake.describe(described, store, CLERK, NOON)

    wrong = correction.Correct(
        event=received.hash, fields={"kind": "laptop", "condition": "scratched"}, reason="mistyped"
    )
    with pytest.raises(refusals.NotYourRole):
        correction.correct(wrong, store, CLERK, NOON)
    correction.correct(wrong, store, LEAD, NOON)

    known = store.device(device)
    assert known is not None
    assert known.kind == "laptop"
    assert known.condition == "broken"  # what was described later still comes later
    assert [row.corrected for row in store.timeline(device)] == [True, False, False]
    assert verify(store.engine).sound


def test_the_same_report_twice_is_one_report(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.measure(store, device)
    life.measure(store, device)

    kinds = [row.event.header.kind for row in store.timeline(device)]
    assert kinds.count("ChecksRecorded") == 1


def test_what_was_on_paper_keeps_its_own_day(store: SqlStore) -> None:
    paper = structs.replace(NOON, occurred=Occurred(date(2021, 10, 4), 9 * 60, Source.PAPER))
    device = life.receive(store, when=paper)

    known = store.device(device)
    assert known is not None
    assert known.received_on == date(2021, 10, 4)
    tomorrow = Moment(NOON.at, Occurred(NOON.at.date() + timedelta(days=1)))
    with pytest.raises(refusals.InTheFuture):
        life.receive(store, when=tomorrow)


def test_a_hand_entry_is_refused_where_only_a_measurement_counts(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.HandEntryNotAllowed):
        bench.enter_check(
            bench.EnterCheck(device=device, result=CheckResult("mem.size", Outcome.PASS)),
            store,
            TECHNICIAN,
            NOON,
        )


@pytest.mark.parametrize("kind", [kind for kind in e.KINDS if kind != "Corrected"])
def test_every_kind_of_event_has_its_place(kind: str) -> None:
    about_other_things = {
        "ChainStarted",
        "LotReceived",
        "Refused",
        "PartsReceived",
        "CaseEntered",
        "BatchTakenOut",
        "ReportDismissed",
        "CodesReserved",
        "PaperMade",
        "PaperReprinted",
        "SignedCopyAttached",
        "PersonPurged",
        "DelegationEnded",
        "OfferEntered",
        "PickUpNoted",
        "OfferClosed",
        "OfferReopened",
        "AppointmentMade",
    }
    assert e.KINDS[kind] in ALLOWED or e.KINDS[kind] in LEADS_TO or kind in about_other_things, kind


def test_one_erased_disk_says_nothing_of_the_disks_no_report_listed(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.erase_and_install(store, device)

    with pytest.raises(refusals.NotReleased) as refused:
        life.make_ready(store, device)

    assert "erasure" in refused.value.about[1]


def test_a_removed_disk_that_is_seen_again_must_be_erased_again(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    removal = bench.RemoveStorage(device=device, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(removal, store, TECHNICIAN, NOON)

    life.measure(store, device, report=b"later")

    with pytest.raises(refusals.NotReleased, match="erasure"):
        life.make_ready(store, device)


def test_a_machine_that_boots_has_a_disk_even_when_a_report_saw_none(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    removal = bench.RemoveStorage(device=device, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(removal, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased, match="erasure"):
        life.make_ready(store, device)


def test_a_fitted_disk_must_be_listed_before_the_erasure_counts(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    life.refurbish(store, device)
    stock.receive_parts("ssd-240gb", 1, store, TECHNICIAN, NOON)
    bench.move_part(bench.MovePart(item="ssd-240gb", into=device), store, TECHNICIAN, NOON)

    with pytest.raises(refusals.NotReleased, match="erasure"):
        life.make_ready(store, device)


def test_a_clerk_does_not_call_a_laptop_a_monitor(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")

    with pytest.raises(refusals.NotYourRole):
        intake.describe(intake.Describe(device=device, kind="monitor"), store, CLERK, NOON)


def test_a_correction_carries_no_word_beside_its_fields(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.try_by_hand(store, device, "kbd.matrix", outcome=Outcome.FAIL)
    entered = store.timeline(device)[-1].event
    result = {"check": "kbd.matrix", "outcome": "pass", "said": "Nguyễn Thị Hòa"}
    wrong = correction.Correct(event=entered.hash, fields={"result": result}, reason="mistyped")

    with pytest.raises(refusals.NotYourRole):
        correction.correct(wrong, store, CLERK, NOON)
    corrected = correction.correct(wrong, store, TECHNICIAN, NOON)

    assert isinstance(corrected.said, e.Corrected)
    assert "Hòa".encode() not in corrected.said.fields
    known = store.device(device)
    assert known is not None
    check = known.check("kbd.matrix")
    assert check is not None
    assert check.result.outcome is Outcome.PASS


def test_a_correction_names_only_what_the_tables_know(store: SqlStore) -> None:
    device, other = life.receive(store), life.receive(store, serial="TAKEN-1")
    received = store.timeline(device)[0].event

    with pytest.raises(UnknownReference):
        correction.correct(
            correction.Correct(event=received.hash, fields={"kind": "nosuch"}, reason="mistyped"),
            store,
            LEAD,
            NOON,
        )
    taken = correction.Correct(event=received.hash, fields={"serial": "TAKEN-1"}, reason="mistyped")
    with pytest.raises(refusals.SerialInUse) as refused:
        correction.correct(taken, store, LEAD, NOON)
    assert refused.value.about[1] == other


def test_a_system_needs_a_licence_that_gives_the_right_to_it(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    free = bench.RecordSystem(device=device, system="windows-10", licence="free-system")
    android = bench.RecordSystem(device=device, system="android", licence="free-system")

    with pytest.raises(refusals.LicenceDoesNotFit):
        bench.record_system(free, store, TECHNICIAN, NOON)
    with pytest.raises(refusals.SystemDoesNotFit):
        bench.record_system(android, store, TECHNICIAN, NOON)


def test_nobody_says_by_hand_that_a_check_does_not_apply(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.HandEntryNotAllowed):
        life.try_by_hand(store, device, "kbd.matrix", outcome=Outcome.NOT_APPLICABLE)


def test_a_report_of_another_machine_that_stands_here_is_refused(store: SqlStore) -> None:
    life.receive(store, serial="8XK2F32")
    nameless = life.receive(store)
    bench.take_to_bench(nameless, store, TECHNICIAN, NOON)

    with pytest.raises(refusals.SerialInUse):
        life.measure(store, nameless)


def test_a_paper_from_the_true_day_is_taken_while_the_clock_says_2016(store: SqlStore) -> None:
    life.receive(store)
    long_ago = NOON.at.replace(year=2016)
    paper = Moment(long_ago, Occurred(NOON.at.date(), None, Source.PAPER))

    known = store.device(life.receive(store, when=paper))

    assert known is not None
    assert known.received_on == NOON.at.date()


def test_a_case_keeps_the_day_its_unit_was_named_on(store: SqlStore) -> None:
    """In 2025 unit codes were given to other places: only code and day together name one."""
    paper = Moment(NOON.at, Occurred(date(2021, 10, 4)))
    entered = handover.EnterCase(level="primary", pupil=Pupil(name="An"), unit="25459")
    code = handover.enter_case(entered, store, GIVER, paper).header.subject

    case = store.case(code)
    assert case is not None
    assert case.unit is not None
    assert case.entered_on == date(2021, 10, 4)
    assert store.reference.unit(case.unit, case.entered_on).code == "25459"
