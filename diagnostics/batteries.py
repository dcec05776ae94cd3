"""The batteries, from the uevent files of /sys/class/power_supply."""

from collections.abc import Mapping
from pathlib import Path

from diagnostics.endings import NotPermitted, ReadingFailed, UnreadableReport
from diagnostics.files import entries, read_attributes, read_text
from diagnostics.numbers import amount, whole_number
from diagnostics.source import Answer
from station.machine import Battery, Reading
from station.placeholders import fact

FOLDER = "sys/class/power_supply"
_PREFIX = "POWER_SUPPLY_"


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
    return Answer(tuple(batteries), reading)


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


def parse_uevent(text: str) -> dict[str, str]:
    """The properties of one power supply, named as its sysfs files are."""
    lines = (line.partition("=") for line in text.splitlines() if line.startswith(_PREFIX))
    properties = {key.removeprefix(_PREFIX).lower(): value for key, _, value in lines}
    if not properties:
        raise UnreadableReport("no power supply in uevent")
    return properties


def parse_battery(name: str, properties: Mapping[str, str]) -> Battery | None:
    """One battery; None when the bay is empty. The kernel counts in millionths."""
    if properties.get("present", "1").strip() == "0":
        return None
    return Battery(
        name=name,
        maker=fact(properties.get("manufacturer")),
        model=fact(properties.get("model_name")),
        serial=fact(properties.get("serial_number")),
        design_mwh=_thousandth(properties.get("energy_full_design")),
        full_mwh=_thousandth(properties.get("energy_full")),
        design_mah=_thousandth(properties.get("charge_full_design")),
        full_mah=_thousandth(properties.get("charge_full")),
        cycles=whole_number(properties.get("cycle_count")),
        charge_percent=whole_number(properties.get("capacity")),
    )


def _thousandth(text: str | None) -> int | None:
    value = amount(text)
    return None if value is None else (value // 1000 or None)
