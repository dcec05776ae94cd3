"""The batteries, from the uevent files of /sys/class/power_supply."""

from pathlib import Path

from diagnostics.collect.files import entries, read_attributes, read_text
from diagnostics.collect.source import Answer
from diagnostics.endings import NotPermitted, ReadingFailed, UnreadableReport
from diagnostics.parse.power_supply import parse_battery, parse_uevent
from station.machine import Battery, Machine, Reading

FOLDER = "sys/class/power_supply"


def read_batteries(root: Path) -> Answer:
    """Every battery of the machine; one that cannot be read does not hide the others."""
    batteries: list[Battery] = []
    reading = Reading.OK
    for folder in entries(root / FOLDER):
        try:
            battery = _read_battery(folder)
        except (NotPermitted, UnreadableReport) as failed:
            reading = failed.reading
            continue
        if battery is not None:
            batteries.append(battery)
    return Answer(Machine(batteries=tuple(batteries)), reading)


def _read_battery(folder: Path) -> Battery | None:
    """One supply's battery; None for a charger, an empty bay and a mouse's own battery."""
    kind = read_attributes(folder, ["type", "scope"]).values
    if kind.get("type", "").strip() != "Battery" or kind.get("scope", "").strip() == "Device":
        return None
    try:
        properties = parse_uevent(read_text(folder / "uevent"))
    except ReadingFailed as failed:
        if failed.reading is Reading.MISSING:
            return None  # pulled out between listing and reading
        raise
    return parse_battery(folder.name, properties)
