import json
from pathlib import Path
from typing import Any

import pytest

from diagnostics.collect.batteries import read_batteries
from diagnostics.endings import UnreadableReport
from diagnostics.parse.power_supply import parse_battery, parse_uevent
from station.machine import Battery, Reading
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import BATTERY, write, write_battery, write_laptop

WORN = Battery(
    name="BAT0",
    maker="ACME",
    model="NB14-BAT",
    design_mwh=50000,
    full_mwh=31500,
    cycles=212,
    charge_percent=64,
)


@pytest.mark.parametrize("case", corpus.cases("power-supply-sysfs"))
def test_a_real_battery_is_read_as_the_kernel_counts(case: dict[str, Any]) -> None:
    is_json = case["input"].endswith(".json")
    battery = parse_battery(
        "BAT0", json.loads(corpus.data(case)) if is_json else parse_uevent(corpus.text(case))
    )

    assert battery is not None
    (expected,) = case["expected"]["batteries"]
    assert not corpus.wrong(
        expected,
        {
            "manufacturer": battery.maker,
            "model": battery.model,
            "serial_number": battery.serial,
            "cycles": battery.cycles,
            "design_capacity_mah": battery.design_mah,
            "full_capacity_mah": battery.full_mah,
            "design_capacity_mwh": battery.design_mwh,
            "full_capacity_mwh": battery.full_mwh,
        },
    )


def test_a_charger_is_no_battery(tmp_path: Path) -> None:
    assert read_batteries(write_laptop(tmp_path)).facts == (WORN,)


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "hidpp_battery_0", BATTERY)
    write(root / "sys/class/power_supply/hidpp_battery_0/scope", "Device\n")

    assert read_batteries(root).facts == (WORN,)


def test_an_empty_bay_is_no_battery(tmp_path: Path) -> None:
    write_battery(tmp_path, "BAT1", {**BATTERY, "PRESENT": "0"})

    answer = read_batteries(tmp_path)

    assert answer.facts == ()
    assert answer.reading is Reading.OK


def test_an_unreadable_battery_does_not_hide_the_other(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write_battery(root, "BAT1", {})

    answer = read_batteries(root)

    assert answer.facts == (WORN,)
    assert answer.reading is Reading.UNREADABLE


@pytest.mark.parametrize("text", ["", "DRIVER=ac", "POWER_SUPPLY", "\0"])
def test_a_uevent_of_something_else_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_uevent(text)
