"""What a machine's facts alone decide: measurement and policy in, verdicts out, nothing else.

Checks that need a person or a measurement are absent here: untested is not passed. Where a fact is
missing the verdict is unknown, and its reason says why. Comparing the identity with the label is
the station's work, which knows the label.
"""

from diagnostics.policy import BatteryRule, JudgePolicy, MemoryRule, StorageRule
from station.checks import CheckResult, Measurement, Outcome
from station.machine import Battery, Disk, Machine, Reading, System, whole_gb

ON_MAINS = frozenset(  # chassis that never had a battery
    {
        "all_in_one",
        "desktop",
        "low_profile_desktop",
        "main_server",
        "mini_pc",
        "mini_tower",
        "pizza_box",
        "rack_mount",
        "space_saving",
        "tower",
    }
)
_GB = 10**9


def judge(machine: Machine, policy: JudgePolicy) -> tuple[CheckResult, ...]:
    """Every verdict the facts allow, the costliest to miss first."""
    return (
        _identity(machine.system, machine.reading_of("system")),
        _wifi(machine),
        _battery_health(machine, policy.battery),
        _memory_size(machine, policy.memory),
        _storage_type(machine, policy.storage),
    )


def _unknown(check: str, reason: str, *measured: Measurement) -> CheckResult:
    return CheckResult(check, Outcome.UNKNOWN, reason, measured)


def _not_read(check: str, reading: Reading) -> CheckResult:
    return _unknown(check, f"reading_{reading.value}")


def _identity(system: System, reading: Reading) -> CheckResult:
    """Whether the firmware names the machine and carries a mark of this one alone."""
    check = "id.identity"
    own_name = system.maker and system.model
    named = bool(own_name or (system.board_maker and system.board_model))
    marks = (system.serial, system.uuid, system.chassis_serial, system.board_serial)
    marked = any(marks)
    if named and marked:
        return CheckResult(check, Outcome.PASS)
    if reading is not Reading.OK:
        return _not_read(check, reading)
    if not named and not marked:
        return _unknown(check, "firmware_silent")
    return CheckResult(check, Outcome.WARN, "serial_placeholder" if named else "model_placeholder")


def _wifi(machine: Machine) -> CheckResult:
    """Never more than unknown: an adapter may be deaf, and a missing one may lack its driver."""
    check, reading = "net.wifi", machine.reading_of("network")
    if any(adapter.wireless for adapter in machine.network):
        return _unknown(check, "wifi_not_measured")
    return _unknown(check, "wifi_not_seen") if reading is Reading.OK else _not_read(check, reading)


def _memory_size(machine: Machine, rule: MemoryRule) -> CheckResult:
    check, total_mib = "mem.size", machine.memory.total_mib
    if total_mib is None:
        return _unknown(check, _why_silent(machine.reading_of("memory")))
    measured = (Measurement("total_mib", total_mib),)
    at_most_fitted = total_mib + rule.reserved_mib
    if at_most_fitted >= rule.pass_mib:
        return CheckResult(check, Outcome.PASS, measured=measured)
    outcome = Outcome.WARN if at_most_fitted >= rule.warn_mib else Outcome.FAIL
    return CheckResult(check, outcome, "memory_small", measured)


def _why_silent(reading: Reading) -> str:
    return "not_said" if reading is Reading.OK else f"reading_{reading.value}"


def _storage_type(machine: Machine, rule: StorageRule) -> CheckResult:
    """The best internal disk counts: the system goes there."""
    check, reading = "sto.type", machine.reading_of("disks")
    if reading is not Reading.OK:
        return _not_read(check, reading)
    internal = [disk for disk in machine.disks if _is_internal(disk)]
    if not internal:  # or one that the firmware's RAID mode hides
        return _unknown(check, "disk_not_seen")
    verdicts = [_disk_verdict(check, disk, rule) for disk in internal]
    return min(verdicts, key=lambda verdict: _BEST_FIRST.index(verdict.outcome))


_BEST_FIRST = (Outcome.PASS, Outcome.WARN, Outcome.UNKNOWN, Outcome.FAIL)


def _is_internal(disk: Disk) -> bool:
    return not disk.removable and disk.transport != "usb"


def _disk_verdict(check: str, disk: Disk, rule: StorageRule) -> CheckResult:
    if disk.capacity_bytes is None:
        return _unknown(check, "not_said")
    measured = (Measurement("capacity_gb", whole_gb(disk.capacity_bytes)),)
    if disk.capacity_bytes < rule.fail_below_gb * _GB:
        return CheckResult(check, Outcome.FAIL, "disk_small", measured)
    if disk.rotational is None:
        return _unknown(check, "media_not_said", *measured)
    if disk.rotational:
        return CheckResult(check, Outcome.WARN, "disk_rotates", measured)
    if disk.capacity_bytes < rule.pass_gb * _GB:
        return CheckResult(check, Outcome.WARN, "disk_small", measured)
    return CheckResult(check, Outcome.PASS, measured=measured)


def _battery_health(machine: Machine, rule: BatteryRule) -> CheckResult:
    check, reading = "bat.health", machine.reading_of("batteries")
    if reading is not Reading.OK:
        return _not_read(check, reading)
    if machine.batteries:
        return _health_of(check, machine.batteries, rule)
    if machine.system.chassis in ON_MAINS:
        return CheckResult(check, Outcome.NOT_APPLICABLE)
    return _unknown(check, "battery_not_seen")


def _health_of(check: str, batteries: tuple[Battery, ...], rule: BatteryRule) -> CheckResult:
    """All batteries together: full charge as a share of design."""
    capacities = _capacities(batteries)
    if capacities is None:
        return _unknown(check, "capacity_not_said")
    full, design = capacities
    health = Measurement("health_percent", full * 100 // design)
    if health.value > rule.implausible_percent:
        return _unknown(check, "gauge_implausible", health)
    if not all(_gauge_learned(battery, rule) for battery in batteries):
        return _unknown(check, "gauge_not_learning", health)
    if health.value >= rule.pass_percent:
        return CheckResult(check, Outcome.PASS, measured=(health,))
    outcome = Outcome.WARN if health.value >= rule.warn_percent else Outcome.FAIL
    return CheckResult(check, outcome, "battery_worn", (health,))


def _capacities(batteries: tuple[Battery, ...]) -> tuple[int, int] | None:
    """Sums of full and design, in energy if all batteries give it, else in charge."""
    energies = [(b.full_mwh, b.design_mwh) for b in batteries]
    charges = [(b.full_mah, b.design_mah) for b in batteries]
    for pairs in (energies, charges):
        known = [(full, design) for full, design in pairs if full and design]
        if len(known) == len(batteries):
            return sum(full for full, _ in known), sum(design for _, design in known)
    return None


def _gauge_learned(battery: Battery, rule: BatteryRule) -> bool:
    """Exactly as full as designed is true of a young battery, else of a gauge that never looks."""
    unchanged = battery.full_mwh == battery.design_mwh and battery.full_mah == battery.design_mah
    return not unchanged or 0 < (battery.cycles or 0) <= rule.unlearned_cycles
