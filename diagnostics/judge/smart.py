"""sto.smart: whether a disk can be trusted with a pupil's work.

What a disk does not say is not zero: a disk passes only when it says that it is well, and gives the
figures that would show it if it were not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from diagnostics.finding import Finding
from diagnostics.judge.silence import not_read, unknown
from diagnostics.judge.smart_policy import SmartRule, SmartRules
from diagnostics.judge.storage_type import is_internal
from station.checks import Measurement, Outcome
from station.machine import Disk, Machine, Reading

CHECK = "sto.smart"
REASONS = {  # figure: what it means when it is over its limit
    "command_timeouts": "disk_slow_to_answer",
    "end_to_end_errors": "disk_garbles_data",
    "grown_defects": "sectors_reallocated",
    "interface_crc_errors": "disk_cable_errors",
    "life_time_estimate": "flash_worn",
    "media_errors": "data_errors",
    "pending": "sectors_unreadable",
    "percentage_used": "flash_worn",
    "power_on_hours": "disk_old",
    "pre_eol": "spare_blocks_low",
    "reallocated": "sectors_reallocated",
    "reallocation_events": "sectors_retried",
    "reported_uncorrectable": "data_errors",
    "spin_retries": "motor_starts_badly",
    "uncorrectable": "sectors_lost",
    "uncorrected_errors": "data_errors",
    "unsafe_shutdowns": "power_cut_often",
    "wear_left_percent": "flash_worn",
}
_WARNING_BITS = (  # NVMe 1.4, figure 94: the lowest bit first
    "spare_blocks_low",
    "disk_too_hot",
    "disk_unreliable",
    "disk_read_only",
    "disk_cache_unsafe",
    "disk_memory_unreliable",
)
_EXIT_FAILING, _EXIT_AT_THRESHOLD, _EXIT_WAS_AT_THRESHOLD = 3, 4, 5  # smartctl(8), EXIT STATUS
_EXIT_ERRORS_LOGGED, _EXIT_SELF_TESTS_FAILED = 6, 7
_ALWAYS_TOLD = ("power_on_hours", "wear_left_percent", "percentage_used")
_SILENT = {Reading.MISSING: "smart_missing", Reading.UNREADABLE: "smart_unreadable"}
_WEIGHTIEST_FIRST = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)


class _Ground(NamedTuple):
    """One thing that speaks against passing."""

    outcome: Outcome
    reason: str
    figure: str = ""  # the field of Disk behind it


def smart(machine: Machine, rules: SmartRules) -> tuple[Finding, ...]:
    """One finding for each internal disk; one for the machine when no disk was seen."""
    reading = machine.reading_of("storage")
    disks = [disk for disk in machine.storage if is_internal(disk)]
    if disks:
        asked = machine.reading_of("smart")
        return tuple(disk_health(disk, rules, asked) for disk in disks)
    if reading is not Reading.OK:
        return (not_read(CHECK, reading),)
    return (unknown(CHECK, "disk_not_seen"),)


def disk_health(disk: Disk, rules: SmartRules, asked: Reading = Reading.OK) -> Finding:
    """One disk, by the rule of its kind; `asked` says how asking all of them ended."""
    grounds = sorted(
        dict.fromkeys([*_statuses(disk), *_figures(disk, rules), *_silences(disk, rules, asked)]),
        key=lambda ground: _WEIGHTIEST_FIRST.index(ground.outcome),
    )
    return Finding(
        check=CHECK,
        outcome=grounds[0].outcome if grounds else Outcome.PASS,
        reasons=tuple(dict.fromkeys(ground.reason for ground in grounds)),
        measured=_measured(disk, grounds),
        subject=disk.name or disk.serial_number or "",
    )


def rules_of(disk: Disk, rules: SmartRules) -> tuple[SmartRule, ...]:
    """The rules of its kind. Where nobody knows whether it rotates, both kinds' rules hold.

    A worn SSD and a hard disk that loses sectors are both caught that way; that a healthy disk of
    unknown kind is judged too hard costs a second look.
    """
    if disk.bus == "mmc":
        return (rules.emmc,)
    if disk.interface == "NVMe" or disk.bus == "nvme":
        return (rules.nvme,)
    if disk.interface in ("SCSI", "SAS"):
        return (rules.scsi,)
    if disk.rotational is None:
        return (rules.rotating, rules.solid)
    return (rules.rotating,) if disk.rotational else (rules.solid,)


def _statuses(disk: Disk) -> Iterator[_Ground]:
    """What the disk, and smartctl with it, say in so many words."""
    if disk.smart_passed is False or _bit(disk, _EXIT_FAILING):
        yield _Ground(Outcome.FAIL, "disk_says_failing")
    if disk.failing_attributes or _bit(disk, _EXIT_AT_THRESHOLD):
        yield _Ground(Outcome.FAIL, "figure_at_limit")
    if disk.self_test_passed is False:
        yield _Ground(Outcome.FAIL, "self_test_failed")
    elif _bit(disk, _EXIT_SELF_TESTS_FAILED):
        yield _Ground(Outcome.WARN, "self_test_failed_once")
    if disk.failed_attributes or _bit(disk, _EXIT_WAS_AT_THRESHOLD):
        yield _Ground(Outcome.WARN, "figure_was_at_limit")
    if disk.packed_attributes:  # whoever reads the other figures as sectors finds millions lost
        yield _Ground(Outcome.WARN, "sectors_counted_otherwise")
    if _bit(disk, _EXIT_ERRORS_LOGGED) or (disk.interface != "NVMe" and disk.error_log_entries):
        yield _Ground(Outcome.WARN, "errors_logged", "error_log_entries")


def _bit(disk: Disk, number: int) -> bool:
    return bool((disk.exit_status or 0) >> number & 1)


def _figures(disk: Disk, rules: SmartRules) -> Iterator[_Ground]:
    """The figures that are over their limits."""
    for rule in rules_of(disk, rules):
        for name in rule.__struct_fields__:
            figure = getattr(disk, name)
            outcome = Outcome.PASS if figure is None else getattr(rule, name).outcome(figure)
            if outcome is Outcome.PASS:
                continue
            for reason in _reasons(name, figure):
                yield _Ground(outcome, reason, name)
    yield from _spare(disk)


def _reasons(name: str, figure: int) -> tuple[str, ...]:
    """One reason, but of NVMe's warnings one for each that is raised."""
    if name != "critical_warning":
        return (REASONS[name],)
    raised = tuple(reason for bit, reason in enumerate(_WARNING_BITS) if figure >> bit & 1)
    return raised or ("disk_unreliable",)


def _spare(disk: Disk) -> Iterator[_Ground]:
    """Emulated disks give 0 % with a threshold of 0 %: only the disk's own threshold counts."""
    spare, threshold = disk.available_spare_percent, disk.available_spare_threshold_percent
    if spare is not None and threshold is not None and spare < threshold:
        yield _Ground(Outcome.FAIL, "spare_blocks_low", "available_spare_percent")


def _silences(disk: Disk, rules: SmartRules, asked: Reading) -> Iterator[_Ground]:
    """Why a disk without a bad figure cannot pass either."""
    if (disk.model or "").startswith(rules.emulated):
        yield _Ground(Outcome.UNKNOWN, "disk_emulated")
    if disk.bus == "mmc":
        if not (disk.life_time_estimate and disk.pre_eol):  # 0 says: not defined
            yield _Ground(Outcome.UNKNOWN, "flash_life_not_said")
    elif disk.smart is not Reading.OK:
        yield _Ground(Outcome.UNKNOWN, _unread(disk, asked))
    elif disk.smart_passed is None or not _says_enough(disk):
        yield _Ground(Outcome.UNKNOWN, "smart_incomplete")


def _unread(disk: Disk, asked: Reading) -> str:
    """Why there is no report of its health; of a disk that nobody asked, why nobody could."""
    if disk.smart_enabled is False:
        return "smart_switched_off"
    if disk.smart is not None:
        return _SILENT.get(disk.smart, f"reading_{disk.smart.value}")
    return "smart_not_asked" if asked is Reading.OK else f"reading_{asked.value}"


def _says_enough(disk: Disk) -> bool:
    """Whether the figures are there that would show a bad disk of its kind."""
    if disk.interface == "NVMe" or disk.bus == "nvme":
        # A disk that was never switched on keeps no count of anything: a controller's invention.
        health = (disk.critical_warning, disk.media_errors, disk.percentage_used)
        return None not in health and disk.power_cycles != 0
    if disk.interface in ("SCSI", "SAS"):
        return disk.grown_defects is not None or disk.uncorrected_errors is not None
    sectors = (disk.reallocated, disk.pending, disk.uncorrectable)
    if disk.rotational is False:
        others = (disk.wear_left_percent, disk.reported_uncorrectable)
        return any(figure is not None for figure in (*sectors, *others))
    return sectors[0] is not None and sectors[1:] != (None, None)


def _measured(disk: Disk, grounds: list[_Ground]) -> tuple[Measurement, ...]:
    """The figures behind the reasons, then the disk's age and wear."""
    names = dict.fromkeys([*(ground.figure for ground in grounds), *_ALWAYS_TOLD])
    figures = ((name, getattr(disk, name)) for name in names if name)
    return tuple(Measurement(name, figure) for name, figure in figures if figure is not None)
