"""Sentences of a device's life that several tests say: each is the real use case."""

from typing import Any

from station import bench, handover, intake, release
from station import events as e
from station.checks import CheckResult, Outcome
from station.ledger import Moment
from station.machine import Disk, Machine, Reading, Section, System
from station.people import Donor, Pupil
from station.store.store import SqlStore
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN

HOA = Donor(name="Nguyễn Thị Hòa", phone="0912 345 678", may_process=True)
DISK = e.DiskId(serial="WX71A345")
MEASURED = ("id.identity", "sto.type", "mem.size", "bat.health")
BY_HAND = (
    "own.locks",
    "phys.visual",
    "sto.smart",
    "pwr.charge",
    "kbd.matrix",
    "tp.touchpad",
    "dsp.pixels",
    "cam.frames",
    "aud.loop",
    "net.wifi",
)
ALL_PASS = tuple(CheckResult(check, Outcome.PASS) for check in MEASURED)


def receive(store: SqlStore, when: Moment = NOON, **fields: Any) -> str:
    """A walk-in laptop; its code."""
    known = {"kind": "laptop", "maker": "Dell", "model": "Latitude E7450"}
    command = intake.ReceiveDevice(device=intake.NewDevice(**known | fields), donor=HOA)
    return intake.receive_device(command, store, CLERK, when).header.subject


def machine(serial: str = "8XK2F32", disk: str = "WX71A345") -> Machine:
    """What diagnostics would say of the laptop."""
    sections = tuple(Section(name, Reading.OK, "test", 1) for name in ("system", "storage"))
    system = System(manufacturer="Dell Inc.", model="Latitude E7450", serial_number=serial)
    disks = (
        Disk(name="sda", model="WDC WD5000", serial_number=disk, capacity_bytes=500_107_862_016),
    )
    return Machine(sections=sections, system=system, storage=disks)


def measure(
    store: SqlStore,
    device: str,
    report: bytes = b"",
    results: tuple[CheckResult, ...] = ALL_PASS,
    **facts: str,
) -> None:
    """A report in which every measured check passes; each device has its own."""
    command = bench.RecordChecks(
        device=device,
        report=(report + device.encode()).ljust(32, b"."),
        machine=machine(**facts),
        results=results,
        policy="judge-2021-09-10",
    )
    bench.record_checks(command, store, TECHNICIAN, NOON)


def try_by_hand(
    store: SqlStore, device: str, *checks: str, outcome: Outcome = Outcome.PASS
) -> None:
    """A person tries each of these."""
    for check in checks or BY_HAND:
        command = bench.EnterCheck(device=device, result=CheckResult(check, outcome))
        bench.enter_check(command, store, TECHNICIAN, NOON)


def erase_and_install(store: SqlStore, device: str) -> None:
    """The disk is erased, then a free system goes on."""
    erasure = bench.RecordErasure(device=device, disk=DISK, method="overwrite", passed=True)
    bench.record_erasure(erasure, store, TECHNICIAN, NOON)
    system = bench.RecordSystem(
        device=device, system="xubuntu", licence="free-system", first_boot_seen=True
    )
    bench.record_system(system, store, TECHNICIAN, NOON)


def complete(store: SqlStore, device: str) -> None:
    """Kit beside it, grade confirmed."""
    bench.check_kit(bench.CheckKit(device=device, present=("charger",)), store, TECHNICIAN, NOON)
    bench.confirm_grade(bench.ConfirmGrade(device=device, grade="b"), store, TECHNICIAN, NOON)


def refurbish(store: SqlStore, device: str) -> None:
    """Everything between intake and the gate."""
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    measure(store, device, report=device.encode())
    try_by_hand(store, device)
    erase_and_install(store, device)
    complete(store, device)


def make_ready(store: SqlStore, device: str) -> None:
    """Through the gate."""
    release.make_ready(release.MakeReady(device=device), store, TECHNICIAN, NOON)


def ready_laptop(store: SqlStore, serial: str = "8XK2F32") -> str:
    """A laptop on the shelf; its code."""
    device = receive(store, serial=serial, serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    measure(store, device, report=device.encode(), serial=serial)
    try_by_hand(store, device)
    erase_and_install(store, device)
    complete(store, device)
    make_ready(store, device)
    return device


def enter_case(store: SqlStore, name: str = "Trần Văn An") -> str:
    """An approved pupil; the case's code."""
    command = handover.EnterCase(level="primary", pupil=Pupil(name=name, school_class="4A"))
    return handover.enter_case(command, store, GIVER, NOON).header.subject
