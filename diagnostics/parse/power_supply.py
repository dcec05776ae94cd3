"""The batteries and the charger, from /sys/class/power_supply.

The kernel counts in millionths: microwatt-hours, microampere-hours, microvolts.
"""

from collections.abc import Mapping
from datetime import date

from diagnostics.parse.battery_words import status_word
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import amount, whole_number
from diagnostics.parse.power_supply_files import Properties, supplies_of
from station.machine import Battery, Machine
from station.placeholders import fact

_OF_A_BATTERY = ("energy_full", "charge_full", "energy_now", "charge_now", "capacity")
_COLDEST, _HOTTEST = -600, 1500  # tenths of a degree; beyond is a missing sensor


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


def facts_of(data: bytes) -> Machine:
    """The facts of saved files."""
    return parse_supplies(supplies_of(text_of(data)))
