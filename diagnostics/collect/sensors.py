"""Temperatures and fans, from /sys/class/hwmon and /sys/class/thermal."""

import re
from pathlib import Path

from diagnostics.collect.files import entries, read_attributes
from diagnostics.collect.source import Answer
from diagnostics.endings import SourceMissing
from diagnostics.parse.sensors import parse_chip, parse_zone
from station.machine import Fan, Machine, Temperature

HWMON = "sys/class/hwmon"
THERMAL = "sys/class/thermal"
_CHIP_FILE = re.compile(r"name|temp[0-9]+_(input|label|crit)|fan[0-9]+_(input|label)")
_ZONE_FILE = re.compile(r"type|temp|trip_point_[0-9]+_(type|temp)")


def read_sensors(root: Path) -> Answer:
    """All thermometers and fans; a zone that is a chip too is told once."""
    folders = [*_folders(root / HWMON, "hwmon"), *_folders(root / THERMAL, "thermal_zone")]
    if not folders:
        raise SourceMissing(HWMON)
    temperatures: list[Temperature] = []
    fans: list[Fan] = []
    chips: set[str] = set()
    for folder in folders:
        if folder.name.startswith("hwmon"):
            files = _files(folder, _CHIP_FILE)
            chips.add(files.get("name", ""))
            measured, turning = parse_chip(files)
            temperatures += measured
            fans += turning
            continue
        files = _files(folder, _ZONE_FILE)
        zone = parse_zone(files)
        if zone is not None and files.get("type", "") not in chips:
            temperatures.append(zone)
    return Answer(Machine(temperatures=tuple(temperatures), fans=tuple(fans)))


def _folders(above: Path, start: str) -> list[Path]:
    try:
        return [folder for folder in entries(above) if folder.name.startswith(start)]
    except SourceMissing:
        return []


def _files(folder: Path, wanted: re.Pattern[str]) -> dict[str, str]:
    names = [file.name for file in entries(folder) if wanted.fullmatch(file.name)]
    return read_attributes(folder, names).values
