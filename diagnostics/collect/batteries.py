"""The batteries, from the uevent files of /sys/class/power_supply."""

from pathlib import Path

from diagnostics.collect.files import entries, read_attributes, read_bytes
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.power_supply import parse_battery, parse_uevent
from station.machine import Battery, Machine, Reading

FOLDER = "sys/class/power_supply"
_CHARGERS = ("Mains", "USB")  # a USB-C port names itself USB


def read_batteries(root: Path) -> Answer:
    """Every battery of the machine; one that cannot be read does not hide the others."""
    batteries: list[Battery] = []
    raw: list[Raw] = []
    online: list[bool] = []
    reading = Reading.OK
    for folder in entries(root / FOLDER):
        said = read_attributes(folder, ["type", "scope", "online"]).values
        kind = said.get("type", "").strip()
        if kind in _CHARGERS and said.get("online", "").strip():
            online.append(said["online"].strip() != "0")
        if kind != "Battery" or said.get("scope", "").strip() == "Device":
            continue  # a mouse has a battery of its own
        try:
            battery = _read_battery(folder, raw)
        except (NotPermitted, UnreadableReport) as failed:
            reading = failed.reading
            continue
        if battery is not None:
            batteries.append(battery)
    on_mains = any(online) if online else None
    return Answer(Machine(batteries=tuple(batteries), on_mains=on_mains), reading, tuple(raw))


def _read_battery(folder: Path, raw: list[Raw]) -> Battery | None:
    """One battery; None for an empty bay."""
    try:
        data = read_bytes(folder / "uevent")
    except SourceMissing:
        return None  # pulled out between listing and reading
    raw.append(Raw(f"power-supply-sysfs-{folder.name}.txt", data))
    return parse_battery(folder.name, parse_uevent(data.decode("utf-8", "replace")))
