"""Kiểm tra – sửa chữa: what a technician does to a device, recorded as it happens."""

import re
from collections.abc import Iterable

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.checks import CheckResult
from station.device import DISK_CHECK, Device, Stage
from station.duties import require_duty
from station.ledger import Moment
from station.machine import Disk, Machine, NetworkAdapter, Reading
from station.notes import kept_note
from station.operators import Operator
from station.ports import Store, Work
from station.reference import ReasonUse, Table
from station.text import BadText, serial_word
from station.told_secrets import forget_told

_MAC = re.compile(r"[0-9a-f]{12}")


class RecordChecks(Struct, frozen=True, kw_only=True):
    """A report of diagnostics for a device: its digest, facts and verdicts."""

    device: str
    report: bytes  # SHA-256 of the report
    machine: Machine
    results: tuple[CheckResult, ...]
    policy: str


class EnterCheck(Struct, frozen=True, kw_only=True):
    """A person tried it and says how it went."""

    device: str
    result: CheckResult
    note: str = ""


class RecordErasure(Struct, frozen=True, kw_only=True):
    """One disk was erased, or the attempt failed."""

    device: str
    disk: e.DiskId
    method: str
    passed: bool
    verified_permille: int = 0
    evidence: bytes | None = None


class RemoveStorage(Struct, frozen=True, kw_only=True):
    """One disk was taken out for good."""

    device: str
    disk: e.DiskId
    destiny: str


class RecordSystem(Struct, frozen=True, kw_only=True):
    """An operating system was put on."""

    device: str
    system: str
    licence: str
    first_boot_seen: bool = False


class RecordWork(Struct, frozen=True, kw_only=True):
    """A repair or an upgrade, with the counted parts that went in."""

    device: str
    work: str
    parts: tuple[str, ...] = ()
    note: str = ""
    mends: tuple[e.DefectGone, ...] = ()  # what is wrong no more because of it


class MovePart(Struct, frozen=True, kw_only=True):
    """A part from device A to device B, from A to stock, or from stock to B."""

    item: str
    out_of: str | None = None  # None: counted stock
    into: str | None = None  # None: counted stock


class CheckKit(Struct, frozen=True, kw_only=True):
    """What lies beside the device."""

    device: str
    present: tuple[str, ...]
    parts: tuple[str, ...] = ()  # of these, the counted parts that came from stock just now


class ConfirmGrade(Struct, frozen=True, kw_only=True):
    """A person confirms a grade."""

    device: str
    grade: str
    reason: str | None = None


class PutOnHold(Struct, frozen=True, kw_only=True):
    """Stop here until something is settled."""

    device: str
    reason: str
    note: str = ""


def take_to_bench(device: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a technician began to work on the device."""
    require_duty(by, e.TakenToBench)
    with store.transaction(by, when) as work:
        work.device(device).require(e.TakenToBench)
        return work.record(device, e.TakenToBench())


def take_over(device: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that this technician goes on with what another began."""
    require_duty(by, e.TakenOver)
    with store.transaction(by, when) as work:
        known = work.device(device)
        known.require(e.TakenOver)
        if known.technician == by.id:
            raise refusals.AlreadyAtIt(device)
        return work.record(device, e.TakenOver())


def write_note(device: str, text: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Keep what somebody wrote down about the device; raises NothingToRecord for no words."""
    with store.transaction(by, when) as work:
        work.device(device).require(e.Noted)
        note = kept_note(work, text)
        if note is None:
            raise refusals.NothingToRecord
        return work.record(device, e.Noted(note=note))


def record_checks(command: RecordChecks, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a report; the same report twice is one report, of one device."""
    require_duty(by, e.ChecksRecorded)
    with store.transaction(by, when) as work:
        return recorded_before(work, command) or add_report(work, command)


def recorded_before(work: Work, command: RecordChecks) -> e.Event | None:
    """The event by which this report is known already; raises ReportOfAnother."""
    device = work.device(command.device)
    for event in work.events_about(e.report_code(command.report)):
        if isinstance(event.said, e.ChecksRecorded):
            if event.header.subject != device.code:
                raise refusals.ReportOfAnother(device.code, event.header.subject)
            return event
    return None


def add_report(work: Work, command: RecordChecks) -> e.Event:
    """Record a report that is not known yet."""
    device = work.device(command.device)
    device.require(e.ChecksRecorded)
    machine = machine_fact(command.machine)
    guards.guard_serial(work, machine.serial, machine.maker or device.maker, device.code)
    said = e.ChecksRecorded(
        report=command.report,
        results=command.results,
        policy=command.policy,
        machine=machine,
    )
    return work.record(device.code, said)


def enter_check(command: EnterCheck, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a check by hand, where the policy lets a person judge."""
    require_duty(by, e.CheckEnteredByHand)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.CheckEnteredByHand)
        guards.guard_hand_check(work.reference, device.kind, command.result, when.day)
        note = kept_note(work, command.note)
        return work.record(device.code, e.CheckEnteredByHand(result=command.result, note=note))


def record_erasure(command: RecordErasure, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record an erasure, bound to the disk's serial number or WWN."""
    require_duty(by, e.StorageErased)
    with store.transaction(by, when) as work:
        device = _with_disk(work, command.device, command.disk, e.StorageErased)
        work.reference.entry(Table.ERASURES, command.method)
        guards.guard_verified(command.verified_permille)
        said = e.StorageErased(
            disk=command.disk,
            method=command.method,
            passed=command.passed,
            verified_permille=command.verified_permille,
            evidence=command.evidence,
        )
        return _record_and_forget(work, device.code, said)


def remove_storage(command: RemoveStorage, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a disk left the device, and where it went."""
    require_duty(by, e.StorageRemoved)
    with store.transaction(by, when) as work:
        device = _with_disk(work, command.device, command.disk, e.StorageRemoved)
        work.reference.entry(Table.DESTINIES, command.destiny)
        said = e.StorageRemoved(disk=command.disk, destiny=command.destiny)
        return _record_and_forget(work, device.code, said)


def record_system(command: RecordSystem, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record an installed system and the right to use it."""
    require_duty(by, e.SystemInstalled)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.SystemInstalled)
        _guard_pupils_data(device)  # a new system writes over what the pupil kept
        guards.guard_system(work.reference, device.kind, command.system, command.licence)
        said = e.SystemInstalled(
            system=command.system,
            licence=command.licence,
            first_boot_seen=command.first_boot_seen,
        )
        return work.record(command.device, said)


def record_work(command: RecordWork, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record what was done; the checks it touches must be repeated."""
    require_duty(by, e.WorkDone)
    with store.transaction(by, when) as work:
        work.device(command.device).require(e.WorkDone)
        stale = work.reference.work(command.work).stale
        for item in command.parts:
            _fit(work, item, command.device, out_of=None)
        for gone in command.mends:
            work.record(command.device, gone)
        note = kept_note(work, command.note)
        return work.record(command.device, e.WorkDone(work=command.work, stale=stale, note=note))


def move_part(command: MovePart, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record a part's way: scan A, scan B, choose the part."""
    require_duty(by, e.PartTaken)
    if command.out_of == command.into:
        raise refusals.SameDevice(command.into)
    with store.transaction(by, when) as work:
        moved = []
        if command.out_of is not None:
            moved.append(_take(work, command.item, command.out_of, into=command.into))
        if command.into is not None:
            moved.append(_fit(work, command.item, command.into, out_of=command.out_of))
        return tuple(moved)


def check_kit(command: CheckKit, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record what lies beside the device, and what is missing of what should."""
    require_duty(by, e.KitChecked)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.KitChecked)
        missing = guards.kit_missing(work.reference, device.kind, command.present, when.day)
        for item in command.parts:
            _fit(work, item, device.code, out_of=None)
        return work.record(device.code, e.KitChecked(present=command.present, missing=missing))


def confirm_grade(command: ConfirmGrade, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record the grade a person stands for."""
    require_duty(by, e.Graded)
    with store.transaction(by, when) as work:
        work.device(command.device).require(e.Graded)
        guards.guard_grade(work.reference, command.grade, command.reason)
        return work.record(command.device, e.Graded(grade=command.grade, reason=command.reason))


def put_on_hold(command: PutOnHold, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that nothing goes on until the reason is settled."""
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.PutOnHold)
        if device.hold:
            raise refusals.AlreadyOnHold(device.code, device.hold)
        work.reference.reason(ReasonUse.HOLD, command.reason)
        note = kept_note(work, command.note)
        return work.record(device.code, e.PutOnHold(reason=command.reason, note=note))


def resume(device: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that the reason to wait is gone."""
    with store.transaction(by, when) as work:
        known = work.device(device)
        known.require(e.Resumed)
        if not known.hold:
            raise refusals.NotOnHold(device)
        return work.record(device, e.Resumed())


def machine_fact(machine: Machine) -> e.MachineFact:
    """What later work needs of a report; text that does not fit an event stays in the report."""
    read = machine.reading_of("storage") is Reading.OK
    return e.MachineFact(
        maker=_word(machine.system.manufacturer),
        model=_word(machine.system.model),
        serial=_word(machine.system.serial_number),
        processor=_word(_processor_name(machine.cpus[0].name if machine.cpus else None)),
        memory_mib=machine.memory_mib,
        battery_health_permille=_battery_health(machine),
        uuid=_word(machine.system.uuid),
        board_serial=_word(_bare(machine.board.serial_number)),
        chassis_serial=_word(machine.system.chassis_serial_number),
        macs=_built_in_macs(machine.network),
        read_at_s=machine.clock.system_epoch_s,
        disks=tuple(_disk_fact(disk) for disk in _internal(machine.storage)) if read else None,
    )


def _processor_name(model: str | None) -> str | None:
    """The name without its speed: "@ 2.30GHz" is no part of it."""
    return model.partition("@")[0].strip() if model else None


def _internal(disks: Iterable[Disk]) -> Iterable[Disk]:
    return (disk for disk in disks if not disk.removable and disk.bus != "usb")


def _bare(text: str | None) -> str | None:
    """Dell frames a board's number: "/8XK2F32/CN12963/"."""
    return text.strip("./ ") if text else None


def _built_in_macs(adapters: Iterable[NetworkAdapter]) -> tuple[str, ...]:
    """Addresses that travel with the machine; one on USB travels on its own."""
    said = (adapter.mac.replace(":", "") for adapter in adapters if adapter.mac and not adapter.usb)
    return tuple(sorted(mac for mac in set(said) if _MAC.fullmatch(mac)))


def _disk_fact(disk: Disk) -> e.DiskFact:
    return e.DiskFact(
        serial=_word(disk.serial_number),
        wwn=_word(disk.wwn),
        model=_word(disk.model),
        capacity_bytes=disk.capacity_bytes,
        rotational=disk.rotational,
    )


def _word(text: str | None) -> str | None:
    try:
        return serial_word(text) if text else None
    except BadText:
        return None


def _battery_health(machine: Machine) -> int | None:
    """The weakest battery's full charge against its design, in permille."""
    known = [
        b.full_capacity_mwh * 1000 // b.design_capacity_mwh
        for b in machine.batteries
        if b.full_capacity_mwh is not None and b.design_capacity_mwh
    ]
    return min(known, default=None)


def _with_disk(work: Work, code: str, disk: e.DiskId, kind: type[e.Said]) -> Device:
    device = work.device(code)
    device.require(kind)
    guards.guard_disk(code, disk)
    _guard_pupils_data(device)
    return device


def _record_and_forget(work: Work, code: str, said: e.StorageErased | e.StorageRemoved) -> e.Event:
    """With the data of the last disk go the passwords that the donor told."""
    event = work.record(code, said)
    forget_told(work, work.device(code))
    return event


def _guard_pupils_data(device: Device) -> None:
    """A device that came back for repair is the pupil's, with everything on it."""
    if device.stage is Stage.IN_REPAIR_FOR_PUPIL and not device.erasure_consent:
        raise refusals.PupilsDevice(device.code)


def _take(work: Work, item: str, code: str, *, into: str | None) -> e.Event:
    device = work.device(code)
    device.require(e.PartTaken)
    stale = work.reference.part(item).stale
    if DISK_CHECK in stale:
        _guard_pupils_data(device)
    if into is not None and device.stage is Stage.IN_REPAIR_FOR_PUPIL:
        raise refusals.PupilsPart(code, into)
    return work.record(code, e.PartTaken(item=item, into=into, stale=stale))


def _fit(work: Work, item: str, code: str, *, out_of: str | None) -> e.Event:
    work.device(code).require(e.PartFitted)
    if out_of is None and work.parts(item).quantity <= 0:
        raise refusals.NotInStock(item, work.parts(item).quantity)
    stale = work.reference.part(item).stale
    return work.record(code, e.PartFitted(item=item, out_of=out_of, stale=stale))
