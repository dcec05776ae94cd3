"""Maker, model and serials, as the firmware's DMI tables give them through sysfs."""

from collections.abc import Mapping
from typing import Any

import msgspec

from diagnostics.endings import UnreadableReport
from diagnostics.parse.chassis import CHASSIS
from diagnostics.parse.dates import iso_date
from diagnostics.parse.dmi_system import known_model
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


def parse_dmi(files: Mapping[str, str]) -> Machine:
    """What the files of /sys/class/dmi/id say, by their names."""
    chassis = whole_number(files.get(CHASSIS_FILE))
    system = _facts(SYSTEM, files)
    system["model"] = known_model(system["manufacturer"], system["model"], system["version"])
    system["uuid"] = system["uuid"] and system["uuid"].lower()
    return Machine(
        system=System(chassis_type=None if chassis is None else CHASSIS.get(chassis), **system),
        board=Board(**_facts(BOARD, files)),
        bios=Bios(date=iso_date(files.get(DATE_FILE)), **_facts(BIOS, files)),
    )


def _facts(fields: Mapping[str, str], files: Mapping[str, str]) -> dict[str, Any]:
    return {field: fact(files.get(file)) for field, file in fields.items()}


def facts_of(data: bytes) -> Machine:
    """The facts of a saved folder: a JSON object of file names and what stood in the files."""
    try:
        files = msgspec.json.decode(data, type=dict[str, str | None])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableReport("no JSON object of files and their texts") from error
    return parse_dmi({name: said for name, said in files.items() if said is not None})
