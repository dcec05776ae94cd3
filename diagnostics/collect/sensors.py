"""Temperatures and fans, from /sys/class/hwmon and /sys/class/thermal."""

import re
from pathlib import Path

import msgspec

from diagnostics.collect.files import entries, read_attributes
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import SourceMissing
from diagnostics.parse.sensors import parse_chip, parse_zone
from station.machine import Machine

HWMON = "sys/class/hwmon"
THERMAL = "sys/class/thermal"
_CHIP_FILE = re.compile(r"name|temp[0-9]+_(input|label|crit)|fan[0-9]+_(input|label)")
_ZONE_FILE = re.compile(r"type|temp|trip_point_[0-9]+_(type|temp)")


def read_sensors(root: Path) -> Answer:
    """All thermometers and fans; a zone that is a chip too is told once."""
    chips = {folder.name: _files(folder, _CHIP_FILE) for folder in _folders(root / HWMON, "hwmon")}
    zones = {
        folder.name: _files(folder, _ZONE_FILE)
        for folder in _folders(root / THERMAL, "thermal_zone")
    }
    if not chips and not zones:
        raise SourceMissing(HWMON)
    measured = [parse_chip(files) for files in chips.values()]
    names = {files.get("name") for files in chips.values()}
    alone = [parse_zone(files) for files in zones.values() if files.get("type") not in names]
    part = Machine(
        temperatures=(
            *(one for temperatures, _ in measured for one in temperatures),
            *(zone for zone in alone if zone is not None),
        ),
        fans=tuple(fan for _, fans in measured for fan in fans),
    )
    return Answer(part, raw=(Raw("sensors.json", msgspec.json.encode({**chips, **zones})),))


def _folders(above: Path, start: str) -> list[Path]:
    try:
        return [folder for folder in entries(above) if folder.name.startswith(start)]
    except SourceMissing:
        return []


def _files(folder: Path, wanted: re.Pattern[str]) -> dict[str, str]:
    names = [file.name for file in entries(folder) if wanted.fullmatch(file.name)]
    return read_attributes(folder, names).values
