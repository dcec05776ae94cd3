import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.finding import Finding, overall
from diagnostics.judge import policy
from diagnostics.judge.battery import battery_health
from diagnostics.verdict_words import verdict_words
from station.checks import Measurement, Outcome
from station.machine import Battery, Machine, Reading, Section, System

RULE = policy.load().battery
PACK = Battery(name="BAT0", design_capacity_mwh=50000, full_capacity_mwh=40000, cycles=212)


def machine(
    *batteries: Battery, reading: Reading = Reading.OK, chassis: str | None = None
) -> Machine:
    """A machine whose batteries were asked for."""
    return Machine(
        system=System(chassis_type=chassis),
        batteries=batteries,
        sections=(Section("batteries", reading, "test", 1),),
    )


def pack(**changes: object) -> Battery:
    """The battery with some figures changed."""
    return msgspec.structs.replace(PACK, **changes)


def told(battery: Battery) -> tuple[Outcome, str]:
    """Outcome and weightiest reason of a machine with this battery alone."""
    (finding,) = battery_health(machine(battery), RULE)
    return finding.outcome, finding.reasons[0] if finding.reasons else ""


@pytest.mark.parametrize(
    ("full_mwh", "expected"),
    [
        (40000, (Outcome.PASS, "")),
        (39999, (Outcome.WARN, "battery_worn")),
        (30000, (Outcome.WARN, "battery_worn")),
        (29999, (Outcome.FAIL, "battery_use_with_charger")),
        (20000, (Outcome.FAIL, "battery_use_with_charger")),
        (19999, (Outcome.FAIL, "battery_replace")),
        (1000, (Outcome.FAIL, "battery_replace")),
        (52500, (Outcome.PASS, "")),  # new packs hold more than they promise
    ],
)
def test_a_battery_is_judged_by_what_it_holds_of_its_design(
    full_mwh: int, expected: tuple[Outcome, str]
) -> None:
    assert told(pack(full_capacity_mwh=full_mwh)) == expected


@pytest.mark.parametrize(
    "doubtful",
    [
        pack(full_capacity_mwh=65000),
        pack(full_capacity_mwh=5),
        pack(design_capacity_mwh=None, full_capacity_mwh=None, health_percent=900.0),
    ],
)
def test_a_gauge_that_claims_what_cannot_be_is_not_believed(doubtful: Battery) -> None:
    assert told(doubtful) == (Outcome.UNKNOWN, "gauge_implausible")


@pytest.mark.parametrize(
    ("cycles", "expected"),
    [
        (30, (Outcome.PASS, "")),
        (100, (Outcome.PASS, "")),
        (101, (Outcome.UNKNOWN, "gauge_not_learning")),
        (0, (Outcome.UNKNOWN, "gauge_not_learning")),
        (None, (Outcome.UNKNOWN, "gauge_not_learning")),
    ],
)
def test_a_battery_that_repeats_its_design_is_believed_only_when_young(
    cycles: int | None, expected: tuple[Outcome, str]
) -> None:
    assert told(pack(full_capacity_mwh=50000, cycles=cycles)) == expected


@pytest.mark.parametrize(
    "odd",
    [
        pack(design_capacity_mwh=83, full_capacity_mwh=60),
        pack(design_capacity_mwh=48_000_000, full_capacity_mwh=40_000_000),
        Battery(design_capacity_mah=5, full_capacity_mah=4),
        Battery(design_capacity_mah=5200, full_capacity_mah=4400, design_voltage_mv=5),
    ],
)
def test_a_design_that_no_machine_runs_from_is_not_believed(odd: Battery) -> None:
    assert told(odd) == (Outcome.UNKNOWN, "capacity_implausible")


@pytest.mark.parametrize(
    "silent",
    [
        pack(full_capacity_mwh=None),
        pack(design_capacity_mwh=None),
        pack(design_capacity_mwh=0),
        Battery(name="BAT0", charge_percent=64),
        Battery(full_capacity_mah=4400, design_capacity_mwh=50000),  # and no voltage
    ],
)
def test_a_battery_that_does_not_tell_its_capacity_is_unknown(silent: Battery) -> None:
    assert told(silent) == (Outcome.UNKNOWN, "capacity_not_said")


@pytest.mark.parametrize(
    "counted",
    [
        Battery(design_capacity_mah=4400, full_capacity_mah=2000),
        Battery(design_capacity_mwh=50000, full_capacity_mah=2000, design_voltage_mv=11100),
        Battery(design_capacity_mah=4500, full_capacity_mwh=22500, design_voltage_mv=11100),
        Battery(health_percent=45.9),
    ],
)
def test_charge_and_voltage_or_the_sources_own_division_do_as_well(counted: Battery) -> None:
    (finding,) = battery_health(machine(counted), RULE)

    assert finding.reasons == ("battery_use_with_charger",)
    assert 44 <= finding.measured[0].value <= 45


@pytest.mark.parametrize(
    "dangerous",
    [
        pack(temperature_tenths_c=551),
        pack(health_word="dead"),
        pack(health_word="Overheat"),
        Battery(health_word="over_voltage"),
    ],
)
def test_a_hot_or_dead_battery_fails_however_much_it_holds(dangerous: Battery) -> None:
    assert told(dangerous) == (Outcome.FAIL, "battery_dangerous")


def test_a_warm_battery_is_judged_by_its_wear_and_a_hot_one_says_how_hot() -> None:
    assert told(pack(temperature_tenths_c=550, health_word="good")) == (Outcome.PASS, "")
    (hot,) = battery_health(machine(pack(temperature_tenths_c=612)), RULE)
    assert hot.measured == (Measurement("temperature_c", 61),)


def test_a_dead_second_battery_is_not_hidden_by_a_good_first_one() -> None:
    worn = pack(name="BAT1", full_capacity_mwh=5000)

    findings = battery_health(machine(PACK, worn), RULE)

    assert [(f.subject, f.outcome) for f in findings] == [
        ("BAT0", Outcome.PASS),
        ("BAT1", Outcome.FAIL),
    ]
    (result,) = overall(findings)
    assert (result.outcome, result.reason) == (Outcome.FAIL, "battery_replace")


def test_nameless_batteries_are_told_apart_by_serial_or_place() -> None:
    packs = (pack(name=None, serial_number="4711"), pack(name=None))

    assert [f.subject for f in battery_health(machine(*packs), RULE)] == ["4711", "2"]


@pytest.mark.parametrize("chassis", ["Mini Tower", "All In One"])
def test_a_desktop_has_no_battery_to_judge(chassis: str) -> None:
    findings = battery_health(machine(chassis=chassis), RULE)

    assert findings == (Finding("bat.health", Outcome.NOT_APPLICABLE),)


@pytest.mark.parametrize("chassis", ["Notebook", "Tablet", None])
def test_no_battery_is_unknown_where_one_belongs(chassis: str | None) -> None:
    (finding,) = battery_health(machine(chassis=chassis), RULE)

    assert (finding.outcome, finding.reasons) == (Outcome.UNKNOWN, ("battery_not_seen",))


@pytest.mark.parametrize("reading", [reading for reading in Reading if reading is not Reading.OK])
def test_one_battery_that_did_not_answer_stays_unknown_beside_the_other(reading: Reading) -> None:
    findings = battery_health(machine(PACK, reading=reading), RULE)

    assert [f.outcome for f in findings] == [Outcome.PASS, Outcome.UNKNOWN]
    assert findings[1].reasons == (f"reading_{reading.value}",)
    assert overall(findings)[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "battery",
    [
        pack(full_capacity_mwh=35000),
        pack(full_capacity_mwh=25000),
        pack(full_capacity_mwh=15000),
        pack(temperature_tenths_c=600),
        pack(full_capacity_mwh=65000),
        pack(design_capacity_mwh=5),
    ],
)
def test_every_verdict_has_words(battery: Battery) -> None:
    (finding,) = battery_health(machine(battery), RULE)

    assert finding.reasons[0] not in verdict_words(finding).reasons


@given(st.from_type(Battery))
def test_any_battery_gets_a_verdict_and_none_passes_without_a_capacity(battery: Battery) -> None:
    (finding,) = battery_health(machine(battery), RULE)

    told_full = (battery.full_capacity_mwh, battery.full_capacity_mah, battery.health_percent)
    passed = finding.outcome in (Outcome.PASS, Outcome.WARN)
    assert not passed or any(told_full)
