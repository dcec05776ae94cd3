from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.judge import policy
from diagnostics.judge.machine import judge
from station.checks import CheckResult, Outcome
from station.machine import (
    Battery,
    Disk,
    Machine,
    Memory,
    NetworkAdapter,
    Reading,
    Section,
    System,
)

RULES = policy.load()
NAMED = System(maker="ACME", model="Notebook 14", serial="AC-0001", chassis="notebook")
UNSAID = Memory()
GB = 10**9


def machine(
    *,
    system: System = NAMED,
    memory: Memory = UNSAID,
    disks: Iterable[Disk] = (),
    batteries: Iterable[Battery] = (),
    network: Iterable[NetworkAdapter] = (),
) -> Machine:
    """A machine of which every section was read."""
    return Machine(
        tuple(Section(name, Reading.OK, "test", 1) for name in SECTIONS),
        system=system,
        memory=memory,
        disks=tuple(disks),
        batteries=tuple(batteries),
        network=tuple(network),
    )


def verdict(check: str, judged: Machine) -> CheckResult:
    (result,) = [result for result in judge(judged, RULES) if result.check == check]
    return result


def told(result: CheckResult) -> tuple[Outcome, str]:
    return result.outcome, result.reason


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (NAMED, (Outcome.PASS, "")),
        (System(board_maker="ACME", board_model="B85", uuid="4c4c4544"), (Outcome.PASS, "")),
        (System(maker="ACME", model="Notebook 14"), (Outcome.WARN, "serial_placeholder")),
        (System(maker="ACME", serial="AC-0001"), (Outcome.WARN, "model_placeholder")),
        (System(), (Outcome.UNKNOWN, "firmware_silent")),
    ],
)
def test_identity_needs_a_name_and_a_mark(system: System, expected: tuple[Outcome, str]) -> None:
    assert told(verdict("id.identity", machine(system=system))) == expected


def test_serials_closed_to_a_plain_user_are_unknown_not_placeholders() -> None:
    named = System(maker="ACME", model="Notebook 14")

    result = verdict("id.identity", machine(system=named))
    closed = verdict("id.identity", with_reading(machine(system=named), Reading.NOT_PERMITTED))

    assert told(result) == (Outcome.WARN, "serial_placeholder")
    assert told(closed) == (Outcome.UNKNOWN, "reading_not_permitted")


def with_reading(judged: Machine, reading: Reading) -> Machine:
    """The same facts, with every section ended this way."""
    sections = (msgspec.structs.replace(s, reading=reading) for s in judged.sections)
    return msgspec.structs.replace(judged, sections=tuple(sections))


@pytest.mark.parametrize(
    ("total_mib", "outcome"),
    [
        (7600, Outcome.PASS),  # 8 GB, of which graphics took some
        (7168, Outcome.PASS),
        (7167, Outcome.WARN),
        (3841, Outcome.WARN),  # 4 GB
        (3072, Outcome.WARN),
        (3071, Outcome.FAIL),
        (1987, Outcome.FAIL),
    ],
)
def test_memory_is_judged_by_what_must_be_fitted(total_mib: int, outcome: Outcome) -> None:
    result = verdict("mem.size", machine(memory=Memory(total_mib)))

    assert result.outcome is outcome
    assert [(m.name, m.value) for m in result.measured] == [("total_mib", total_mib)]


SSD = Disk("sda", capacity_bytes=128 * GB, rotational=False, removable=False, transport="sata")
HDD = Disk("sdb", capacity_bytes=500 * GB, rotational=True, removable=False, transport="sata")
STICK = Disk("sdc", capacity_bytes=256 * GB, rotational=False, removable=True, transport="usb")


@pytest.mark.parametrize(
    ("disks", "expected"),
    [
        ([SSD], (Outcome.PASS, "")),
        ([HDD], (Outcome.WARN, "disk_rotates")),
        ([HDD, SSD], (Outcome.PASS, "")),
        ([msgspec.structs.replace(SSD, capacity_bytes=119 * GB)], (Outcome.WARN, "disk_small")),
        ([msgspec.structs.replace(SSD, capacity_bytes=31 * GB)], (Outcome.WARN, "disk_small")),
        ([msgspec.structs.replace(SSD, capacity_bytes=16 * GB)], (Outcome.FAIL, "disk_small")),
        ([msgspec.structs.replace(HDD, capacity_bytes=20 * GB)], (Outcome.FAIL, "disk_small")),
        ([msgspec.structs.replace(SSD, rotational=None)], (Outcome.UNKNOWN, "media_not_said")),
        ([msgspec.structs.replace(SSD, capacity_bytes=None)], (Outcome.UNKNOWN, "not_said")),
        # An external disk of the larger kind does not call itself removable.
        ([msgspec.structs.replace(STICK, removable=False)], (Outcome.UNKNOWN, "disk_not_seen")),
        ([STICK], (Outcome.UNKNOWN, "disk_not_seen")),
        ([], (Outcome.UNKNOWN, "disk_not_seen")),
    ],
)
def test_the_best_internal_disk_counts(disks: list[Disk], expected: tuple[Outcome, str]) -> None:
    assert told(verdict("sto.type", machine(disks=disks))) == expected


def battery(full: int | None, design: int | None = 50000, cycles: int = 212) -> Battery:
    return Battery("BAT0", design_mwh=design, full_mwh=full, cycles=cycles)


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        (battery(40000), (Outcome.PASS, "")),
        (battery(39999), (Outcome.WARN, "battery_worn")),
        (battery(30000), (Outcome.WARN, "battery_worn")),
        (battery(29999), (Outcome.FAIL, "battery_worn")),
        (battery(52500), (Outcome.PASS, "")),
        (battery(65000), (Outcome.UNKNOWN, "gauge_implausible")),
        (battery(50000, cycles=30), (Outcome.PASS, "")),
        (battery(50000, cycles=101), (Outcome.UNKNOWN, "gauge_not_learning")),
        (battery(50000, cycles=0), (Outcome.UNKNOWN, "gauge_not_learning")),
        (battery(None), (Outcome.UNKNOWN, "capacity_not_said")),
        (battery(40000, design=None), (Outcome.UNKNOWN, "capacity_not_said")),
        (Battery("BAT0", design_mah=4400, full_mah=2000), (Outcome.FAIL, "battery_worn")),
    ],
)
def test_a_battery_is_judged_by_its_design(pack: Battery, expected: tuple[Outcome, str]) -> None:
    assert told(verdict("bat.health", machine(batteries=[pack]))) == expected


def test_two_batteries_are_judged_together() -> None:
    packs = [battery(10000, design=20000), battery(22000, design=24000)]

    result = verdict("bat.health", machine(batteries=packs))

    assert result.outcome is Outcome.WARN
    assert [(m.name, m.value) for m in result.measured] == [("health_percent", 72)]


def test_batteries_that_count_differently_are_not_added() -> None:
    packs = [battery(40000), Battery("BAT1", design_mah=4400, full_mah=4000)]

    assert told(verdict("bat.health", machine(batteries=packs)))[1] == "capacity_not_said"


@pytest.mark.parametrize(
    ("chassis", "expected"),
    [
        ("mini_tower", (Outcome.NOT_APPLICABLE, "")),
        ("all_in_one", (Outcome.NOT_APPLICABLE, "")),
        ("notebook", (Outcome.UNKNOWN, "battery_not_seen")),
        ("tablet", (Outcome.UNKNOWN, "battery_not_seen")),
        (None, (Outcome.UNKNOWN, "battery_not_seen")),
    ],
)
def test_no_battery_matters_where_one_belongs(
    chassis: str | None, expected: tuple[Outcome, str]
) -> None:
    assert told(verdict("bat.health", machine(system=System(chassis=chassis)))) == expected


@pytest.mark.parametrize(
    ("adapters", "reason"),
    [
        ([NetworkAdapter("wlp2s0", wireless=True)], "wifi_not_measured"),
        ([NetworkAdapter("enp1s0", wireless=False)], "wifi_not_seen"),
        ([], "wifi_not_seen"),
    ],
)
def test_the_presence_of_an_adapter_passes_nothing(
    adapters: list[NetworkAdapter], reason: str
) -> None:
    assert told(verdict("net.wifi", machine(network=adapters))) == (Outcome.UNKNOWN, reason)


@pytest.mark.parametrize("reading", [reading for reading in Reading if reading is not Reading.OK])
def test_what_was_not_read_is_unknown_and_says_why(reading: Reading) -> None:
    results = judge(with_reading(machine(system=System()), reading), RULES)

    assert {told(result) for result in results} == {(Outcome.UNKNOWN, f"reading_{reading.value}")}


def test_checks_that_need_a_person_are_absent() -> None:
    checks = [result.check for result in judge(machine(), RULES)]

    assert checks == ["id.identity", "net.wifi", "bat.health", "mem.size", "sto.type"]


@given(st.from_type(Machine))
def test_any_facts_are_judged_and_unread_ones_never_pass(facts: Machine) -> None:
    judged = with_reading(facts, Reading.TIMED_OUT)

    for result in judge(msgspec.structs.replace(judged, memory=UNSAID), RULES):
        passed = result.outcome in (Outcome.PASS, Outcome.WARN)
        assert not passed or result.check == "id.identity"
