import json
from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.power_supply import facts_of, parse_battery, parse_uevent
from station.machine import Battery, Machine
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import BATTERY

CHARGER = b"POWER_SUPPLY_NAME=AC\nPOWER_SUPPLY_TYPE=Mains\nPOWER_SUPPLY_ONLINE=1\n"


def uevent(**changes: str) -> bytes:
    """The battery of the test laptop with some properties changed."""
    properties = {**BATTERY, **changes}
    return "".join(f"POWER_SUPPLY_{key}={value}\n" for key, value in properties.items()).encode()


def battery(**changes: str) -> Battery:
    (found,) = facts_of(uevent(**changes)).batteries
    return found


@pytest.mark.parametrize("case", corpus.cases("power-supply-sysfs"))
def test_a_real_battery_is_read_as_the_kernel_counts(case: dict[str, Any]) -> None:
    (ours,) = facts_of(corpus.data(case)).batteries

    (expected,) = case["expected"]["batteries"]
    said = {key: value for key, value in expected.items() if value != "Unknown"}
    assert not corpus.wrong(said, {key: getattr(ours, key) for key in said})


def test_a_battery_says_energy_voltage_and_state() -> None:
    changes = {"VOLTAGE_MIN_DESIGN": "11400000", "TEMP": "315", "TECHNOLOGY": "Li-ion"}

    assert battery(**changes, HEALTH="Good") == Battery(
        name="BAT0",
        manufacturer="ACME",
        model="NB14-BAT",
        chemistry="Li-ion",
        design_capacity_mwh=50000,
        full_capacity_mwh=31500,
        design_voltage_mv=11400,
        cycles=212,
        charge_percent=64,
        health_word="good",
        temperature_tenths_c=315,
        status="discharging",
    )


def test_charge_and_energy_stay_apart() -> None:
    charged = battery(
        ENERGY_FULL="", ENERGY_FULL_DESIGN="", CHARGE_FULL="4400000", CHARGE_FULL_DESIGN="5200000"
    )

    assert (charged.full_capacity_mah, charged.design_capacity_mah) == (4400, 5200)
    assert charged.full_capacity_mwh is None


@pytest.mark.parametrize("value", ["", "0", "-1", "none", "999", "0x10", "9" * 30])
def test_what_is_no_figure_is_not_said(value: str) -> None:
    assert battery(ENERGY_FULL=value).full_capacity_mwh is None


def test_the_day_of_making_is_a_date() -> None:
    made = {"MANUFACTURE_YEAR": "2016", "MANUFACTURE_MONTH": "2", "MANUFACTURE_DAY": "29"}

    assert battery(**made).manufacture_date == "2016-02-29"
    assert battery(**{**made, "MANUFACTURE_YEAR": "2017"}).manufacture_date is None


@pytest.mark.parametrize(("temp", "tenths"), [("-52", -52), ("0", None), ("-2731", None)])
def test_an_absent_thermometer_is_no_temperature(temp: str, tenths: int | None) -> None:
    assert battery(TEMP=temp).temperature_tenths_c == tenths


def test_all_supplies_of_a_machine_stand_in_one_file() -> None:
    machine = facts_of(CHARGER + uevent() + uevent(NAME="BAT1"))

    assert [pack.name for pack in machine.batteries] == ["BAT0", "BAT1"]
    assert machine.on_mains is True


def test_folders_of_files_are_read_like_a_uevent() -> None:
    files = {key.lower(): f"{value}\n" for key, value in BATTERY.items()}
    del files["name"]
    folders = {"BAT0": files, "AC": {"type": "Mains\n", "online": "0\n"}}

    machine = facts_of(json.dumps(folders).encode())

    assert machine == Machine(batteries=(battery(),), on_mains=False)


def test_a_file_read_later_outweighs_the_uevent_beside_it() -> None:
    files = {"type": "Battery\n", "capacity": "98\n", "uevent": uevent().decode()}

    (pack,) = facts_of(json.dumps(files).encode()).batteries

    assert (pack.charge_percent, pack.full_capacity_mwh) == (98, 31500)


def test_the_battery_of_a_mouse_and_an_empty_bay_are_none() -> None:
    assert facts_of(uevent(SCOPE="Device")).batteries == ()
    assert parse_battery("BAT1", {"present": "0\n"}) is None


@pytest.mark.parametrize("text", ["", "DRIVER=ac", "POWER_SUPPLY", "\0"])
def test_a_uevent_of_something_else_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_uevent(text)


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b"[1]", b'{"a":' * 9999, b"DRIVER=ac\n"])
def test_a_file_of_something_else_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        facts_of(data)
