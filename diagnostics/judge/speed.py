"""sto.speed: whether a disk reads as fast as its kind does."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import SpeedRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome
from station.machine import Disk


def disk_speed(trial: Trial, disk: Disk | None, rule: SpeedRule) -> Finding:
    """The speed at the disk's start counts; a disk of a kind nobody names is not judged.

    What came through the system's cache may be the memory's speed: it can be too slow, but no pass.
    """
    measured = figures(trial, "read_mb_s", "read_errors")
    if figure(trial, "read_errors"):
        return finding(trial, Outcome.FAIL, "read_errors", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    speed, wanted = figure(trial, "read_mb_s"), None if disk is None else _wanted(disk, rule)
    if speed is None or figure(trial, "read_errors") is None:
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    if wanted is None:
        return finding(trial, Outcome.UNKNOWN, "disk_kind_not_said", measured=measured)
    if speed >= wanted and figure(trial, "past_cache") == 0:
        return finding(trial, Outcome.UNKNOWN, "read_through_cache", measured=measured)
    if speed >= wanted:
        return finding(trial, Outcome.PASS, measured=measured)
    slow = Outcome.WARN if speed * 100 >= wanted * rule.warn_share_percent else Outcome.FAIL
    return finding(trial, slow, "disk_slow", measured=measured)


def _wanted(disk: Disk, rule: SpeedRule) -> int | None:
    if disk.bus == "nvme" or (disk.name or "").startswith("nvme"):
        return rule.nvme_mb_s
    if disk.bus == "mmc" or (disk.name or "").startswith("mmcblk"):
        return rule.emmc_mb_s
    if disk.bus not in ("sata", "ata"):
        return None
    if disk.rotational is None:
        return None
    return rule.hdd_mb_s if disk.rotational else rule.sata_ssd_mb_s
