"""How fast the cores run and how often heat slowed them, as the kernel tells it. Linux only."""

from pathlib import Path

from diagnostics.collect.files import read_attributes
from diagnostics.parse.numbers import amount, whole_number

_FOLDER = "sys/devices/system/cpu"
_THROTTLE = ("core_throttle_count", "package_throttle_count")  # Intel's


def clock_mhz(root: Path) -> int | None:
    """The mean clock of all cores now; None where the kernel does not tell."""
    said = [_khz(core, "scaling_cur_freq") for core in _cores(root)]
    known = [khz for khz in said if khz]
    return sum(known) // len(known) // 1000 if known else None


def base_mhz(root: Path) -> int | None:
    """The clock that the processor's maker guarantees under load; only Intel's driver tells it."""
    said = [khz for core in _cores(root) if (khz := _khz(core, "base_frequency"))]
    return max(said) // 1000 if said else None


def throttle_events(root: Path) -> int | None:
    """How often heat slowed cores or packages since the start; None where nobody counts."""
    counts = [
        count
        for core in _cores(root)
        for text in read_attributes(core / "thermal_throttle", _THROTTLE).values.values()
        if (count := whole_number(text)) is not None
    ]
    return sum(counts) if counts else None


def _cores(root: Path) -> list[Path]:
    folder = root / _FOLDER
    return sorted(folder.glob("cpu[0-9]*")) if folder.is_dir() else []


def _khz(core: Path, name: str) -> int | None:
    return amount(read_attributes(core / "cpufreq", [name]).values.get(name))
