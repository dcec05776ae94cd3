"""The batteries and the charger, from /sys/class/power_supply."""

from pathlib import Path

import msgspec

from diagnostics.collect.files import entries, read_attributes, read_text
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.power_supply import parse_supplies, parse_uevent
from station.machine import Reading

FOLDER = "sys/class/power_supply"


def read_batteries(root: Path) -> Answer:
    """Every supply of the machine; one that cannot be read does not hide the others."""
    supplies: dict[str, dict[str, str]] = {}
    reading = Reading.OK
    for folder in entries(root / FOLDER):
        said = read_attributes(folder, ["type", "scope", "online"]).values
        if said.get("scope", "").strip() == "Device":
            continue  # the battery of a mouse, or of somebody's headphones
        try:
            supplies[folder.name] = {**said, **parse_uevent(read_text(folder / "uevent"))}
        except SourceMissing:
            continue  # pulled out between listing and reading
        except (NotPermitted, UnreadableReport) as failed:
            reading = failed.reading
    raw = Raw("power-supply-sysfs.json", msgspec.json.encode(supplies))
    return Answer(parse_supplies(supplies), reading, (raw,) if supplies else ())
