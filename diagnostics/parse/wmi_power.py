"""The batteries, by the classes of root/wmi; Win32_Battery's own capacities are always empty."""

from collections.abc import Mapping

from diagnostics.parse.wmi_dates import iso_day
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Battery, Machine
from station.placeholders import fact

CLASSES = {
    "BatteryStaticData": (
        "InstanceName",
        "DeviceName",
        "ManufactureName",
        "SerialNumber",
        "ManufactureDate",
        "Chemistry",
        "Capabilities",
        "DesignedCapacity",
    ),
    "BatteryFullChargedCapacity": ("InstanceName", "FullChargedCapacity"),
    "BatteryCycleCount": ("InstanceName", "CycleCount"),
    "BatteryStatus": (
        "InstanceName",
        "RemainingCapacity",
        "Voltage",
        "Charging",
        "Discharging",
        "PowerOnline",
    ),
    "BatteryTemperature": ("InstanceName", "Temperature"),
    "Win32_Battery": ("DeviceID", "Name", "EstimatedChargeRemaining", "DesignVoltage"),
}
_OF_ROOT_WMI = tuple(name for name in CLASSES if name.startswith("Battery"))
_RELATIVE = 0x40000000  # BATTERY_CAPACITY_RELATIVE: the figures have no unit
_ZERO_CELSIUS = 2732  # in tenths of a kelvin


def batteries(objects: Objects) -> Machine:
    """Every battery once. Where root/wmi is silent, Win32_Battery still says that there is one."""
    of_one: dict[str, dict[str, WmiObject]] = {}
    for name in _OF_ROOT_WMI:
        for said in objects.get(name, ()):
            of_one.setdefault(said.said("InstanceName").casefold(), {})[name] = said
    known = [_battery(classes) for classes in of_one.values()]
    plain = [_plain(said) for said in objects.get("Win32_Battery", ())]
    mains = [said.truth("PowerOnline") for said in objects.get("BatteryStatus", ())]
    return Machine(
        batteries=tuple(known or plain),
        on_mains=any(mains) if mains and None not in mains else None,
    )


def _battery(classes: Mapping[str, WmiObject]) -> Battery:
    nothing = WmiObject({})
    static = classes.get("BatteryStaticData", nothing)
    status = classes.get("BatteryStatus", nothing)
    full = classes.get("BatteryFullChargedCapacity", nothing).amount("FullChargedCapacity")
    left = status.whole("RemainingCapacity")
    relative = bool((static.whole("Capabilities") or 0) & _RELATIVE)
    return Battery(
        model=static.text("DeviceName"),
        manufacturer=static.text("ManufactureName"),
        serial_number=static.text("SerialNumber"),
        manufacture_date=iso_day(static.said("ManufactureDate")),
        chemistry=_chemistry(static),
        design_capacity_mwh=None if relative else static.amount("DesignedCapacity"),
        full_capacity_mwh=None if relative else full,
        voltage_mv=status.amount("Voltage"),
        cycles=classes.get("BatteryCycleCount", nothing).whole("CycleCount"),
        charge_percent=_percent(left, full),
        temperature_tenths_c=_celsius(classes.get("BatteryTemperature", nothing)),
        status=_status(status),
    )


def _percent(left: int | None, full: int | None) -> int | None:
    """How full; a gauge that runs ahead of itself is full."""
    return None if left is None or not full else min(100, round(100 * left / full))


def _chemistry(static: WmiObject) -> str | None:
    """Four letters that WMI gives as one number: LION, LiP."""
    number = static.whole("Chemistry")
    if number is None:
        return static.text("Chemistry")
    return fact(number.to_bytes(8, "little").rstrip(b"\0").decode("ascii", "replace"))


def _celsius(said: WmiObject) -> int | None:
    kelvin = said.amount("Temperature")
    return None if kelvin is None else kelvin - _ZERO_CELSIUS


def _status(said: WmiObject) -> str | None:
    if said.truth("Charging"):
        return "charging"
    return "discharging" if said.truth("Discharging") else None


def _plain(said: WmiObject) -> Battery:
    charge = said.whole("EstimatedChargeRemaining")
    return Battery(
        model=said.text("Name"),
        charge_percent=None if charge is None else min(100, charge),
        design_voltage_mv=said.amount("DesignVoltage"),
    )
