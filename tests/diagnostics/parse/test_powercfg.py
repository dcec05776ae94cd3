import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import LARGEST
from diagnostics.parse.powercfg import parse_powercfg
from station.machine import Battery, Machine
from tests.diagnostics import corpus
from tests.diagnostics.parse.windows_samples import REPORT, battery_report


def test_a_report_gives_the_battery_and_nothing_of_the_owner() -> None:
    machine = parse_powercfg(battery_report())

    assert machine == Machine(
        batteries=(
            Battery(
                manufacturer="ACME",
                model="ACME-1",
                serial_number="541",
                chemistry="LiP",
                design_capacity_mwh=50_000,
                full_capacity_mwh=31_000,
                cycles=412,
            ),
        )
    )


@pytest.mark.parametrize(
    ("written", "mwh"),
    [
        ("83,995 mWh", 83_995),
        ("52.500 mWh", 52_500),
        ("1\N{NO-BREAK SPACE}234 mWh", 1_234),
        ("48840", 48_840),
        ("0", None),
        ("-", None),
        ("", None),
        ("12.5 Wh", None),
        ("52,5", None),
    ],
)
def test_a_capacity_is_read_with_any_sign_between_thousands(written: str, mwh: int | None) -> None:
    machine = parse_powercfg(battery_report(full=written))

    assert machine.batteries[0].full_capacity_mwh == mwh


def test_cycles_that_nobody_counted_are_not_known() -> None:
    assert parse_powercfg(battery_report(cycles="-")).batteries[0].cycles is None


def test_figures_without_a_unit_are_no_capacity() -> None:
    battery = parse_powercfg(battery_report(relative="1")).batteries[0]

    assert (battery.design_capacity_mwh, battery.full_capacity_mwh) == (None, None)


def test_a_machine_without_a_battery_has_none() -> None:
    assert parse_powercfg(REPORT.format(batteries="").encode()) == Machine()


def test_a_report_in_utf16_is_read() -> None:
    text = battery_report().decode().replace("utf-8", "utf-16")

    assert len(parse_powercfg(text.encode("utf-16")).batteries) == 1


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE BatteryReport [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<BatteryReport><Batteries><Battery><Id>&b;</Id></Battery></Batteries></BatteryReport>"""
OUTSIDE = b"""<!DOCTYPE r SYSTEM "file:///etc/passwd"><BatteryReport/>"""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<html/>",
        LAUGHS,
        OUTSIDE,
        battery_report()[:300],
        b"<BatteryReport>" + b"<a>" * 100_000,
        REPORT.format(batteries="<Battery/>" * 1000).encode(),
        b'<?xml version="1.0" encoding="klingon"?><BatteryReport/>',
        b"<BatteryReport/>" + b" " * LARGEST,
    ],
)
def test_what_is_no_battery_report_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        parse_powercfg(data)


@pytest.mark.parametrize("case", corpus.cases("powercfg-xml"))
def test_a_real_report_is_read_as_others_read_it(case: dict[str, object]) -> None:
    machine = parse_powercfg(corpus.data(case))

    expected = case["expected"]
    assert isinstance(expected, dict)
    for battery, listed in zip(machine.batteries, expected["batteries"], strict=True):
        ours = {name: getattr(battery, name) for name in listed}
        assert corpus.wrong(listed, ours) == {}
