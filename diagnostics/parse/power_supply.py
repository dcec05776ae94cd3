"""The batteries and the charger, from /sys/class/power_supply: uevent files, or folders as JSON.

The kernel counts in millionths: microwatt-hours, microampere-hours, microvolts.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.battery_words import status_word
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import amount, whole_number
from station.machine import Battery, Machine
from station.placeholders import fact

_PREFIX = "POWER_SUPPLY_"
_MOST = 64  # supplies; a server has a dozen
_OF_A_BATTERY = ("energy_full", "charge_full", "energy_now", "charge_now", "capacity")
_COLDEST, _HOTTEST = -600, 1500  # tenths of a degree; beyond is a missing sensor

Properties = Mapping[str, str]


def parse_uevent(text: str) -> dict[str, str]:
    """The properties of one power supply, named as its sysfs files are."""
    properties: dict[str, str] = {}
    for key, value in _properties(text):
        properties.setdefault(key, value)
    if not properties:
        raise UnreadableReport("no power supply in uevent")
    return properties


def parse_battery(name: str | None, properties: Properties) -> Battery | None:
    """One battery; None when the bay is empty."""
    if properties.get("present", "1").strip() == "0":
        return None
    return Battery(
        name=name,
        manufacturer=fact(properties.get("manufacturer")),
        model=fact(properties.get("model_name")),
        serial_number=fact(properties.get("serial_number")),
        chemistry=fact(properties.get("technology")),
        manufacture_date=_date(properties),
        design_capacity_mwh=_thousandth(properties.get("energy_full_design")),
        full_capacity_mwh=_thousandth(properties.get("energy_full")),
        design_capacity_mah=_thousandth(properties.get("charge_full_design")),
        full_capacity_mah=_thousandth(properties.get("charge_full")),
        design_voltage_mv=_thousandth(properties.get("voltage_min_design")),
        voltage_mv=_thousandth(properties.get("voltage_now")),
        cycles=whole_number(properties.get("cycle_count")),
        charge_percent=_percent(properties.get("capacity")),
        health_word=_word(properties.get("health")),
        temperature_tenths_c=_temperature(properties.get("temp")),
        status=status_word(properties.get("status")),
    )


def parse_supplies(supplies: Mapping[str, Properties]) -> Machine:
    """All supplies of a machine by name: its own batteries, and whether a charger feeds it."""
    batteries = (
        parse_battery(fact(said.get("name")) or fact(name), said)
        for name, said in supplies.items()
        if _is_battery(said)
    )
    plugged = [said["online"].strip() == "1" for said in supplies.values() if _is_mains(said)]
    return Machine(
        batteries=tuple(battery for battery in batteries if battery is not None),
        on_mains=any(plugged) if plugged else None,
    )


def _is_battery(said: Properties) -> bool:
    """Older kernels leave the type out; the battery of a mouse has the scope of a device."""
    if said.get("scope", "").strip() == "Device":
        return False
    if "type" in said:
        return said["type"].strip() == "Battery"
    return any(key in said for key in _OF_A_BATTERY)


def _is_mains(said: Properties) -> bool:
    return "online" in said and not _is_battery(said) and said.get("scope", "") != "Device"


def _thousandth(text: str | None) -> int | None:
    value = amount(text)
    return None if value is None else (value // 1000 or None)


def _percent(text: str | None) -> int | None:
    value = whole_number(text)
    return value if value is not None and value <= 100 else None


def _word(text: str | None) -> str | None:
    word = fact(text)
    return word.casefold() if word else None


def _temperature(text: str | None) -> int | None:
    """Tenths of a degree, as the kernel counts here alone."""
    said = (text or "").strip()
    value = whole_number(said.removeprefix("-"))
    if value is None:
        return None
    signed = -value if said.startswith("-") else value
    return signed if signed and _COLDEST < signed < _HOTTEST else None  # 0 comes from no sensor


def _date(properties: Properties) -> str | None:
    parts = [amount(properties.get(f"manufacture_{part}")) for part in ("year", "month", "day")]
    try:
        return date(*(part or 0 for part in parts)).isoformat()
    except (ValueError, OverflowError):
        return None


def _supplies(text: str) -> dict[str, Properties]:
    """Each supply's properties by its name; raises UnreadableReport where there is none."""
    supplies = _from_json(text) if text.lstrip().startswith("{") else _from_uevents(text)
    if not supplies or len(supplies) > _MOST:
        raise UnreadableReport("no power supplies in this file")
    return supplies


def _properties(text: str) -> list[tuple[str, str]]:
    lines = (line.partition("=") for line in text.splitlines() if line.startswith(_PREFIX))
    return [(key.removeprefix(_PREFIX).lower(), value) for key, _, value in lines]


def _from_uevents(text: str) -> dict[str, Properties]:
    """One uevent, or several one below the other: a property that comes again begins the next."""
    supplies: list[dict[str, str]] = [{}]
    for key, value in _properties(text):
        if key in supplies[-1]:
            supplies.append({})
        supplies[-1][key] = value
    return {said.get("name", str(place)): said for place, said in enumerate(supplies) if said}


def _from_json(text: str) -> dict[str, Properties]:
    """The files of one supply by name, or of several by folder."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("no JSON of power supplies") from error
    folders = {name: files for name, files in said.items() if isinstance(files, dict)}
    supplies = {name: _files(files) for name, files in (folders or {"": said}).items()}
    return {name: properties for name, properties in supplies.items() if properties}


def _files(files: Mapping[str, Any]) -> dict[str, str]:
    """What the files say; the uevent beside them was read at another moment and fills gaps."""
    lines = {key: value for key, value in files.items() if isinstance(value, str)}
    uevent = dict(_properties(lines.pop("uevent", "")))
    return {**uevent, **lines}


def facts_of(data: bytes) -> Machine:
    """The facts of saved files."""
    return parse_supplies(_supplies(text_of(data)))
