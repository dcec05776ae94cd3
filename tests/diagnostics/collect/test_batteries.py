from pathlib import Path

import pytest

from diagnostics.collect.batteries import read_batteries
from station.machine import Reading
from tests.diagnostics.machine_tree import BATTERY, write, write_battery, write_laptop


def names(root: Path) -> list[str | None]:
    return [battery.name for battery in read_batteries(root).part.batteries]


def test_a_charger_is_no_battery(tmp_path: Path) -> None:
    (battery,) = read_batteries(write_laptop(tmp_path)).part.batteries

    assert (battery.name, battery.full_capacity_mwh) == ("BAT0", 31500)


def test_both_batteries_of_a_laptop_are_read(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "BAT1", {**BATTERY, "NAME": "BAT1"})

    assert names(root) == ["BAT0", "BAT1"]


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "hidpp_battery_0", BATTERY)
    write(root / "sys/class/power_supply/hidpp_battery_0/scope", "Device\n")

    assert names(root) == ["BAT0"]


def test_an_empty_bay_is_no_battery(tmp_path: Path) -> None:
    write_battery(tmp_path, "BAT1", {**BATTERY, "PRESENT": "0"})

    answer = read_batteries(tmp_path)

    assert answer.part.batteries == ()
    assert answer.reading is Reading.OK


def test_an_unreadable_battery_does_not_hide_the_other(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "BAT1", {})

    answer = read_batteries(root)

    assert [battery.name for battery in answer.part.batteries] == ["BAT0"]
    assert answer.reading is Reading.UNREADABLE


@pytest.mark.parametrize(
    ("online", "expected"), [(["1"], True), (["0"], False), (["0", "1"], True), ([], None)]
)
def test_any_charger_that_delivers_is_mains(
    tmp_path: Path, online: list[str], expected: bool | None
) -> None:
    write_battery(tmp_path, "BAT0", BATTERY)
    for number, value in enumerate(online):
        folder = tmp_path / f"sys/class/power_supply/AC{number}"
        kind = "Mains" if number else "USB"
        write(folder / "type", f"{kind}\n")
        write(folder / "uevent", f"POWER_SUPPLY_TYPE={kind}\nPOWER_SUPPLY_ONLINE={value}\n")

    assert read_batteries(tmp_path).part.on_mains is expected
