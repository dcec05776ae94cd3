"""Maker, model and serials, as the firmware's DMI tables give them through sysfs."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from diagnostics.endings import SourceMissing
from diagnostics.files import entries, read_attributes
from diagnostics.numbers import whole_number
from diagnostics.source import Answer
from station.machine import System
from station.placeholders import fact

FOLDER = "sys/class/dmi/id"

_FIELDS = {  # field of System: file; the kernel shows serials and the UUID to root alone
    "maker": "sys_vendor",
    "model": "product_name",
    "version": "product_version",
    "serial": "product_serial",
    "uuid": "product_uuid",
    "sku": "product_sku",
    "chassis_serial": "chassis_serial",
    "board_maker": "board_vendor",
    "board_model": "board_name",
    "board_serial": "board_serial",
    "bios_vendor": "bios_vendor",
    "bios_version": "bios_version",
}
_CHASSIS_FILE = "chassis_type"
_DATE_FILE = "bios_date"

_CHASSIS = {  # SMBIOS 3.7, 7.4.1; 1 and 2 mean "other" and "unknown"
    3: "desktop",
    4: "low_profile_desktop",
    5: "pizza_box",
    6: "mini_tower",
    7: "tower",
    8: "portable",
    9: "laptop",
    10: "notebook",
    11: "hand_held",
    12: "docking_station",
    13: "all_in_one",
    14: "sub_notebook",
    15: "space_saving",
    16: "lunch_box",
    17: "main_server",
    18: "expansion",
    19: "sub_chassis",
    20: "bus_expansion",
    21: "peripheral",
    22: "raid",
    23: "rack_mount",
    24: "sealed_case",
    25: "multi_system",
    26: "compact_pci",
    27: "advanced_tca",
    28: "blade",
    29: "blade_enclosure",
    30: "tablet",
    31: "convertible",
    32: "detachable",
    33: "iot_gateway",
    34: "embedded",
    35: "mini_pc",
    36: "stick_pc",
}
_AMERICAN_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


def read_dmi(root: Path) -> Answer:
    """The system's names; NOT_PERMITTED, with all other facts, when the serials are denied."""
    folder = root / FOLDER
    entries(folder)  # says why, when there is no folder to look into
    files = read_attributes(folder, [*_FIELDS.values(), _CHASSIS_FILE, _DATE_FILE])
    if not files.values and not files.denied:
        raise SourceMissing(str(folder))
    return Answer(parse_dmi(files.values), files.reading)


def parse_dmi(files: Mapping[str, str]) -> System:
    """What the files of /sys/class/dmi/id say."""
    said = {field: fact(files.get(file)) for field, file in _FIELDS.items()}
    chassis = whole_number(files.get(_CHASSIS_FILE))
    return System(
        chassis=None if chassis is None else _CHASSIS.get(chassis),
        bios_date=_iso_date(files.get(_DATE_FILE, "")),
        **said,
    )


def _iso_date(text: str) -> str | None:
    """The firmware writes 04/12/2021 for the 12th of April."""
    match = _AMERICAN_DATE.fullmatch(text.strip())
    if match is None:
        return None
    month, day, year = map(int, match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
