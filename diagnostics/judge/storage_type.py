"""sto.type: kind and size of the disk that the system goes on."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import StorageRule
from diagnostics.judge.silence import not_read, unknown
from station.checks import Measurement, Outcome
from station.machine import Disk, Machine, Reading, whole_gb

CHECK = "sto.type"
_GB = 10**9
_BEST_FIRST = (Outcome.PASS, Outcome.WARN, Outcome.UNKNOWN, Outcome.FAIL)


def storage_type(machine: Machine, rule: StorageRule) -> Finding:
    """The best internal disk counts: the system goes there."""
    reading = machine.reading_of("storage")
    if reading is not Reading.OK:
        return not_read(CHECK, reading)
    internal = [disk for disk in machine.storage if is_internal(disk)]
    if not internal:  # or one that the firmware's RAID mode hides
        return unknown(CHECK, "disk_not_seen")
    verdicts = [_disk_verdict(disk, rule) for disk in internal]
    return min(verdicts, key=lambda verdict: _BEST_FIRST.index(verdict.outcome))


def is_internal(disk: Disk) -> bool:
    """Neither a stick nor a drive in a USB case."""
    return not disk.removable and disk.bus != "usb"


def _disk_verdict(disk: Disk, rule: StorageRule) -> Finding:
    if disk.capacity_bytes is None:
        return unknown(CHECK, "not_said")
    measured = (Measurement("capacity_gb", whole_gb(disk.capacity_bytes)),)
    if disk.capacity_bytes < rule.fail_below_gb * _GB:
        return Finding(CHECK, Outcome.FAIL, ("disk_small",), measured)
    if disk.rotational is None:
        return unknown(CHECK, "media_not_said", *measured)
    if disk.rotational:
        return Finding(CHECK, Outcome.WARN, ("disk_rotates",), measured)
    if disk.capacity_bytes < rule.pass_gb * _GB:
        return Finding(CHECK, Outcome.WARN, ("disk_small",), measured)
    return Finding(CHECK, Outcome.PASS, measured=measured)
