"""Temperatures and fans, from the files of one hwmon chip or thermal zone.

Kernel documentation: hwmon/sysfs-interface, ABI sysfs-class-thermal. Both count in thousandths of
a degree.
"""

import re
from collections.abc import Mapping

from diagnostics.parse.numbers import whole_number
from station.machine import Fan, Temperature
from station.placeholders import fact

_THERMOMETER = re.compile(r"temp([0-9]{1,3})_input")
_TACHOMETER = re.compile(r"fan([0-9]{1,3})_input")
_SIGNED = re.compile(r"-?[0-9]{1,9}")
_POSSIBLE = range(-400, 1501)  # tenths: what is beyond is a thermometer that is not connected


def parse_chip(files: Mapping[str, str]) -> tuple[tuple[Temperature, ...], tuple[Fan, ...]]:
    """What one hwmon chip measures."""
    chip = files.get("name", "").strip()
    temperatures = tuple(
        Temperature(
            name=_name(chip, files.get(f"temp{number}_label") or f"temp{number}"),
            celsius_tenths=celsius,
            critical_tenths=_tenths(files.get(f"temp{number}_crit")),
        )
        for number in _numbers(_THERMOMETER, files)
        if (celsius := _tenths(files[f"temp{number}_input"])) is not None
    )
    fans = tuple(
        Fan(name=_name(chip, files.get(f"fan{number}_label") or f"fan{number}"), rpm=rpm)
        for number in _numbers(_TACHOMETER, files)
        if (rpm := whole_number(files[f"fan{number}_input"])) is not None
    )
    return temperatures, fans


def parse_zone(files: Mapping[str, str]) -> Temperature | None:
    """What one thermal zone measures; None when it is switched off."""
    celsius = _tenths(files.get("temp"))
    if celsius is None:
        return None
    trips = [key.removesuffix("_type") for key, kind in files.items() if kind.strip() == "critical"]
    critical = _tenths(files.get(f"{trips[0]}_temp")) if trips else None
    return Temperature(fact(files.get("type")), celsius, critical)


def _numbers(kind: re.Pattern[str], files: Mapping[str, str]) -> list[int]:
    return sorted(int(match[1]) for name in files if (match := kind.fullmatch(name)))


def _name(chip: str, label: str) -> str | None:
    return fact(f"{chip} {label}")


def _tenths(text: str | None) -> int | None:
    said = (text or "").strip()
    if not _SIGNED.fullmatch(said):
        return None
    tenths = round(int(said) / 100)
    return tenths if tenths in _POSSIBLE else None
