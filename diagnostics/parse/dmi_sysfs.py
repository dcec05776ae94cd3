"""Maker, model and serials, as the firmware's DMI tables give them through sysfs."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from diagnostics.parse.chassis import CHASSIS
from diagnostics.parse.numbers import whole_number
from station.machine import Bios, Board, Machine, System
from station.placeholders import fact

SYSTEM = {  # field: file; the kernel shows serials and the UUID to root alone
    "manufacturer": "sys_vendor",
    "model": "product_name",
    "version": "product_version",
    "serial_number": "product_serial",
    "uuid": "product_uuid",
    "sku": "product_sku",
    "asset_tag": "chassis_asset_tag",
    "chassis_serial_number": "chassis_serial",
}
BOARD = {
    "manufacturer": "board_vendor",
    "model": "board_name",
    "version": "board_version",
    "serial_number": "board_serial",
    "asset_tag": "board_asset_tag",
}
BIOS = {"vendor": "bios_vendor", "version": "bios_version"}
CHASSIS_FILE = "chassis_type"
DATE_FILE = "bios_date"

_AMERICAN_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


def parse_dmi(files: Mapping[str, str]) -> Machine:
    """What the files of /sys/class/dmi/id say."""
    chassis = whole_number(files.get(CHASSIS_FILE))
    system = _facts(SYSTEM, files)
    return Machine(
        system=System(chassis_type=None if chassis is None else CHASSIS.get(chassis), **system),
        board=Board(**_facts(BOARD, files)),
        bios=Bios(date=_iso_date(files.get(DATE_FILE, "")), **_facts(BIOS, files)),
    )


def _facts(fields: Mapping[str, str], files: Mapping[str, str]) -> dict[str, Any]:
    return {field: fact(files.get(file)) for field, file in fields.items()}


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
