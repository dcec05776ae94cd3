"""A report finds its machine by several marks, whatever was exchanged, and no stranger's."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import bench
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Device
from station.identity import WitnessKind, contradicts, matches, witnesses_of
from station.machine import Board, Disk, Machine, NetworkAdapter, Reading, Section, System
from station.store import upkeep
from station.store.engine import reading
from station.store.queries import devices_with
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN

UUID = "4c4c4544-0042-3510-8058-b4c04f4e3332"
SECTIONS = tuple(Section(name, Reading.OK, "test", 1) for name in ("system", "storage", "network"))


def read(
    serial: str | None = "8XK2F32",
    uuid: str | None = UUID,
    board: str | None = "/8XK2F32/CN1296345",
    disks: tuple[str, ...] = ("WX71A345",),
    macs: tuple[str, ...] = ("54:ee:75:00:00:01", "54:ee:75:00:00:02"),
) -> Machine:
    """A laptop as diagnostics reads it."""
    return Machine(
        system=System(
            manufacturer="Dell Inc.", model="Latitude E7450", serial_number=serial, uuid=uuid
        ),
        board=Board(serial_number=board),
        storage=tuple(Disk(name=f"sd{n}", serial_number=s) for n, s in enumerate(disks)),
        network=tuple(NetworkAdapter(name=f"n{n}", mac=mac) for n, mac in enumerate(macs)),
        sections=SECTIONS,
    )


def fact(**changed: Any) -> e.MachineFact:
    return bench.machine_fact(read(**changed))


def known(code: str = "0120000015", **changed: Any) -> Device:
    """A device of which one report was recorded."""
    said = fact(**changed)
    return Device(code, maker="Dell", model="Latitude E7450", machine=said)


NEW_BOARD = {
    "serial": "NEW0001",
    "uuid": "4c4c4544-0042-3510-8058-b4c04f4e9999",
    "board": "/NEW0001/CN99",
    "macs": ("54:ee:75:00:00:99", "54:ee:75:00:00:02"),
}


@pytest.mark.parametrize(
    "changed",
    [
        {"disks": ("OTHER123",)},
        {"disks": ()},
        {"macs": ("aa:ee:75:00:00:01",)},
        {"macs": ()},
        {"board": "/8XK2F32/CN99"},
        {"serial": None, "uuid": None},
        {"serial": None, "disks": (), "macs": ()},
        {"disks": ("OTHER123",), "macs": ("aa:ee:75:00:00:01",)},
    ],
)
def test_an_exchanged_part_leaves_the_machine_recognised(changed: dict[str, Any]) -> None:
    (match,) = matches(fact(**changed), [known()])

    assert match.code == "0120000015"
    assert match.is_strong


def test_a_new_board_is_recognised_by_disk_and_wifi_and_says_what_differs() -> None:
    (match,) = matches(fact(**NEW_BOARD), [known()])

    assert {r.kind for r in match.reasons if r.agrees} == {WitnessKind.DISK, WitnessKind.MAC, None}
    assert {r.kind for r in match.reasons if not r.agrees} == {
        WitnessKind.SERIAL,
        WitnessKind.UUID,
        WitnessKind.BOARD,
    }


def test_twins_without_serials_stay_two_machines() -> None:
    blank: dict[str, Any] = {"serial": None, "uuid": None, "board": None, "disks": (), "macs": ()}

    assert matches(fact(**blank), [known(**blank)]) == ()
    assert witnesses_of(fact(**blank)) == frozenset()


def test_a_disk_moved_to_another_laptop_does_not_take_its_record_along() -> None:
    first = known("0120000015")
    second = known("0120000026", serial="9YL3G43", uuid=None, board="B2", disks=(), macs=())

    with_the_disk_of_the_first = fact(serial="9YL3G43", uuid=None, board="B2", macs=())
    found = matches(with_the_disk_of_the_first, [first, second])

    assert found[0].code == "0120000026"
    assert [match.code for match in found if match.is_strong] == ["0120000026"]


def test_a_disk_with_a_wide_name_is_one_witness_and_leads_to_no_twin_it_came_from() -> None:
    """Two alike desktops without serial numbers, whose disks were exchanged on the bench."""
    disk = Disk(name="sda", serial_number="WX71A345", wwn="0x50014ee2b0000001")
    other = Disk(name="sda", serial_number="WX71A999", wwn="0x50014ee2b0000002")
    first, second = (
        msgspec.structs.replace(
            known(code), machine=bench.machine_fact(nameless(has, f"54:ee:75:00:00:0{number}"))
        )
        for number, code, has in ((1, "0120000015", disk), (2, "0120000026", other))
    )

    found = matches(bench.machine_fact(nameless(disk, "54:ee:75:00:00:02")), [first, second])

    assert {match.code: match.score for match in found} == {first.code: 35, second.code: 30}
    assert not any(match.is_strong for match in found)


def nameless(disk: Disk, mac: str) -> Machine:
    machine = read(serial=None, uuid=None, board=None, macs=(mac,))
    return msgspec.structs.replace(machine, storage=(disk,))


def test_a_serial_given_to_a_whole_batch_points_at_nobody() -> None:
    batch = [
        known(f"012000000{n}", serial="NB140001", uuid=None, board=None, disks=(), macs=())
        for n in range(6)
    ]

    told = fact(serial="NB140001", uuid=None, board=None, disks=(), macs=())

    assert matches(told, batch) == ()


def test_one_of_a_batch_is_found_by_its_other_marks() -> None:
    batch = [
        known(f"012000000{n}", serial="NB140001", uuid=None, board=None, disks=(f"D{n}",), macs=())
        for n in range(4)
    ]

    told = fact(serial="NB140001", uuid=None, board=None, disks=("D2",), macs=())

    assert matches(told, batch)[0].code == "0120000002"


def test_the_sticker_alone_is_a_witness() -> None:
    stickered = Device("0120000015", maker="DELL", serial="8xk2f32")

    (match,) = matches(fact(), [stickered])

    assert match.is_strong


def test_another_maker_with_the_same_number_is_not_proposed_first() -> None:
    stickered = Device("0120000015", maker="Acer", model="Aspire", serial="8XK2F32")

    (match,) = matches(fact(), [stickered])

    assert not match.is_strong
    assert not contradicts(fact(), stickered)


def test_another_serial_contradicts_unless_more_speaks_for_it() -> None:
    stickered = Device("0120000015", maker="Dell", serial="OTHER77")

    assert contradicts(fact(), stickered)
    assert not contradicts(fact(), Device("0120000015", maker="Dell"))
    assert not contradicts(fact(board="NEW"), known())


def test_an_address_of_a_stick_is_no_mark_of_the_machine() -> None:
    stick = NetworkAdapter(name="usb0", mac="aa:bb:cc:00:00:01", usb=True)

    said = bench.machine_fact(Machine(network=(stick,)))

    assert said.macs == ()


marks = st.none() | st.sampled_from(["A1B2", "C3D4", "E5F6"])
some = st.lists(st.sampled_from(["D1X", "D2X", "D3X"]), max_size=2, unique=True).map(tuple)
machines = st.fixed_dictionaries({"serial": marks, "uuid": marks, "board": marks, "disks": some})


@given(machines, st.lists(machines, max_size=5))
def test_nothing_matches_without_a_common_mark_and_order_does_not_matter(
    told: dict[str, Any], others: list[dict[str, Any]]
) -> None:
    devices = [known(f"012000000{n}", macs=(), **one) for n, one in enumerate(others)]
    report = fact(macs=(), **told)

    found = matches(report, devices)

    assert found == matches(report, list(reversed(devices)))
    for match in found:
        assert any(reason.agrees and reason.kind for reason in match.reasons)
        assert match.score > 0


# ---- the store finds them ----


def record(store: SqlStore, device: str, **changed: Any) -> None:
    command = bench.RecordChecks(
        device=device,
        report=device.encode().ljust(32, b"."),
        machine=read(**changed),
        results=(CheckResult("id.identity", Outcome.PASS),),
        policy="judge-2021-09-10",
    )
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    bench.record_checks(command, store, TECHNICIAN, NOON)


def found_by(store: SqlStore, told: e.MachineFact) -> list[str]:
    marks = [witness.mark for witness in witnesses_of(told)]
    return [match.code for match in matches(told, store.devices_with(marks))]


def test_the_store_finds_a_device_by_any_mark_of_its_report(store: SqlStore) -> None:
    device, other = life.receive(store), life.receive(store)
    record(store, device)
    record(store, other, serial="9YL3G43", uuid=None, board="B2", disks=("D2X",), macs=())

    assert found_by(store, fact()) == [device]
    assert found_by(store, fact(serial=None, board=None, disks=(), macs=())) == [device]
    assert found_by(store, fact(serial="NOBODY1", uuid=None, board=None, disks=(), macs=())) == []


def test_a_batch_with_one_number_does_not_crowd_out_the_machine_itself(store: SqlStore) -> None:
    batch: dict[str, Any] = {"serial": None, "uuid": None, "board": "NB140001", "macs": ()}
    for n in range(3):
        record(store, life.receive(store), **batch, disks=(f"D{n}XYZ",))
    device = life.receive(store)
    record(store, device, **batch)

    marks = [witness.mark for witness in witnesses_of(fact(**batch))]
    with reading(store.engine) as connection:
        found = devices_with(connection, marks, most=2)

    assert len(found) == 2
    assert found[0].code == device


def test_a_mark_that_went_is_no_longer_found(store: SqlStore) -> None:
    device = life.receive(store)
    record(store, device)
    again = bench.RecordChecks(
        device=device,
        report=b"2".ljust(32, b"."),
        machine=read(macs=("aa:ee:75:00:00:01",)),
        results=(),
        policy="judge-2021-09-10",
    )

    bench.record_checks(again, store, TECHNICIAN, NOON)

    old = [w.mark for w in witnesses_of(fact(macs=("54:ee:75:00:00:01",))) if w.kind == "mac"]
    assert store.devices_with(old) == ()
    assert upkeep.projections_match(store.engine)


def test_the_marks_are_the_same_after_a_replay(store: SqlStore) -> None:
    for n in range(3):
        record(store, life.receive(store), serial=f"S{n}XYZ", disks=(f"D{n}XYZ",))

    assert upkeep.projections_match(store.engine)
