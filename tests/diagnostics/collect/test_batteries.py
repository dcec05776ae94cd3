from pathlib import Path

from diagnostics.collect.batteries import read_batteries
from station.machine import Battery, Reading
from tests.diagnostics.machine_tree import BATTERY, write, write_battery, write_laptop

WORN = Battery(
    name="BAT0",
    manufacturer="ACME",
    model="NB14-BAT",
    design_capacity_mwh=50000,
    full_capacity_mwh=31500,
    cycles=212,
    charge_percent=64,
    status="discharging",
)


def test_a_charger_is_no_battery(tmp_path: Path) -> None:
    assert read_batteries(write_laptop(tmp_path)).part.batteries == (WORN,)


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "hidpp_battery_0", BATTERY)
    write(root / "sys/class/power_supply/hidpp_battery_0/scope", "Device\n")

    assert read_batteries(root).part.batteries == (WORN,)


def test_an_empty_bay_is_no_battery(tmp_path: Path) -> None:
    write_battery(tmp_path, "BAT1", {**BATTERY, "PRESENT": "0"})

    answer = read_batteries(tmp_path)

    assert answer.part.batteries == ()
    assert answer.reading is Reading.OK


def test_an_unreadable_battery_does_not_hide_the_other(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "BAT1", {})

    answer = read_batteries(root)

    assert answer.part.batteries == (WORN,)
    assert answer.reading is Reading.UNREADABLE
