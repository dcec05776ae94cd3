"""Packing, direct gifts and batches: what may be recorded, and the way back of each act."""

import pytest

from station import batches, direct_gifts, handover, packing, refusals
from station import events as e
from station.batches import AddToBatch, ConfirmBatch, HomeLine
from station.device import Device, Stage
from station.people import Donor, Pupil
from station.store import upkeep
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON

SCHOOL = "truong-th-go-dau"


def case_of(store: SqlStore, name: str = "An") -> str:
    command = handover.EnterCase(level="primary", school=SCHOOL, pupil=Pupil(name=name))
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def kept(store: SqlStore, serial: str = "S1") -> tuple[str, str]:
    device, case = life.ready_laptop(store, serial), case_of(store, serial)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device, case


def batch_of(store: SqlStore, *serials: str) -> tuple[str, list[str]]:
    devices = [kept(store, serial)[0] for serial in serials]
    command = handover.HandOverBatch(school=SCHOOL, devices=tuple(devices))
    return handover.hand_over_batch(command, store, GIVER, NOON).batch, devices


def device_of(store: SqlStore, code: str) -> Device:
    found = store.device(code)
    assert found is not None
    return found


def case_now(store: SqlStore, code: str) -> tuple[tuple[str, ...], bool]:
    """Its devices, and whether it counts as given."""
    case = store.case(code)
    assert case is not None
    return case.devices, case.given


def test_a_device_is_packed_once_and_unpacked_and_a_freed_one_is_loose(store: SqlStore) -> None:
    device, _case = kept(store)

    packing.pack(packing.Pack(device=device), store, GIVER, NOON)
    assert device_of(store, device).packed
    with pytest.raises(refusals.PackedBefore):
        packing.pack(packing.Pack(device=device), store, GIVER, NOON)
    packing.unpack(device, store, GIVER, NOON)
    with pytest.raises(refusals.NotPackedYet):
        packing.unpack(device, store, GIVER, NOON)

    packing.pack(packing.Pack(device=device), store, GIVER, NOON)
    freed = handover.ReleaseReservation(device=device, reason="better-match")
    handover.release_reservation(freed, store, GIVER, NOON)
    assert not device_of(store, device).packed


def test_a_direct_gift_is_refused_to_another_case_until_the_lead_releases_it(
    store: SqlStore,
) -> None:
    device, chosen, other = life.ready_laptop(store), case_of(store), case_of(store)
    direct_gifts.promise(direct_gifts.Promise(device=device, case=chosen), store, CLERK, NOON)

    with pytest.raises(refusals.PromisedToOther):
        handover.reserve(handover.Reserve(device=device, case=other), store, GIVER, NOON)
    release = direct_gifts.ReleasePromise(device=device, reason="case-withdrawn")
    with pytest.raises(refusals.NotYourRole):
        direct_gifts.release_promise(release, store, GIVER, NOON)
    direct_gifts.release_promise(release, store, LEAD, NOON)

    handover.reserve(handover.Reserve(device=device, case=other), store, GIVER, NOON)
    known = store.case(chosen)
    assert known is not None
    assert known.gifts == ()


def test_a_direct_gift_past_the_point_is_given_and_unchecked_and_its_entry_can_be_taken_back(
    store: SqlStore,
) -> None:
    case = case_of(store)
    gift = direct_gifts.GiveDirectly(
        kind="tablet", case=case, donor=Donor(name="Anh Ba"), maker="Samsung", serial="R52N"
    )

    code = direct_gifts.give_directly(gift, store, GIVER, NOON).header.subject

    given = device_of(store, code)
    assert (given.stage, given.unchecked, given.case) == (Stage.HANDED_OVER, True, case)
    assert not given.needs_label
    assert case_now(store, case) == ((code,), True)
    with pytest.raises(refusals.CaseHasDevice):
        direct_gifts.give_directly(
            direct_gifts.GiveDirectly(kind="laptop", case=case), store, GIVER, NOON
        )

    direct_gifts.withdraw_gift(code, store, GIVER, NOON)
    assert case_now(store, case) == ((), False)
    assert device_of(store, code).mistaken


def test_a_hand_over_that_did_not_happen_leaves_the_device_kept_and_packed_for_its_pupil(
    store: SqlStore,
) -> None:
    device, case = kept(store)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)

    batches.withdraw_handover((device,), store, GIVER, NOON)

    again = device_of(store, device)
    assert (again.stage, again.case, again.place) == (Stage.RESERVED, case, "point-012")
    assert case_now(store, case) == ((device,), False)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    assert case_now(store, case) == ((device,), True)


def test_a_batch_is_confirmed_in_one_step_and_what_came_home_lies_at_the_point(
    store: SqlStore,
) -> None:
    batch, (first, second, third) = batch_of(store, "S1", "S2", "S3")

    command = ConfirmBatch(batch=batch, signed=(first, second), home=(HomeLine(third, "absent"),))
    batches.confirm_batch(command, store, GIVER, NOON)

    assert [device_of(store, d).stage for d in (first, second)] == [Stage.HANDED_OVER] * 2
    home = device_of(store, third)
    assert (home.stage, home.undelivered, home.undelivered_on, home.place) == (
        Stage.WITH_SCHOOL,
        "absent",
        NOON.day,
        "point-012",
    )

    batches.reopen_lines((first, second, third), store, GIVER, NOON)
    lines = [device_of(store, device) for device in (first, second, third)]
    assert {(d.stage, d.undelivered, d.place) for d in lines} == {(Stage.WITH_SCHOOL, None, SCHOOL)}
    assert not case_now(store, lines[0].case_code())[1]


def test_a_batch_is_confirmed_whole_or_not_at_all(store: SqlStore) -> None:
    batch, (first,) = batch_of(store, "S1")
    other, (second,) = batch_of(store, "S2")

    with pytest.raises(refusals.NotInBatch):
        batches.confirm_batch(ConfirmBatch(batch=batch, signed=(first, second)), store, GIVER, NOON)
    with pytest.raises(refusals.GivenAndBroughtBack):
        batches.confirm_batch(
            ConfirmBatch(batch=other, home=(HomeLine(second, "signed"),)), store, GIVER, NOON
        )
    with pytest.raises(refusals.NothingToRecord):
        batches.confirm_batch(ConfirmBatch(batch=batch), store, GIVER, NOON)

    assert device_of(store, first).stage is Stage.WITH_SCHOOL


def test_a_line_that_somebody_else_said_meanwhile_is_not_signed_over(store: SqlStore) -> None:
    batch, (first, second) = batch_of(store, "S1", "S2")
    seen_before = ConfirmBatch(batch=batch, signed=(first, second))
    absent = handover.ConfirmHandover(device=first, result="absent")
    handover.confirm_handover(absent, store, GIVER, NOON)  # at the PC beside

    with pytest.raises(refusals.LineSaidSince, match=first):
        batches.confirm_batch(seen_before, store, GIVER, NOON)

    assert [device_of(store, d).stage for d in (first, second)] == [Stage.WITH_SCHOOL] * 2
    assert device_of(store, first).undelivered == "absent"


def test_a_device_goes_along_with_a_batch_after_all_and_another_did_not(store: SqlStore) -> None:
    batch, (first,) = batch_of(store, "S1")
    late, _case = kept(store, "S2")

    batches.add_to_batch(AddToBatch(batch=batch, devices=(late,)), store, GIVER, NOON)
    lot = store.lot(batch)
    assert lot is not None
    assert lot.devices == (first, late)

    batches.withdraw_handover((late,), store, GIVER, NOON)
    lot = store.lot(batch)
    assert lot is not None
    assert lot.devices == (first,)


def test_nothing_is_taken_back_once_something_came_after_it(store: SqlStore) -> None:
    batch, (device,) = batch_of(store, "S1")
    batches.confirm_batch(ConfirmBatch(batch=batch, signed=(device,)), store, GIVER, NOON)

    with pytest.raises(refusals.ActedSince):
        batches.withdraw_handover((device,), store, GIVER, NOON)
    batches.reopen_lines((device,), store, GIVER, NOON)
    with pytest.raises(refusals.ActedSince):
        batches.reopen_lines((device,), store, GIVER, NOON)


def test_what_giving_records_is_the_same_after_a_rebuild(either_store: SqlStore) -> None:
    store = either_store
    batch, devices = batch_of(store, "S1", "S2")
    batches.confirm_batch(
        ConfirmBatch(batch=batch, signed=tuple(devices[:1]), home=(HomeLine(devices[1]),)),
        store,
        GIVER,
        NOON,
    )
    batches.reopen_lines(devices, store, GIVER, NOON)
    case = case_of(store)
    gift = direct_gifts.GiveDirectly(kind="laptop", case=case, beside_another=True)
    code = direct_gifts.give_directly(gift, store, GIVER, NOON).header.subject
    direct_gifts.withdraw_gift(code, store, GIVER, NOON)
    with store.engine.connect() as connection:
        before = upkeep.fingerprint(connection)

    upkeep.rebuild(store.engine)

    with store.engine.connect() as connection:
        assert upkeep.fingerprint(connection) == before
    assert isinstance(store.timeline(code)[-1].event.said, e.DirectGiftWithdrawn)
