"""Every refusal by its name, and that it leaves everything as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from station import (
    bench,
    codes,
    correction,
    handover,
    intake,
    labelling,
    refusals,
    release,
    returns,
    sets,
    stock,
    transfer,
)
from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import BadCode, CodeKind
from station.operators import Operator, Role
from station.people import Donor, Pupil
from station.reference import UnknownReference
from station.store import upkeep
from station.store.store import SqlStore
from station.store.verifying import verify
from station.text import BadText
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN

NOBODY = "0120000992"
NO_CASE = codes.make(CodeKind.CASE, 12, 99)
ITEM = "ram-ddr3-4gb"
DONE = CheckResult("cam.frames", Outcome.PASS)


def refused(
    store: SqlStore, refusal: type[Exception], use_case: Callable[..., object], *about: Any
) -> Exception:
    """Try it; the refusal, after making sure that it left no trace."""
    operator, arguments = LEAD, list(about)
    if arguments and isinstance(arguments[-1], Operator):
        operator = arguments.pop()
    before = picture(store)
    with pytest.raises(refusal) as caught:
        use_case(*arguments, store, operator, NOON)
    assert picture(store) == before
    return caught.value


def picture(store: SqlStore) -> tuple[object, ...]:
    with store.engine.connect() as connection:
        return upkeep.fingerprint(connection), store.standing(), store.find_people("", 1000)


def new(**fields: Any) -> intake.ReceiveDevice:
    return intake.ReceiveDevice(device=intake.NewDevice(**{"kind": "laptop"} | fields))


# ---- who may do what ----

WHO: list[tuple[Callable[..., object], Any, set[Role]]] = [
    (intake.receive_device, new(), {Role.INTAKE}),
    (
        intake.receive_lot,
        intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),)),
        {Role.INTAKE},
    ),
    (intake.refuse_item, intake.RefuseItem(kind="laptop", reason="too-old"), {Role.INTAKE}),
    (intake.describe, intake.Describe(device=NOBODY), {Role.INTAKE, Role.BENCH}),
    (bench.take_to_bench, NOBODY, {Role.BENCH}),
    (bench.enter_check, bench.EnterCheck(device=NOBODY, result=DONE), {Role.BENCH}),
    (
        bench.record_checks,
        bench.RecordChecks(
            device=NOBODY, report=b"r" * 32, machine=life.machine(), results=(), policy="p"
        ),
        {Role.BENCH},
    ),
    (
        bench.record_erasure,
        bench.RecordErasure(device=NOBODY, disk=life.DISK, method="overwrite", passed=True),
        {Role.BENCH},
    ),
    (
        bench.remove_storage,
        bench.RemoveStorage(device=NOBODY, disk=life.DISK, destiny="destroyed"),
        {Role.BENCH},
    ),
    (
        bench.record_system,
        bench.RecordSystem(device=NOBODY, system="xubuntu", licence="free-system"),
        {Role.BENCH},
    ),
    (bench.record_work, bench.RecordWork(device=NOBODY, work="clean"), {Role.BENCH}),
    (bench.move_part, bench.MovePart(item=ITEM, out_of=NOBODY), {Role.BENCH}),
    (
        bench.check_kit,
        bench.CheckKit(device=NOBODY, present=()),
        {Role.INTAKE, Role.BENCH, Role.HANDOVER},
    ),
    (bench.confirm_grade, bench.ConfirmGrade(device=NOBODY, grade="a"), {Role.BENCH}),
    (release.make_ready, release.MakeReady(device=NOBODY), {Role.BENCH}),
    (
        sets.join_set,
        sets.JoinSet(head=NOBODY, member=NOBODY),
        {Role.INTAKE, Role.BENCH, Role.HANDOVER},
    ),
    (sets.part_set, NOBODY, {Role.INTAKE, Role.BENCH, Role.HANDOVER}),
    (
        handover.enter_case,
        handover.EnterCase(level="primary", pupil=Pupil("An")),
        {Role.HANDOVER},
    ),
    (handover.reserve, handover.Reserve(device=NOBODY, case=NO_CASE), {Role.HANDOVER}),
    (
        handover.release_reservation,
        handover.ReleaseReservation(device=NOBODY, reason="case-moved"),
        {Role.HANDOVER},
    ),
    (handover.hand_over, handover.HandOver(device=NOBODY, case=NO_CASE), {Role.HANDOVER}),
    (
        handover.hand_over_batch,
        handover.HandOverBatch(school="truong-th-go-dau", devices=(NOBODY,)),
        {Role.HANDOVER},
    ),
    (
        handover.confirm_handover,
        handover.ConfirmHandover(device=NOBODY, result="signed"),
        {Role.HANDOVER},
    ),
    (
        returns.take_back_for_repair,
        returns.TakeBackForRepair(device=NOBODY, reason="broke-in-use"),
        {Role.INTAKE, Role.BENCH, Role.HANDOVER},
    ),
    (returns.give_back, returns.GiveBack(device=NOBODY), {Role.BENCH, Role.HANDOVER}),
    (
        returns.return_to_stock,
        returns.ReturnToStock(device=NOBODY, reason="left-school"),
        {Role.HANDOVER},
    ),
    (
        transfer.send,
        transfer.Send(device=NOBODY, place="point-011"),
        {Role.INTAKE, Role.HANDOVER},
    ),
    (
        transfer.arrive,
        transfer.Arrive(device=NOBODY, place="point-011"),
        {Role.INTAKE, Role.HANDOVER},
    ),
    (stock.retire, stock.Retire(device=NOBODY, reason="too-old"), {Role.BENCH}),
]


@pytest.mark.parametrize(
    ("use_case", "command", "may"), WHO, ids=[use_case.__name__ for use_case, *_ in WHO]
)
def test_who_may_not_is_told_so_before_anything_else(
    store: SqlStore, use_case: Callable[..., object], command: Any, may: set[Role]
) -> None:
    for role in set(Role) - may - {Role.LEAD}:
        refused(store, refusals.NotYourRole, use_case, command, Operator("op.x", role))
    for role in may | {Role.LEAD}:
        try:
            use_case(command, store, Operator("op.x", role), NOON)
        except refusals.NotYourRole:
            pytest.fail(f"{role} may")
        except refusals.Refusal:
            continue


@pytest.mark.parametrize(
    ("use_case", "command"),
    [(use_case, command) for use_case, command, _ in WHO if NOBODY in repr(command)],
    ids=[use_case.__name__ for use_case, command, _ in WHO if NOBODY in repr(command)],
)
def test_a_device_nobody_received_is_unknown(
    store: SqlStore, use_case: Callable[..., object], command: Any
) -> None:
    expected = (refusals.UnknownDevice, refusals.UnknownCase)
    refused(store, expected, use_case, command)  # type: ignore[arg-type]  # either


# ---- intake ----


def test_a_lot_of_nothing_is_nothing(store: SqlStore) -> None:
    refused(store, refusals.NothingToRecord, intake.receive_lot, intake.ReceiveLot(devices=()))


def test_a_label_of_another_point_is_not_ours(store: SqlStore) -> None:
    elsewhere = codes.make(CodeKind.DEVICE, 13, 5)

    refused(store, refusals.NotOurCode, intake.receive_device, new(code=elsewhere))
    refused(store, refusals.NotOurCode, intake.receive_device, new(code=NO_CASE))
    refused(store, BadCode, intake.receive_device, new(code="0120000993"))


def test_a_blank_label_is_registered_once(store: SqlStore) -> None:
    blank = codes.make(CodeKind.DEVICE, 12, 700)

    assert life.receive(store, code=blank) == blank

    refused(store, refusals.CodeInUse, intake.receive_device, new(code=blank))


def test_a_registered_label_is_not_printed_again(either_store: SqlStore) -> None:
    store = either_store
    blank = [codes.make(CodeKind.DEVICE, 12, number) for number in (1, 3, 4, 999_999)]
    taken = [life.receive(store, code=code) for code in blank]

    taken += [life.receive(store) for _ in range(4)]

    assert len(set(taken)) == 8
    assert verify(store.engine).sound


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "toaster"},
        {"condition": "no-such"},
        {"condition": "Hỏng"},
        {"kit": ("no-such",)},
        {"locks": ("no-such",)},
        {"data_wish": "no-such"},
        {"if_hopeless": "no-such"},
    ],
)
def test_words_that_stand_in_no_table_are_refused(store: SqlStore, words: dict[str, Any]) -> None:
    refused(store, UnknownReference, intake.receive_device, new(**words))


def test_an_item_is_refused_for_a_reason_of_refusals(store: SqlStore) -> None:
    command = intake.RefuseItem(kind="laptop", reason="too-old", count=3)
    turned_away = intake.refuse_item(command, store, CLERK, NOON)

    assert isinstance(turned_away.said, e.Refused)
    lot = store.timeline(turned_away.header.subject)
    assert len(lot) == 1
    other = intake.RefuseItem(kind="laptop", reason="mistyped")
    refused(store, UnknownReference, intake.refuse_item, other)
    for count in (0, -1, 10_000_000):
        none = intake.RefuseItem(kind="laptop", reason="too-old", count=count)
        refused(store, refusals.Refusal, intake.refuse_item, none)


def test_a_second_look_must_see_something(store: SqlStore) -> None:
    device = life.receive(store)

    refused(store, refusals.NothingToRecord, intake.describe, intake.Describe(device=device))
    described = intake.Describe(device=device, condition="broken", serial="NEW1", kind="aio")
    intake.describe(described, store, CLERK, NOON)
    known = store.device(device)
    assert known is not None
    assert (known.condition, known.serial, known.kind) == ("broken", "NEW1", "aio")


def test_a_second_look_does_not_take_anothers_serial(store: SqlStore) -> None:
    life.receive(store, serial="S1")
    other = life.receive(store, serial="S2")

    command = intake.Describe(device=other, serial="s 1")
    error = refused(store, refusals.SerialInUse, intake.describe, command)

    assert "0120000015" in str(error)


def test_another_makers_same_number_is_another_machine(store: SqlStore) -> None:
    life.receive(store, maker="Dell", serial="1234")

    assert life.receive(store, maker="Asus", serial="1234")


def test_each_further_label_is_a_reprint(store: SqlStore) -> None:
    device = life.receive(store)

    printed = [labelling.record_label(device, store, CLERK, NOON).said for _ in range(3)]

    assert [said.reprint for said in printed if isinstance(said, e.LabelPrinted)] == [0, 1, 2]
    refused(store, refusals.UnknownDevice, labelling.record_label, NOBODY)


def test_a_set_in_a_lot_needs_a_computer_of_that_lot(store: SqlStore) -> None:
    def lot(*belongs_to: int | None) -> intake.ReceiveLot:
        kinds = ("desktop", "monitor", "monitor")
        return intake.ReceiveLot(
            devices=tuple(
                intake.NewDevice(kind=kind, belongs_to=to)
                for kind, to in zip(kinds, belongs_to, strict=True)
            )
        )

    for wrong in ((0, None, None), (None, 1, None), (None, 2, None), (None, 9, 0), (None, -3, 0)):
        refused(store, refusals.Refusal, intake.receive_lot, lot(*wrong))
    intake.receive_lot(lot(None, 0, 0), store, CLERK, NOON)


def test_a_phone_without_a_name_is_no_donor(store: SqlStore) -> None:
    command = intake.ReceiveDevice(
        device=intake.NewDevice(kind="laptop"), donor=Donor("", phone="0912345678")
    )

    refused(store, refusals.DonorWithoutName, intake.receive_device, command)


# ---- the bench ----


@pytest.fixture
def on_bench(store: SqlStore) -> str:
    """A laptop on the bench."""
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    return device


def test_work_is_recorded_at_the_bench_alone(store: SqlStore) -> None:
    device = life.receive(store)

    acts: list[tuple[Callable[..., object], Any]] = [
        (bench.enter_check, bench.EnterCheck(device=device, result=DONE)),
        (bench.record_work, bench.RecordWork(device=device, work="clean")),
        (bench.confirm_grade, bench.ConfirmGrade(device=device, grade="a")),
        (release.make_ready, release.MakeReady(device=device)),
        (bench.move_part, bench.MovePart(item=ITEM, out_of=device)),
    ]
    for use_case, command in acts:
        refused(store, refusals.NotInThisStage, use_case, command)


def test_what_is_on_the_bench_is_not_taken_there_again(store: SqlStore, on_bench: str) -> None:
    refused(store, refusals.NotInThisStage, bench.take_to_bench, on_bench)


def test_an_erasure_is_bound_to_a_disk(store: SqlStore, on_bench: str) -> None:
    nameless = bench.RecordErasure(
        device=on_bench, disk=e.DiskId(), method="overwrite", passed=True
    )
    refused(store, refusals.DiskNotNamed, bench.record_erasure, nameless)
    unknown = bench.RecordErasure(device=on_bench, disk=life.DISK, method="prayer", passed=True)
    refused(store, UnknownReference, bench.record_erasure, unknown)


def test_a_disk_leaves_for_somewhere(store: SqlStore, on_bench: str) -> None:
    lost = bench.RemoveStorage(device=on_bench, disk=life.DISK, destiny="who-knows")
    refused(store, UnknownReference, bench.remove_storage, lost)

    gone = bench.RemoveStorage(device=on_bench, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(gone, store, TECHNICIAN, NOON)

    known = store.device(on_bench)
    assert known is not None
    assert [disk.clean for disk in known.disks or ()] == [True]


@pytest.mark.parametrize(
    ("system", "licence"), [("templeos", "free-system"), ("xubuntu", "found-it")]
)
def test_a_system_has_a_name_and_a_right(
    store: SqlStore, on_bench: str, system: str, licence: str
) -> None:
    unknown = bench.RecordSystem(device=on_bench, system=system, licence=licence)

    refused(store, UnknownReference, bench.record_system, unknown)


def test_work_kit_and_grade_are_known_words(store: SqlStore, on_bench: str) -> None:
    acts: list[tuple[Callable[..., object], Any]] = [
        (bench.record_work, bench.RecordWork(device=on_bench, work="magic")),
        (bench.check_kit, bench.CheckKit(device=on_bench, present=("magic",))),
        (bench.confirm_grade, bench.ConfirmGrade(device=on_bench, grade="z")),
        (bench.confirm_grade, bench.ConfirmGrade(device=on_bench, grade="a", reason="lost")),
        (bench.put_on_hold, bench.PutOnHold(device=on_bench, reason="lost")),
        (bench.move_part, bench.MovePart(item="magic", out_of=on_bench)),
        (stock.retire, stock.Retire(device=on_bench, reason="cosmetic")),
    ]
    for use_case, command in acts:
        refused(store, UnknownReference, use_case, command)


def test_a_grade_away_from_the_measured_one_names_its_reason(
    store: SqlStore, on_bench: str
) -> None:
    command = bench.ConfirmGrade(device=on_bench, grade="a", reason="better-than-measured")

    graded = bench.confirm_grade(command, store, TECHNICIAN, NOON)

    assert isinstance(graded.said, e.Graded)
    assert graded.said.reason == "better-than-measured"


def test_a_hold_is_put_and_lifted_once(store: SqlStore, on_bench: str) -> None:
    hold = bench.PutOnHold(device=on_bench, reason="safety")

    refused(store, refusals.NotOnHold, bench.resume, on_bench)
    bench.put_on_hold(hold, store, CLERK, NOON)
    refused(store, refusals.AlreadyOnHold, bench.put_on_hold, hold)
    bench.resume(on_bench, store, CLERK, NOON)
    refused(store, refusals.NotOnHold, bench.resume, on_bench)


def test_what_is_retired_is_not_resumed(store: SqlStore, on_bench: str) -> None:
    bench.put_on_hold(bench.PutOnHold(device=on_bench, reason="safety"), store, CLERK, NOON)
    stock.retire(stock.Retire(device=on_bench, reason="safety"), store, TECHNICIAN, NOON)

    refused(store, refusals.NotInThisStage, bench.resume, on_bench)


def test_a_part_does_not_move_into_itself(store: SqlStore, on_bench: str) -> None:
    itself = bench.MovePart(item=ITEM, out_of=on_bench, into=on_bench)

    refused(store, refusals.SameDevice, bench.move_part, itself)
    refused(store, refusals.SameDevice, bench.move_part, bench.MovePart(item=ITEM))


def test_a_part_out_of_an_empty_box_is_refused(store: SqlStore, on_bench: str) -> None:
    fit = bench.MovePart(item=ITEM, into=on_bench)

    refused(store, refusals.NotInStock, bench.move_part, fit)
    stock.count_parts(ITEM, 1, store, TECHNICIAN, NOON)
    bench.move_part(fit, store, TECHNICIAN, NOON)
    refused(store, refusals.NotInStock, bench.move_part, fit)


def test_two_parts_of_one_work_need_two_in_stock(store: SqlStore, on_bench: str) -> None:
    stock.receive_parts(ITEM, 1, store, CLERK, NOON)
    work = bench.RecordWork(device=on_bench, work="add-memory", parts=(ITEM, ITEM))

    refused(store, refusals.NotInStock, bench.record_work, work)


def test_a_retired_device_still_gives_its_parts(store: SqlStore, on_bench: str) -> None:
    stock.retire(stock.Retire(device=on_bench, reason="harvested"), store, TECHNICIAN, NOON)

    bench.move_part(bench.MovePart(item=ITEM, out_of=on_bench), store, TECHNICIAN, NOON)

    (parts,) = store.parts()
    assert (parts.code, parts.quantity) == (ITEM, 1)


def test_a_report_of_an_unreadable_machine_says_what_it_knows(
    store: SqlStore, on_bench: str
) -> None:
    command = bench.RecordChecks(
        device=on_bench,
        report=b"u" * 32,
        machine=life.machine(serial="Máy số 5", disk="\0"),
        results=(),
        policy="judge-2021-09-10",
    )

    recorded = bench.record_checks(command, store, TECHNICIAN, NOON)

    assert isinstance(recorded.said, e.ChecksRecorded)
    assert recorded.said.machine.serial is None
    assert [disk.serial for disk in recorded.said.machine.disks or ()] == [None]


# ---- what is learnt of a device that passed the gate ----


def spoil_by_lock(store: SqlStore, device: str) -> None:
    locked = intake.Describe(device=device, locks=("google-account",))
    intake.describe(locked, store, CLERK, NOON)


def spoil_by_kit(store: SqlStore, device: str) -> None:
    bench.check_kit(bench.CheckKit(device=device, present=()), store, GIVER, NOON)


def spoil_by_correction(store: SqlStore, device: str) -> None:
    erased = next(
        row.event for row in store.timeline(device) if row.event.header.kind == "StorageErased"
    )
    wrong = correction.Correct(event=erased.hash, fields={"passed": False}, reason="wrong-device")
    correction.correct(wrong, store, LEAD, NOON)


def spoil_by_serial(store: SqlStore, device: str) -> None:
    intake.describe(intake.Describe(device=device, serial="OTHER"), store, CLERK, NOON)


SPOILS = [spoil_by_lock, spoil_by_kit, spoil_by_correction, spoil_by_serial]


@pytest.mark.parametrize("spoil", SPOILS)
def test_what_opens_the_gate_again_stops_the_reservation(
    store: SqlStore, spoil: Callable[[SqlStore, str], None]
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    spoil(store, device)

    refused(
        store, refusals.NotReleased, handover.reserve, handover.Reserve(device=device, case=case)
    )


@pytest.mark.parametrize("spoil", SPOILS)
def test_what_opens_the_gate_again_stops_the_handover(
    store: SqlStore, spoil: Callable[[SqlStore, str], None]
) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    spoil(store, device)

    given = handover.HandOver(device=device, case=case)
    refused(store, refusals.NotReleased, handover.hand_over, given)
    batch = handover.HandOverBatch(school="truong-th-go-dau", devices=(device,))
    refused(store, refusals.NotReleased, handover.hand_over_batch, batch)


def test_a_device_is_not_made_ready_as_something_simpler(store: SqlStore) -> None:
    device = life.receive(store, kind="monitor", serial="M1", serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.try_by_hand(store, device, "phys.visual", "dsp.pixels")
    kit = bench.CheckKit(device=device, present=("power-cord", "video-cable"))
    bench.check_kit(kit, store, TECHNICIAN, NOON)
    bench.confirm_grade(bench.ConfirmGrade(device=device, grade="a"), store, TECHNICIAN, NOON)
    life.make_ready(store, device)
    intake.describe(intake.Describe(device=device, kind="laptop"), store, CLERK, NOON)

    kept = handover.Reserve(device=device, case=life.enter_case(store))
    refused(store, refusals.NotReleased, handover.reserve, kept)


# ---- sets ----


def test_a_set_is_a_computer_and_what_stands_alone(store: SqlStore) -> None:
    head, other = life.receive(store, kind="desktop"), life.receive(store, kind="desktop")
    monitor, second = life.receive(store, kind="monitor"), life.receive(store, kind="monitor")
    sets.join_set(sets.JoinSet(head=head, member=monitor), store, CLERK, NOON)

    def join(h: str, m: str, refusal: type[Exception]) -> None:
        refused(store, refusal, sets.join_set, sets.JoinSet(head=h, member=m))

    join(head, head, refusals.SameDevice)
    join(other, monitor, refusals.PartOfSet)
    join(other, head, refusals.HeadsSet)
    join(monitor, second, refusals.PartOfSet)
    join(second, other, refusals.CannotHeadSet)
    refused(store, refusals.NotInSet, sets.part_set, other)
    refused(store, refusals.PartOfSet, stock.retire, stock.Retire(device=monitor, reason="lost"))
    refused(store, refusals.HeadsSet, stock.retire, stock.Retire(device=head, reason="lost"))
    sets.part_set(monitor, store, CLERK, NOON)
    stock.retire(stock.Retire(device=monitor, reason="lost"), store, TECHNICIAN, NOON)


# ---- cases ----


def test_a_case_is_entered_once_under_its_own_code(store: SqlStore) -> None:
    sent = handover.EnterCase(level="primary", pupil=Pupil("An"), code=NO_CASE)

    handover.enter_case(sent, store, GIVER, NOON)

    refused(store, refusals.CaseInUse, handover.enter_case, sent)
    device = handover.EnterCase(level="primary", pupil=Pupil("An"), code=NOBODY)
    refused(store, (refusals.CaseInUse, BadCode), handover.enter_case, device)  # type: ignore[arg-type]  # either


@pytest.mark.parametrize(
    "words", [{"level": "kindergarten"}, {"school": "nowhere"}, {"unit": "0"}, {"wants": "robot"}]
)
def test_a_case_speaks_in_known_words(store: SqlStore, words: dict[str, str]) -> None:
    command = handover.EnterCase(**{"level": "primary", "pupil": Pupil("An")} | words)  # type: ignore[arg-type]  # mixed

    refused(store, UnknownReference, handover.enter_case, command)


def test_a_device_goes_to_the_pupil_it_is_kept_for(store: SqlStore) -> None:
    device, case, other = life.ready_laptop(store), life.enter_case(store), life.enter_case(store)
    wrong = handover.HandOver(device=device, case=other)

    refused(store, refusals.NotInThisStage, handover.hand_over, wrong)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    refused(store, refusals.WrongCase, handover.hand_over, wrong)
    unknown = handover.HandOver(device=device, case=NO_CASE)
    refused(store, refusals.UnknownCase, handover.hand_over, unknown)


def test_a_reservation_is_released_for_a_reason(store: SqlStore) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    free = handover.ReleaseReservation(device=device, reason="case-moved")

    refused(store, refusals.NotInThisStage, handover.release_reservation, free)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    whim = handover.ReleaseReservation(device=device, reason="lost")
    refused(store, UnknownReference, handover.release_reservation, whim)
    handover.release_reservation(free, store, GIVER, NOON)
    known = store.case(case)
    assert known is not None
    assert known.waiting


def test_a_batch_is_something_for_a_school(store: SqlStore) -> None:
    device = life.ready_laptop(store)

    def batch(refusal: type[Exception], school: str, *devices: str) -> None:
        command = handover.HandOverBatch(school=school, devices=devices)
        refused(store, refusal, handover.hand_over_batch, command)

    batch(refusals.NothingToRecord, "truong-th-go-dau")
    batch(refusals.WrongCase, "truong-th-go-dau", device)
    handover.reserve(
        handover.Reserve(device=device, case=life.enter_case(store)), store, GIVER, NOON
    )
    batch(UnknownReference, "nowhere", device)
    batch(refusals.UnknownDevice, "truong-th-go-dau", device, NOBODY)


def test_a_line_is_confirmed_at_a_school_alone(store: SqlStore) -> None:
    device = life.ready_laptop(store)

    signed = handover.ConfirmHandover(device=device, result="signed")
    refused(store, refusals.NotInThisStage, handover.confirm_handover, signed)
    unknown = handover.ConfirmHandover(device=device, result="eaten")
    refused(store, UnknownReference, handover.confirm_handover, unknown)


# ---- coming back ----


def given(store: SqlStore) -> tuple[str, str]:
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device, case


def test_only_what_was_given_comes_back(store: SqlStore) -> None:
    device = life.receive(store)

    back = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    refused(store, refusals.NotInThisStage, returns.take_back_for_repair, back)
    refused(store, refusals.NotInThisStage, returns.give_back, returns.GiveBack(device=device))
    home = returns.ReturnToStock(device=device, reason="left-school")
    refused(store, refusals.NotInThisStage, returns.return_to_stock, home)


def test_what_comes_back_names_its_reason(store: SqlStore) -> None:
    device, _ = given(store)

    back = returns.TakeBackForRepair(device=device, reason="left-school")
    refused(store, UnknownReference, returns.take_back_for_repair, back)
    home = returns.ReturnToStock(device=device, reason="broke-in-use")
    refused(store, UnknownReference, returns.return_to_stock, home)


def test_a_device_on_hold_is_not_given_back(store: SqlStore) -> None:
    device, _ = given(store)
    back = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(back, store, CLERK, NOON)
    bench.put_on_hold(bench.PutOnHold(device=device, reason="safety"), store, CLERK, NOON)

    refused(store, refusals.OnHold, returns.give_back, returns.GiveBack(device=device))


def test_one_device_of_a_set_in_repair_keeps_the_case_in_repair(store: SqlStore) -> None:
    head, member = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=member), store, CLERK, NOON)
    case = life.enter_case(store)
    handover.reserve(handover.Reserve(device=head, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=head, case=case), store, GIVER, NOON)
    for device in (head, member):
        back = returns.TakeBackForRepair(device=device, reason="broke-in-use")
        returns.take_back_for_repair(back, store, CLERK, NOON)
    returns.give_back(returns.GiveBack(device=member), store, GIVER, NOON)

    known = store.case(case)
    assert known is not None
    assert known.in_repair


# ---- travelling, counting, correcting ----


def test_a_device_travels_there_and_back(store: SqlStore) -> None:
    device = life.receive(store)
    away = transfer.Send(device=device, place="point-011")

    refused(store, UnknownReference, transfer.send, transfer.Send(device=device, place="the-moon"))
    here = transfer.Send(device=device, place="point-012")
    refused(store, refusals.NotFromHere, transfer.send, here)
    home = transfer.Arrive(device=device, place="point-011")
    refused(store, refusals.NotInThisStage, transfer.arrive, home)
    transfer.send(away, store, CLERK, NOON)
    refused(store, refusals.NotInThisStage, transfer.send, away)
    transfer.arrive(home, store, CLERK, NOON)
    known = store.device(device)
    assert known is not None
    assert known.place == "point-012"


def test_a_count_is_a_number_of_something(store: SqlStore) -> None:
    for count in (0, -1, 10_000_000):
        refused(store, refusals.Refusal, stock.receive_parts, ITEM, count)
    for quantity in (-1, 10_000_000):
        refused(store, refusals.Refusal, stock.count_parts, ITEM, quantity)
    refused(store, UnknownReference, stock.receive_parts, "magic", 1)
    refused(store, UnknownReference, stock.count_parts, "magic", 1)
    refused(store, refusals.NotYourRole, stock.receive_parts, ITEM, 1, GIVER)
    refused(store, refusals.NotYourRole, stock.count_parts, ITEM, 1, CLERK)
    stock.count_parts(ITEM, 0, store, TECHNICIAN, NOON)


def test_a_stocktake_sees_a_device_or_not(store: SqlStore) -> None:
    device = life.receive(store)

    seen = stock.count_device(device, store, CLERK, NOON, found=False)

    assert isinstance(seen.said, e.Counted)
    assert not seen.said.found
    stock.retire(stock.Retire(device=device, reason="lost"), store, TECHNICIAN, NOON)
    with pytest.raises(refusals.NotInThisStage):
        stock.count_device(device, store, CLERK, NOON, found=True)


def test_only_what_somebody_typed_is_corrected(store: SqlStore) -> None:
    device = life.receive(store)
    received = store.timeline(device)[0].event
    taken = bench.take_to_bench(device, store, TECHNICIAN, NOON)

    def correct(refusal: type[Exception], event: bytes, fields: Any, reason: str) -> None:
        command = correction.Correct(event=event, fields=fields, reason=reason)
        refused(store, refusal, correction.correct, command)

    correct(refusals.UnknownEvent, b"?" * 32, {"kind": "aio"}, "mistyped")
    correct(refusals.CorrectionNotAllowed, taken.hash, {"by": "op.other"}, "mistyped")
    correct(refusals.CorrectionNotAllowed, received.hash, {"donor": None}, "mistyped")
    correct(refusals.CorrectionNotAllowed, received.hash, {}, "mistyped")
    correct(refusals.InvalidCorrection, received.hash, {"kind": "Máy tính"}, "mistyped")
    correct(refusals.InvalidCorrection, received.hash, {"kind": 7}, "mistyped")
    correct(UnknownReference, received.hash, {"kind": "aio"}, "lost")


def test_two_corrections_of_one_event_both_hold(either_store: SqlStore) -> None:
    store = either_store
    device = life.receive(store, kind="desktop", condition="good")
    received = store.timeline(device)[0].event.hash
    for fields in ({"kind": "laptop"}, {"condition": "scratched"}):
        command = correction.Correct(event=received, fields=fields, reason="mistyped")
        correction.correct(command, store, LEAD, NOON)

    known = store.device(device)
    assert known is not None
    assert (known.kind, known.condition) == ("laptop", "scratched")


@pytest.mark.parametrize("words", ["Máy của cô Hòa", "0912345678", "x" * 65, "<b>"])
def test_a_maker_is_a_word_an_event_may_say(store: SqlStore, words: str) -> None:
    refused(store, BadText, intake.receive_device, new(maker=words))
