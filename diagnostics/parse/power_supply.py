"""The batteries, from the uevent files of /sys/class/power_supply."""

from collections.abc import Mapping

from diagnostics.endings import UnreadableReport
from diagnostics.parse.numbers import amount, whole_number
from station.machine import Battery
from station.placeholders import fact

_PREFIX = "POWER_SUPPLY_"


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
        manufacturer=fact(properties.get("manufacturer")),
        model=fact(properties.get("model_name")),
        serial_number=fact(properties.get("serial_number")),
        design_capacity_mwh=_thousandth(properties.get("energy_full_design")),
        full_capacity_mwh=_thousandth(properties.get("energy_full")),
        design_capacity_mah=_thousandth(properties.get("charge_full_design")),
        full_capacity_mah=_thousandth(properties.get("charge_full")),
        cycles=whole_number(properties.get("cycle_count")),
        charge_percent=whole_number(properties.get("capacity")),
    )


def _thousandth(text: str | None) -> int | None:
    value = amount(text)
    return None if value is None else (value // 1000 or None)
