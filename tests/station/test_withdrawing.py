"""An act is taken back: the device stands as before, and both entries stay in the ledger."""

from collections.abc import Callable
from io import BytesIO

import pytest
from msgspec import structs
from PIL import Image

from station import (
    bench,
    calling,
    handover,
    inbox,
    intake,
    labelling,
    paperwork,
    refusals,
    release,
    releasing,
    returns,
    sets,
    stock,
    transfer,
)
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Device
from station.labelled import ItemRole
from station.operators import Operator
from station.store import upkeep
from station.store.store import SqlStore
from station.withdrawing import Withdraw, withdraw
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "gray").save(file, "JPEG")
    return file.getvalue()


Prepared = Callable[[SqlStore], str]
Doing = Callable[[SqlStore, str], e.Event]


def received(store: SqlStore) -> str:
    return life.receive(store, serial="8XK2F32", serial_known_by="second-scan")


def on_bench(store: SqlStore) -> str:
    code = received(store)
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code


def given(store: SqlStore) -> str:
    code, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=code, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=code, case=case), store, GIVER, NOON)
    return code


def in_repair(store: SqlStore) -> str:
    code = given(store)
    taken_back(store, code)
    return code


def taken_back(store: SqlStore, code: str) -> e.Event:
    command = returns.TakeBackForRepair(device=code, reason="broke-in-use", note="Màn hình vỡ")
    return returns.take_back_for_repair(command, store, CLERK, NOON)


def returned(store: SqlStore, code: str) -> e.Event:
    command = returns.ReturnToStock(device=code, reason="no-longer-needed")
    return returns.return_to_stock(command, store, GIVER, NOON)


def shelved(store: SqlStore, code: str) -> e.Event:
    shelf = labelling.LabelItem(role=ItemRole.SHELF, name="A3")
    on = labelling.label_item(shelf, store, CLERK, NOON).header.subject
    return labelling.put_on_shelf(labelling.PutOnShelf(device=code, shelf=on), store, CLERK, NOON)


def worked_on(store: SqlStore, code: str) -> e.Event:
    stock.receive_parts("ram-ddr3-4gb", 2, store, TECHNICIAN, NOON)
    found = e.DefectFound(defect="dent", zone="lid", severity="minor")
    with store.transaction(TECHNICIAN, NOON) as work:
        work.record(code, found)
    gone = e.DefectGone(defect="dent", zone="lid")
    done = bench.RecordWork(device=code, work="add-memory", parts=("ram-ddr3-4gb",), mends=(gone,))
    return bench.record_work(done, store, TECHNICIAN, NOON)


def sent(store: SqlStore) -> str:
    code = received(store)
    transfer.send(transfer.Send(device=code, place="point-013"), store, CLERK, NOON)
    return code


def tried(store: SqlStore, code: str) -> e.Event:
    command = bench.EnterCheck(device=code, result=CheckResult("phys.visual", Outcome.FAIL))
    return bench.enter_check(command, store, TECHNICIAN, NOON)


ACTS: dict[str, tuple[Prepared, Doing, Operator]] = {
    "taken to the bench": (
        received,
        lambda s, code: bench.take_to_bench(code, s, TECHNICIAN, NOON),
        TECHNICIAN,
    ),
    "taken over": (on_bench, lambda s, code: bench.take_over(code, s, LEAD, NOON), TECHNICIAN),
    "checked by hand": (on_bench, tried, TECHNICIAN),
    "graded": (
        on_bench,
        lambda s, code: bench.confirm_grade(
            bench.ConfirmGrade(device=code, grade="b"), s, TECHNICIAN, NOON
        ),
        TECHNICIAN,
    ),
    "checked for its kit": (
        on_bench,
        lambda s, code: bench.check_kit(
            bench.CheckKit(device=code, present=("charger",)), s, TECHNICIAN, NOON
        ),
        TECHNICIAN,
    ),
    "not found at a stocktake": (
        given,
        lambda s, code: stock.count_device(code, s, GIVER, NOON, found=False),
        GIVER,
    ),
    "planned a call of": (
        received,
        lambda s, code: calling.plan_call(
            calling.PlanCall(code=code, about="lock"), s, CLERK, NOON
        ),
        CLERK,
    ),
    "arrived": (
        sent,
        lambda s, code: transfer.arrive(
            transfer.Arrive(device=code, place="point-013"), s, CLERK, NOON
        )[0],
        CLERK,
    ),
    "noted": (given, lambda s, code: bench.write_note(code, "Nhầm máy", s, CLERK, NOON), CLERK),
    "photographed": (
        given,
        lambda s, code: releasing.take_photo(
            releasing.TakePhoto(device=code, photo=photo()), s, TECHNICIAN, NOON
        ),
        TECHNICIAN,
    ),
    "put on a first shelf": (received, shelved, CLERK),
    "retired": (
        on_bench,
        lambda s, code: stock.retire(
            stock.Retire(device=code, reason="not-worth-repair"), s, TECHNICIAN, NOON
        ),
        TECHNICIAN,
    ),
    "taken back for repair": (given, taken_back, CLERK),
    "given back": (
        in_repair,
        lambda s, code: returns.give_back(returns.GiveBack(device=code), s, GIVER, NOON),
        GIVER,
    ),
    "returned to stock": (given, returned, GIVER),
}


def device_of(store: SqlStore, code: str) -> Device:
    """Without what counts the events."""
    found = store.device(code)
    assert found is not None
    return structs.replace(found, count=0, last=b"")


@pytest.mark.parametrize("name", ACTS)
def test_what_is_taken_back_leaves_everything_as_before(store: SqlStore, name: str) -> None:
    prepare, do, who = ACTS[name]
    code = prepare(store)
    before, case = device_of(store, code), store.device(code)
    of_case = store.case(case.case) if case and case.case else None

    done = do(store, code)
    (back,) = withdraw(Withdraw(events=(done.hash,)), store, who, NOON)

    assert device_of(store, code) == before
    if of_case is not None:
        now = store.case(of_case.code)
        assert now is not None
        assert (now.devices, now.given, now.in_repair) == (
            of_case.devices,
            of_case.given,
            of_case.in_repair,
        )
    told = {row.event.hash: row for row in store.timeline(code)}
    assert told[done.hash].withdrawn
    assert not told[back.hash].withdrawn
    with pytest.raises(refusals.WithdrawnBefore):
        withdraw(Withdraw(events=(done.hash,)), store, who, NOON)
    with store.engine.connect() as connection:
        kept = upkeep.fingerprint(connection)
    upkeep.rebuild(store.engine)
    with store.engine.connect() as connection:
        assert upkeep.fingerprint(connection) == kept


def test_work_goes_back_with_its_part_and_the_defect_it_mended(store: SqlStore) -> None:
    code = on_bench(store)

    done = worked_on(store, code)
    withdraw(Withdraw(events=(done.hash,)), store, TECHNICIAN, NOON)

    device = device_of(store, code)
    assert (device.fitted, [one.defect for one in device.defects]) == ((), ["dent"])
    assert [(p.item, p.quantity) for p in store.parts()] == [("ram-ddr3-4gb", 2)]


def test_a_release_is_taken_back_before_anybody_is_promised_it(store: SqlStore) -> None:
    code = on_bench(store)
    life.measure(store, code)
    life.try_by_hand(store, code)
    life.erase_and_install(store, code)
    life.complete(store, code)
    before = device_of(store, code)
    ready = release.make_ready(release.MakeReady(device=code), store, TECHNICIAN, NOON)

    withdraw(Withdraw(events=(ready.hash,)), store, TECHNICIAN, NOON)

    assert device_of(store, code) == before


def test_half_of_a_given_set_that_was_returned_by_mistake_is_of_its_set_again(
    store: SqlStore,
) -> None:
    code = given(store)
    beside = life.receive(store, kind="monitor", serial="M1")
    with store.transaction(LEAD, NOON) as work:  # as a set that was given whole
        case = work.device(code).case_code()
        work.record(beside, e.Joined(head=code))
        work.record(beside, e.HandedOver(to="pupil", case=case))
    before = device_of(store, code), device_of(store, beside)

    done = returned(store, code)
    assert device_of(store, beside).head is None
    withdraw(Withdraw(events=(done.hash,), reason="mistyped"), store, GIVER, NOON)

    assert (device_of(store, code), device_of(store, beside)) == before


def test_nothing_is_taken_back_that_something_was_built_on(store: SqlStore) -> None:
    code = received(store)
    taken = bench.take_to_bench(code, store, TECHNICIAN, NOON)
    tried(store, code)
    with pytest.raises(refusals.ActedSince):
        withdraw(Withdraw(events=(taken.hash,)), store, TECHNICIAN, NOON)

    taken = releasing.take_photo(
        releasing.TakePhoto(device=code, photo=photo()), store, TECHNICIAN, NOON
    )
    hash_ = next(said.photo for said in [taken.said] if isinstance(said, e.PhotoTaken))
    released = releasing.ReleaseAttachment(device=code, attachment=hash_, use="photo")
    releasing.release_attachment(released, store, TECHNICIAN, NOON)
    with pytest.raises(refusals.ActedSince):
        withdraw(Withdraw(events=(taken.hash,)), store, TECHNICIAN, NOON)


def test_a_pupil_who_was_promised_another_keeps_only_that(store: SqlStore) -> None:
    code = given(store)
    case = device_of(store, code).case_code()
    done = returned(store, code)
    other = life.ready_laptop(store, "OTHER1")
    handover.reserve(handover.Reserve(device=other, case=case), store, GIVER, NOON)

    with pytest.raises(refusals.CaseHasDevice):
        withdraw(Withdraw(events=(done.hash,)), store, GIVER, NOON)


def test_only_whose_work_it_is_takes_it_back_and_what_a_disk_was_is_corrected(
    store: SqlStore,
) -> None:
    code = received(store)
    taken = bench.take_to_bench(code, store, TECHNICIAN, NOON)
    with pytest.raises(refusals.NotYourRole):
        withdraw(Withdraw(events=(taken.hash,)), store, CLERK, NOON)

    life.measure(store, code)
    seen = store.timeline(code)[-1].event
    with pytest.raises(refusals.NotWithdrawable):
        withdraw(Withdraw(events=(seen.hash,)), store, LEAD, NOON)


def test_a_set_is_still_joined_and_parted_by_scan(store: SqlStore) -> None:
    head, member = received(store), life.receive(store, kind="monitor", serial="M1")
    sets.join_set(sets.JoinSet(head=head, member=member), store, CLERK, NOON)
    taken = bench.take_to_bench(head, store, TECHNICIAN, NOON)

    withdraw(Withdraw(events=(taken.hash,)), store, TECHNICIAN, NOON)

    assert device_of(store, head).members == (member,)


def undo(store: SqlStore, act: e.Event, who: Operator) -> None:
    withdraw(Withdraw(events=(act.hash,)), store, who, NOON)


def test_a_part_that_was_put_into_the_kit_goes_back_into_its_box(store: SqlStore) -> None:
    code = on_bench(store)
    stock.receive_parts("charger-65w", 1, store, TECHNICIAN, NOON)
    kit = bench.CheckKit(device=code, present=("charger",), parts=("charger-65w",))

    undo(store, bench.check_kit(kit, store, TECHNICIAN, NOON), TECHNICIAN)

    assert [(p.item, p.quantity) for p in store.parts()] == [("charger-65w", 1)]
    assert device_of(store, code).kit_missing is None


def test_what_came_in_and_what_was_counted_by_mistake_leave_the_books_as_they_were(
    store: SqlStore,
) -> None:
    stock.receive_parts("ram-ddr3-4gb", 2, store, TECHNICIAN, NOON)
    counted = stock.count_parts("ram-ddr3-4gb", 50, store, TECHNICIAN, NOON)
    came = stock.receive_parts("ram-ddr3-4gb", 7, store, TECHNICIAN, NOON)

    undo(store, counted, TECHNICIAN)
    undo(store, came, TECHNICIAN)

    assert [(p.item, p.quantity) for p in store.parts()] == [("ram-ddr3-4gb", 2)]


def test_a_report_that_was_dismissed_by_mistake_waits_again(either_store: SqlStore) -> None:
    store, report = either_store, b"r" * 32
    command = inbox.DismissReport(report=report, reason="trial-run")
    undo(store, inbox.dismiss_report(command, store, TECHNICIAN, NOON), TECHNICIAN)

    assert store.named_reports([report]) == frozenset()
    inbox.dismiss_report(command, store, TECHNICIAN, NOON)
    assert store.named_reports([report]) == {report}


def test_a_signed_copy_of_another_paper_is_of_this_one_no_more(store: SqlStore) -> None:
    new = (paperwork.NewPaper(paper="intake-receipt", about=(received(store),)),)
    (paper,) = paperwork.make_papers(new, lambda _place, _code: b"{}", store, CLERK, NOON)
    scan = paperwork.AttachSignedCopy(code=paper.code, scan=b"%PDF-1", media="pdf")

    undo(store, paperwork.attach_signed_copy(scan, store, CLERK, NOON), CLERK)

    kept = store.paper(paper.code)
    assert kept is not None
    assert kept.signed == ()
    paperwork.attach_signed_copy(scan, store, CLERK, NOON)  # it was its own after all


def test_what_was_turned_away_by_mistake_was_not_turned_away(store: SqlStore) -> None:
    turned = intake.RefuseItem(kind="monitor", reason="too-old", count=3)
    act = intake.refuse_item(turned, store, CLERK, NOON)

    undo(store, act, CLERK)

    (row, _back) = store.timeline(act.header.subject)
    assert row.withdrawn


def test_a_case_that_was_entered_by_mistake_waits_no_more_unless_a_device_is_kept_for_it(
    store: SqlStore,
) -> None:
    code, other = life.enter_case(store), life.enter_case(store, "Lê Thị Hoa")
    device = life.ready_laptop(store)
    handover.reserve(handover.Reserve(device=device, case=other), store, GIVER, NOON)

    undo(store, store.timeline(code)[0].event, GIVER)

    assert store.cases(waiting=True) == ()
    with pytest.raises(refusals.UnknownCase):
        handover.reserve(handover.Reserve(device=device, case=code), store, GIVER, NOON)
    with pytest.raises(refusals.ActedSince):
        undo(store, store.timeline(other)[0].event, GIVER)


def test_a_shelf_that_was_named_wrongly_is_none_as_long_as_nothing_lay_on_it(
    store: SqlStore,
) -> None:
    named = labelling.LabelItem(role=ItemRole.SHELF, name="A33")
    wrong = labelling.label_item(named, store, CLERK, NOON)
    on = shelved(store, received(store))

    undo(store, wrong, CLERK)

    (kept,) = store.shelves()
    with pytest.raises(refusals.ActedSince):
        undo(store, store.timeline(kept.code)[0].event, CLERK)
    undo(store, on, CLERK)
    undo(store, store.timeline(kept.code)[0].event, CLERK)
    assert store.shelves() == ()
