"""Codes that are printed before what they will stand on comes."""

from pathlib import Path

import pytest

from station import codes, intake, labelling, refusals
from station import events as e
from station.codes import BadCode, CodeKind, make, parse
from station.labelled import ItemRole
from station.reference import UnknownReference
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, STATION, TECHNICIAN, new_store
from tests.station.test_newer_events import written
from tests.station.test_refusals import refused


def reserve(
    store: SqlStore, count: int, of: CodeKind = CodeKind.DEVICE, purpose: str = "roll"
) -> tuple[str, ...]:
    command = labelling.ReserveCodes(of=of, count=count, purpose=purpose)
    return labelling.reserve_codes(command, store, CLERK, NOON)


def test_a_roll_of_labels_is_set_aside_in_one_event_and_given_out_once(
    either_store: SqlStore,
) -> None:
    store = either_store
    first = life.receive(store)
    before = store.standing().seq

    roll = reserve(store, 30)

    assert store.standing().seq == before + 1
    assert [parse(code).number for code in roll] == list(range(2, 32))
    after = [life.receive(store) for _ in range(3)]
    assert [parse(code).number for code in after] == [32, 33, 34]
    assert not {first, *after} & set(roll)
    assert verify(store.engine).sound


def test_a_label_of_the_roll_is_received_without_moving_the_numbers(
    either_store: SqlStore,
) -> None:
    store = either_store
    roll = reserve(store, 30)
    newest = store.standing().highest_number

    assert life.receive(store, code=roll[7]) == roll[7]

    assert store.standing().highest_number == newest == 30
    assert parse(life.receive(store)).number == 31
    assert store.count_unlabelled() == 1  # the label of the roll is on its device already
    (known,) = store.reserved(CodeKind.DEVICE)
    assert (known.first, known.count, known.unused, known.purpose) == (1, 30, 29, "roll")
    assert known.on == NOON.day
    assert known.codes == roll


def test_ranges_are_told_the_newest_first_and_by_kind(either_store: SqlStore) -> None:
    store = either_store
    reserve(store, 5)
    reserve(store, 8, purpose="power-cut")
    reserve(store, 2, CodeKind.LOT, "home-pickup")

    assert [known.count for known in store.reserved(CodeKind.DEVICE)] == [8, 5]
    assert [known.purpose for known in store.reserved(CodeKind.LOT)] == ["home-pickup"]
    assert store.reserved(CodeKind.PART) == ()


def test_a_form_of_a_power_cut_brings_its_own_codes(either_store: SqlStore) -> None:
    store = either_store
    (lot,) = reserve(store, 1, CodeKind.LOT, "power-cut")
    stuck = reserve(store, 2, purpose="power-cut")
    devices = tuple(intake.NewDevice(kind="laptop", code=code) for code in stuck)
    command = intake.ReceiveLot(devices=devices, donor=life.HOA, lot=lot)

    came = intake.receive_lot(command, store, CLERK, NOON)

    assert (came.lot, came.devices) == (lot, stuck)
    assert store.reserved(CodeKind.LOT)[0].unused == 0
    assert store.reserved(CodeKind.DEVICE)[0].unused == 0
    refused(store, refusals.CodeInUse, intake.receive_lot, command)
    assert verify(store.engine).sound


def test_a_lots_code_must_be_one_of_this_point(store: SqlStore) -> None:
    devices = (intake.NewDevice(kind="laptop"),)
    for wrong in (make(CodeKind.LOT, 13, 5), make(CodeKind.DEVICE, STATION, 5)):
        command = intake.ReceiveLot(devices=devices, lot=wrong)
        refused(store, refusals.NotOurCode, intake.receive_lot, command)
    junk = intake.ReceiveLot(devices=devices, lot="L1")
    refused(store, BadCode, intake.receive_lot, junk)


def test_the_code_of_what_was_turned_away_is_no_free_lot(store: SqlStore) -> None:
    refusal = intake.RefuseItem(kind="laptop", reason="too-old")
    turned_away = intake.refuse_item(refusal, store, CLERK, NOON).header.subject
    command = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),), lot=turned_away)

    refused(store, refusals.CodeInUse, intake.receive_lot, command)


def test_parts_get_labels_of_a_roll_too(either_store: SqlStore) -> None:
    store = either_store
    roll = reserve(store, 3, CodeKind.PART)
    command = labelling.LabelItem(role=ItemRole.PART, item="ssd-120gb", code=roll[1])

    assert labelling.label_item(command, store, CLERK, NOON).header.subject == roll[1]

    refused(store, refusals.CodeInUse, labelling.label_item, command)
    free = labelling.LabelItem(role=ItemRole.PART, item="ssd-120gb")
    assert labelling.label_item(free, store, CLERK, NOON).header.subject not in roll
    assert store.reserved(CodeKind.PART)[0].unused == 2


@pytest.mark.parametrize("count", [0, -1, 5_001, 10**9])
def test_a_count_that_no_roll_has_is_refused(store: SqlStore, count: int) -> None:
    command = labelling.ReserveCodes(of=CodeKind.DEVICE, count=count, purpose="roll")

    refused(store, refusals.ImpossibleCount, labelling.reserve_codes, command)


def test_only_some_kinds_for_known_purposes_are_set_aside_by_intake(store: SqlStore) -> None:
    def command(**fields: object) -> labelling.ReserveCodes:
        known: dict[str, object] = {"of": CodeKind.DEVICE, "count": 5, "purpose": "roll"}
        return labelling.ReserveCodes(**known | fields)  # type: ignore[arg-type]

    reserve_codes = labelling.reserve_codes
    for kind in (CodeKind.CASE, CodeKind.PAPER, CodeKind.PAIRING, CodeKind.OFFER):
        refused(store, refusals.NotSetAside, reserve_codes, command(of=kind))
    refused(store, UnknownReference, reserve_codes, command(purpose="fun"))
    refused(store, refusals.NotYourRole, reserve_codes, command(), TECHNICIAN)


def test_five_thousand_at_once_are_the_most(store: SqlStore) -> None:
    roll = reserve(store, 5_000)

    assert len(set(roll)) == 5_000
    assert store.reserved(CodeKind.DEVICE)[0].unused == 5_000


def test_a_point_without_numbers_sets_nothing_aside(store: SqlStore) -> None:
    upkeep.start_chain(store.engine, LEAD, NOON, printed=989_990, reason="restored")
    assert len(reserve(store, 9)) == 9

    command = labelling.ReserveCodes(of=CodeKind.DEVICE, count=1, purpose="roll")
    refused(store, refusals.NumbersUsedUp, labelling.reserve_codes, command)


def test_labels_that_were_printed_elsewhere_are_not_set_aside_again(
    either_store: SqlStore,
) -> None:
    store = either_store
    strangers = [make(CodeKind.DEVICE, STATION, number) for number in (3, 12, 40)]
    for code in strangers:
        life.receive(store, code=code)

    assert parse(reserve(store, 20)[0]).number == 13  # a row of twenty fits behind the second
    rolls = {code for known in store.reserved(CodeKind.DEVICE) for code in known.codes}
    assert not rolls & set(strangers)
    assert verify(store.engine).sound


def test_a_restored_copy_gives_no_code_of_a_lost_roll_out(tmp_path: Path) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        roll = reserve(store, 500)
        newest = store.standing().highest_number
    with new_store(sqlite_url(tmp_path / "older.db")) as store:  # knows nothing of the roll
        upkeep.start_chain(store.engine, LEAD, NOON, printed=newest, reason="restored")
        given = [life.receive(store) for _ in range(3)]

        assert not set(given) & set(roll)
        assert life.receive(store, code=roll[0]) == roll[0]  # a fact is not refused
        lot = make(CodeKind.LOT, STATION, 77)
        form = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),), lot=lot)
        assert intake.receive_lot(form, store, CLERK, NOON).lot == lot


def test_a_form_that_this_store_knows_nothing_of_moves_no_numbers(either_store: SqlStore) -> None:
    store = either_store
    lot = make(CodeKind.LOT, STATION, 990_000)
    form = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),), lot=lot)
    intake.receive_lot(form, store, CLERK, NOON)

    plain = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),))

    assert parse(intake.receive_lot(plain, store, CLERK, NOON).lot).number == 1


def test_what_another_point_sets_aside_moves_nothing_here(either_store: SqlStore) -> None:
    said = e.CodesReserved(of="device", first=1, count=900, purpose="roll")
    either_store.take_in(written(("point-013", "CodesReserved", e.encode(said))))

    assert parse(life.receive(either_store)).number == 1
    assert either_store.reserved(CodeKind.DEVICE) == ()
    assert verify(either_store.engine).sound


def test_a_range_of_a_newer_version_is_no_range_here(either_store: SqlStore) -> None:
    chain = either_store.standing().chain
    own = codes.make(CodeKind.DEVICE, STATION, 1)
    brought = written(
        (
            "point-012",
            "CodesReserved",
            e.encode(e.CodesReserved(of="toy", first=1, count=9, purpose="x")),
        ),
        (
            "point-012",
            "CodesReserved",
            e.encode(e.CodesReserved(of="lot", first=0, count=0, purpose="x")),
        ),
        chain=type(chain)(STATION, chain.number + 1),
    )
    either_store.take_in(brought)

    assert life.receive(either_store) == own
    assert verify(either_store.engine).sound
