"""The release gate (điều kiện để trao): what a device must show before it may be given.

Untested is not passed, and unknown is not passed. A lead may let one condition go, for a coded
reason that stands in the event; what the policy does not list as waivable is never let go.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from station import events as e
from station import refusals
from station.checks import Outcome
from station.device import Check, CheckSource, Device, DiskState
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.reference import ReasonUse, Reference, ReleaseRules

PASSED = frozenset({Outcome.PASS, Outcome.WARN, Outcome.NOT_APPLICABLE})
LOCKS_CHECK = "own.locks"
DANGEROUS = "dangerous"
SERIAL, LOCKS, ERASURE, SYSTEM, KIT, GRADE = "serial", "locks", "erasure", "system", "kit", "grade"


class State(StrEnum):
    """How one condition stands."""

    MET = "met"
    MET_BY_KIT = "met_by_kit"
    OPEN = "open"


class Condition(Struct, frozen=True):
    """One condition of the gate; `detail` holds stable codes and ids for the words beside it."""

    name: str  # a check's id, or serial, locks, erasure, system, kit, grade
    state: State
    why: str = ""  # untested, stale, failed, dangerous, unknown, not_by_hand, not_erased ...
    detail: tuple[str, ...] = ()


class Gate(Struct, frozen=True):
    """The whole checklist under one policy."""

    policy: str
    conditions: tuple[Condition, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """What is still missing, by name."""
        return tuple(c.name for c in self.conditions if c.state is State.OPEN)

    @property
    def dangerous(self) -> frozenset[str]:
        """What nothing makes up for and nobody lets go."""
        return frozenset(c.name for c in self.conditions if c.why == DANGEROUS)

    @property
    def met_by_kit(self) -> tuple[e.MetByKit, ...]:
        """Which checks only the kit meets."""
        met = (c for c in self.conditions if c.state is State.MET_BY_KIT)
        return tuple(e.MetByKit(c.name, c.detail[0]) for c in met)


class MakeReady(Struct, frozen=True, kw_only=True):
    """Let a device go to the shelf of those that may be given."""

    device: str
    overrides: tuple[e.Override, ...] = ()


def make_ready(command: MakeReady, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that the device passed the gate; raises NotReleased with what is open."""
    require_duty(by, e.MadeReady)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.MadeReady)
        checked = gate(device, work.reference, when)
        waived = _waived(command.overrides, by, work.reference, device, when)
        for name in waived & checked.dangerous:
            raise refusals.OverrideNotAllowed(name)
        for name in waived - set(checked.open):  # else a later defect would pass under its cover
            raise refusals.ConditionIsMet(name)
        still_open = tuple(name for name in checked.open if name not in waived)
        if still_open:
            raise refusals.NotReleased(device.code, still_open)
        return work.record(
            device.code,
            e.MadeReady(
                policy=checked.policy,
                overrides=command.overrides,
                met_by_kit=checked.met_by_kit,
            ),
        )


def require_released(device: Device, reference: Reference, when: Moment) -> None:
    """Raise NotReleased when something since the release opened the gate again."""
    open_again = reopened(device, gate(device, reference, when))
    if open_again:
        raise refusals.NotReleased(device.code, open_again)


def reopened(device: Device, gate: Gate) -> tuple[str, ...]:
    """What is open and was not let go when the device was released."""
    waived = {o.condition for o in device.released.overrides} if device.released else set()
    return tuple(name for name in gate.open if name not in waived)


def gate(device: Device, reference: Reference, when: Moment) -> Gate:
    """Judge a device by the release policy of that day. Pure."""
    policy = reference.release_policy(when.day)
    rules = policy.rules(device.kind)
    conditions = [
        _serial(device),
        *_locks(device, rules),
        *(_check(device, rules, check) for check in rules.checks),
        *_faults(device, rules),
    ]
    if rules.erasure or device.disks:
        conditions.append(_erasure(device, rules))
    if rules.system:
        conditions.append(_system(device))
    conditions.append(_kit(device, rules))
    if rules.grade:
        conditions.append(_condition(GRADE, device.grade is not None, "not_graded"))
    return Gate(policy.id, tuple(conditions))


def _waived(
    overrides: tuple[e.Override, ...],
    by: Operator,
    reference: Reference,
    device: Device,
    when: Moment,
) -> set[str]:
    if overrides:
        by.require()  # the lead alone
    if len(overrides) > 1:
        raise refusals.OnlyOneOverride(len(overrides))
    waivable = reference.release_policy(when.day).rules(device.kind).waivable
    for override in overrides:
        if override.condition not in waivable:
            raise refusals.OverrideNotAllowed(override.condition)
        reference.reason(ReasonUse.OVERRIDE, override.reason)
    return {override.condition for override in overrides}


def _condition(name: str, met: bool, why: str, detail: Iterable[str] = ()) -> Condition:
    return Condition(name, State.MET) if met else Condition(name, State.OPEN, why, tuple(detail))


def _serial(device: Device) -> Condition:
    if device.serial is None:
        return Condition(SERIAL, State.OPEN, "no_serial")
    return _condition(SERIAL, device.serial_confirmed, "serial_not_confirmed", (device.serial,))


def _locks(device: Device, rules: ReleaseRules) -> Iterable[Condition]:
    """A lock that somebody saw; that there is none is for the check to say, where one looks."""
    if device.locks or LOCKS_CHECK not in rules.checks:
        yield _condition(LOCKS, not device.locks, "locked", device.locks)


def _check(device: Device, rules: ReleaseRules, name: str) -> Condition:
    check = device.check(name)
    if check and check.result.reason in rules.dangers:
        return Condition(name, State.OPEN, DANGEROUS)
    why = _why_open(check, rules, name)
    if not why:
        return Condition(name, State.MET)
    stand_in = next((item for item in rules.stand_ins(name) if item in device.kit), None)
    if stand_in and device.kit_missing is not None and check and not check.stale:
        return Condition(name, State.MET_BY_KIT, why, (stand_in,))
    return Condition(name, State.OPEN, why, rules.stand_ins(name))


def _faults(device: Device, rules: ReleaseRules) -> Iterable[Condition]:
    """Tests that nobody demands and that found a fault: until they pass, a pupil would find it."""
    for name in rules.faults:
        check = device.check(name)
        if check and check.result.outcome is Outcome.FAIL and name not in rules.checks:
            yield _check(device, rules, name)


def _why_open(check: Check | None, rules: ReleaseRules, name: str) -> str:
    if check is None:
        return "untested"
    if check.stale:
        return "stale"
    if check.source is CheckSource.HAND and name not in rules.by_hand:
        return "not_by_hand"
    if check.result.outcome not in PASSED:
        return "unknown" if check.result.outcome is Outcome.UNKNOWN else "failed"
    return ""


def _erasure(device: Device, rules: ReleaseRules) -> Condition:
    """Every disk erased or removed; a machine that boots has one, even when a report saw none."""
    disks = device.disks or ()
    listed = device.disks_read or rules.setup_screen  # no report lists a tablet's
    needs_one = rules.system or rules.setup_screen
    if not listed or (needs_one and all(disk.removed for disk in disks)):
        return Condition(ERASURE, State.OPEN, "disks_unknown")
    dirty = tuple(_name_of(disk) for disk in disks if not disk.clean)
    return _condition(ERASURE, not dirty, "not_erased", dirty)


def _name_of(disk: DiskState) -> str:
    return disk.serial or disk.wwn or ""


def _system(device: Device) -> Condition:
    system = device.system
    if system is None:
        return Condition(SYSTEM, State.OPEN, "no_system")
    erased_at = max((disk.erased_at for disk in device.disks or ()), default=-1)
    if system.installed_at < erased_at:
        return Condition(SYSTEM, State.OPEN, "erased_after_install")
    if system.installed_at < device.disks_changed_at:  # nobody knows which of them held it
        return Condition(SYSTEM, State.OPEN, "disks_changed_after_install")
    return _condition(SYSTEM, system.first_boot_seen, "no_first_boot")


def _kit(device: Device, rules: ReleaseRules) -> Condition:
    if device.kit_missing is None:
        return Condition(KIT, State.OPEN, "kit_not_checked")
    missing = tuple(item for item in rules.kit if item not in device.kit)
    return _condition(KIT, not missing, "kit_incomplete", missing)
