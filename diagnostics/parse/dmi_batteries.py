"""The batteries: SMBIOS structure 22 as dmidecode words it.

What a smart battery says itself (SBDS) stands where the firmware's own text is silent.
"""

import re

from diagnostics.parse.dates import iso_date
from diagnostics.parse.dmi_blocks import Block
from diagnostics.parse.numbers import amount
from station.machine import Battery
from station.placeholders import fact

_SMART_NUMBER = re.compile(r"[0-9A-Fa-f]{4}")  # 16 bits; sysfs and Windows show it in decimal


def batteries(blocks: list[Block]) -> tuple[Battery, ...]:
    """Every battery that the firmware describes, not only reserves a place for."""
    return tuple(_battery(block) for block in blocks if _described(block))


def _described(block: Block) -> bool:
    chemistry = fact(block.get("Chemistry")) or fact(block.get("SBDS Chemistry"))
    return fact(block.get("Name")) is not None and chemistry is not None


def _battery(block: Block) -> Battery:
    name = fact(block.get("Name"))
    return Battery(
        name=name,
        model=name,
        manufacturer=fact(block.get("Manufacturer")),
        serial_number=_serial(block),
        chemistry=fact(block.get("Chemistry")) or fact(block.get("SBDS Chemistry")),
        manufacture_date=iso_date(block.get("Manufacture Date"))
        or iso_date(block.get("SBDS Manufacture Date")),
        voltage_mv=_figure(block.get("Design Voltage"), "mV"),
        design_capacity_mwh=_figure(block.get("Design Capacity"), "mWh"),
    )


def _serial(block: Block) -> str | None:
    said = fact(block.get("Serial Number")) or fact(block.get("SBDS Serial Number"))
    return str(int(said, 16)) if said and _SMART_NUMBER.fullmatch(said) else said


def _figure(text: str, unit: str) -> int | None:
    number, _, written = text.partition(" ")
    return amount(number) if written == unit else None
