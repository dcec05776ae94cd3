"""The thresholds that facts are judged by: dated data in `resources/policy/`, never code."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from diagnostics.judge.smart_policy import SmartRules

CURRENT = "judge-2026-01-01"

Positive = Annotated[int, Meta(gt=0)]
Percent = Annotated[int, Meta(gt=0, le=100)]


class UnusablePolicy(Exception):
    """The policy file is missing, no TOML, or holds thresholds that cannot be meant."""


class MemoryRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How much memory a machine needs; the running system never sees all that is fitted."""

    pass_mib: Positive
    warn_mib: Positive
    reserved_mib: Positive

    def __post_init__(self) -> None:
        """Refuse a warning line above the pass line."""
        _ordered(self.warn_mib, self.pass_mib)


class StorageRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How large the disk for the system must be, in the makers' gigabytes of 10^9 bytes."""

    pass_gb: Positive
    fail_below_gb: Positive

    def __post_init__(self) -> None:
        """Refuse a failing line above the pass line."""
        _ordered(self.fail_below_gb, self.pass_gb)


class BatteryRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of its design capacity a battery must still hold, and when not to believe it."""

    pass_percent: Percent
    warn_percent: Percent
    replace_below_percent: Percent
    least_believed_percent: Percent
    implausible_percent: Annotated[int, Meta(gt=100)]
    unlearned_cycles: Positive
    least_design_mwh: Positive
    most_design_mwh: Positive
    least_design_mah: Positive
    most_design_mah: Positive
    hottest_c: Positive

    def __post_init__(self) -> None:
        """Refuse lines that stand in the wrong order."""
        _ordered(self.warn_percent, self.pass_percent)
        _ordered(self.replace_below_percent, self.warn_percent)
        _ordered(self.least_believed_percent, self.replace_below_percent)
        _ordered(self.least_design_mwh, self.most_design_mwh)
        _ordered(self.least_design_mah, self.most_design_mah)


class LessonRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What a computer needs so that a pupil of one level can follow lessons on it."""

    memory_good_mib: Positive
    memory_least_mib: Positive
    cores: Positive
    mhz: Positive
    disk_least_gb: Positive
    screen_width_px: Positive

    def __post_init__(self) -> None:
        """Refuse a least above the good."""
        _ordered(self.memory_least_mib, self.memory_good_mib)


class SystemRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What an operating system asks of a computer."""

    memory_least_mib: Positive
    disk_least_gb: Positive
    cores: Positive
    mhz: Positive
    bits: Positive
    from_year: Annotated[int, Meta(ge=0)]  # of the processor's family; 0: any
    flags: tuple[str, ...]  # of the processor
    tpm: str  # "": none is asked for
    uefi: bool
    maker_lists: bool  # the processor must be on the system maker's list


class SpeedRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How fast each kind of disk reads at its start, in megabytes of 10^6 bytes a second."""

    hdd_mb_s: Positive
    sata_ssd_mb_s: Positive
    nvme_mb_s: Positive
    emmc_mb_s: Positive
    warn_share_percent: Percent


class SurfaceRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How many blocks say something of a surface, and how many may be slow."""

    least_blocks: Positive
    slow_per_million: Positive


class MemoryTestRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of the memory must have been tested, and with how many patterns."""

    least_tested_percent: Percent
    least_patterns: Positive


class LoadRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What a processor keeps under load, of its rated clock or of its first seconds' work."""

    pass_percent: Percent
    warn_percent: Percent

    def __post_init__(self) -> None:
        """Refuse a warning line above the pass line."""
        _ordered(self.warn_percent, self.pass_percent)


class HeatRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How hot a machine may get under load, and when a fan must answer."""

    cool_c: Positive
    warn_c: Positive
    fail_c: Positive
    fan_rise_percent: Positive
    least_load_s: Positive
    least_rise_c: Positive

    def __post_init__(self) -> None:
        """Refuse lines out of their order."""
        _ordered(self.cool_c, self.warn_c)
        _ordered(self.warn_c, self.fail_c)


class WifiRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How well the best access point must be heard at the point's bench."""

    pass_dbm: Annotated[int, Meta(lt=0)]
    warn_dbm: Annotated[int, Meta(lt=0)]

    def __post_init__(self) -> None:
        """Refuse a warning line above the pass line."""
        _ordered(self.warn_dbm, self.pass_dbm)


class ClockRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What a clock may show and how evenly it must run."""

    earliest_year: Positive
    latest_year: Positive
    warn_offset_s: Positive
    fail_behind_s: Positive
    drift_ms_per_minute: Positive

    def __post_init__(self) -> None:
        """Refuse a last year before the first, and a failure that needs no warning."""
        _ordered(self.earliest_year, self.latest_year)
        _ordered(self.warn_offset_s, self.fail_behind_s)


class JudgePolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """All thresholds of one dated policy; `id` is written into every report."""

    id: str
    memory: MemoryRule
    storage: StorageRule
    battery: BatteryRule
    lessons: dict[str, LessonRule]  # by level of resources/kinds.toml, the least demanding first
    systems: dict[str, SystemRule]  # by system of resources/kinds.toml, the first choice first
    smart: SmartRules
    speed: SpeedRule
    surface: SurfaceRule
    memory_test: MemoryTestRule
    load: LoadRule
    heat: HeatRule
    wifi: WifiRule
    rtc: ClockRule


def load(path: Path | None = None) -> JudgePolicy:
    """The policy in this file, else the current one of the resources."""
    source = path or resources.files("resources").joinpath("policy", f"{CURRENT}.toml")
    try:
        return msgspec.convert(tomllib.loads(source.read_text("utf-8")), JudgePolicy)
    except (OSError, ValueError) as error:  # of TOML, of UTF-8 and of msgspec alike
        raise UnusablePolicy(f"{source}: {error}") from error


def _ordered(low: int, high: int) -> None:
    if low > high:
        raise ValueError(f"{low} stands above {high}")
