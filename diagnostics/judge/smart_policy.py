"""The thresholds of sto.smart, one set for each kind of disk. Figures are named as in `Disk`."""

from typing import Annotated

from msgspec import Meta, Struct

from station.checks import Outcome

Threshold = Annotated[int, Meta(gt=0)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """From which figure on a disk is remarked on, and from which it fails; None: never."""

    warn: Threshold | None = None
    fail: Threshold | None = None

    def outcome(self, figure: int) -> Outcome:
        """What this figure alone comes to."""
        if self.fail is not None and figure >= self.fail:
            return Outcome.FAIL
        return Outcome.WARN if self.warn is not None and figure >= self.warn else Outcome.PASS


class Floor(Limits, frozen=True, forbid_unknown_fields=True):
    """The same for a figure that falls: down to which it is remarked on, down to which it fails."""

    def outcome(self, figure: int) -> Outcome:
        """What this figure alone comes to."""
        if self.fail is not None and figure <= self.fail:
            return Outcome.FAIL
        return Outcome.WARN if self.warn is not None and figure <= self.warn else Outcome.PASS


class RotatingRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A hard disk that speaks ATA."""

    pending: Limits
    uncorrectable: Limits
    reallocated: Limits
    reported_uncorrectable: Limits
    spin_retries: Limits
    end_to_end_errors: Limits
    reallocation_events: Limits
    command_timeouts: Limits
    interface_crc_errors: Limits
    power_on_hours: Limits


class SolidRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A solid-state disk that speaks ATA."""

    pending: Limits
    wear_left_percent: Floor
    uncorrectable: Limits
    reported_uncorrectable: Limits
    reallocated: Limits
    end_to_end_errors: Limits
    interface_crc_errors: Limits
    power_on_hours: Limits


class NvmeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """An NVMe disk; what is spare is compared with the threshold that the disk itself names."""

    critical_warning: Limits
    media_errors: Limits
    percentage_used: Limits
    unsafe_shutdowns: Limits


class ScsiRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A disk that speaks SCSI, rotating or not."""

    uncorrected_errors: Limits
    pending: Limits
    grown_defects: Limits
    percentage_used: Limits
    power_on_hours: Limits


class EmmcRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Flash soldered to the board, by its EXT_CSD."""

    life_time_estimate: Limits
    pre_eol: Limits


SmartRule = RotatingRule | SolidRule | NvmeRule | ScsiRule | EmmcRule


class SmartRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule for each kind of disk."""

    emulated: tuple[str, ...]  # beginnings of models that are no disks
    rotating: RotatingRule
    solid: SolidRule
    nvme: NvmeRule
    scsi: ScsiRule
    emmc: EmmcRule

    def __post_init__(self) -> None:
        """Refuse a figure that fails before it is remarked on."""
        for rule in (self.rotating, self.solid, self.nvme, self.scsi, self.emmc):
            for name in rule.__struct_fields__:
                limits = getattr(rule, name)
                if limits.warn is not None and limits.outcome(limits.warn) is not Outcome.WARN:
                    raise ValueError(f"{name} fails before it is remarked on")
