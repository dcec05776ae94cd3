from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.upower import parse_upower
from station.machine import Battery
from tests.diagnostics import corpus

DUMP = """\
Device: /org/freedesktop/UPower/devices/line_power_AC
  native-path:          AC
  power supply:         yes
  line-power
    online:              yes

Device: /org/freedesktop/UPower/devices/battery_BAT0
  native-path:          BAT0
  vendor:               ACME
  model:                NB14-BAT
  serial:               4711
  power supply:         yes
  battery
    present:             yes
    state:               pending-charge
    energy-full:         31.5 Wh
    energy-full-design:  50 Wh
    voltage:             12.25 V
    charge-cycles:       212
    percentage:          64%
    temperature:         31.5 degrees C
    capacity:            63%
    technology:          lithium-ion

Device: /org/freedesktop/UPower/devices/mouse_hidpp_battery_0
  native-path:          hidpp_battery_0
  model:                Mouse
  power supply:         no
  battery
    present:             yes
    percentage:          50%

Device: /org/freedesktop/UPower/devices/DisplayDevice
  power supply:         yes
  battery
    present:             yes
    energy-full:         31.5 Wh

Daemon:
  daemon-version:  0.99.20
"""
PACK = Battery(
    name="BAT0",
    manufacturer="ACME",
    model="NB14-BAT",
    serial_number="4711",
    chemistry="lithium-ion",
    design_capacity_mwh=50000,
    full_capacity_mwh=31500,
    voltage_mv=12250,
    cycles=212,
    charge_percent=64,
    health_percent=63.0,
    temperature_tenths_c=315,
    status="not charging",
)


def test_neither_a_mouse_nor_the_sum_of_all_is_a_battery_of_the_machine() -> None:
    machine = parse_upower(DUMP)

    assert machine.batteries == (PACK,)
    assert machine.on_mains is True


def test_a_comma_in_a_number_is_a_point() -> None:
    said = DUMP.replace("31.5 Wh", "31,5 Wh").replace("12.25 V", "12,25 V").replace("63%", "63,0%")

    assert parse_upower(said.replace("31.5 deg", "31,5 deg")).batteries == (PACK,)


def test_one_device_alone_has_no_line_above_it() -> None:
    alone = DUMP.partition("battery_BAT0\n")[2].partition("\nDevice:")[0]

    assert parse_upower(alone).batteries == (PACK,)


def test_an_empty_bay_is_no_battery() -> None:
    assert parse_upower(DUMP.replace("present:             yes", "present: no")).batteries == ()


def test_a_capacity_of_zero_was_not_measured() -> None:
    (pack,) = parse_upower(DUMP.replace("full:         31.5 Wh", "full:         0 Wh")).batteries

    assert pack.full_capacity_mwh is None


@pytest.mark.parametrize("text", ["", "upower: command not found", "Device: x", "battery\n"])
def test_text_without_a_device_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_upower(text)


@pytest.mark.parametrize("case", corpus.cases("upower-text"))
def test_a_real_battery_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    machine = parse_upower(corpus.text(case))

    assert len(machine.batteries) == len(case["expected"]["batteries"])
    for theirs, ours in zip(case["expected"]["batteries"], machine.batteries, strict=True):
        known = {key: getattr(ours, key) for key in theirs if key != "percentage"}
        assert not corpus.wrong(theirs, known)
