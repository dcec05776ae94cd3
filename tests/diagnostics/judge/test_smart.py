from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from diagnostics.finding import Finding, overall
from diagnostics.judge.machine import judge
from diagnostics.judge.smart import REASONS, disk_health, rules_of
from station.checks import Measurement, Outcome
from station.machine import Disk, Reading
from tests.diagnostics.judge.judged import RULES, closed, machine

SMART = RULES.smart
ATA: dict[str, Any] = {"smart": Reading.OK, "smart_passed": True, "interface": "SATA"}
HDD = Disk(**{**ATA, "name": "sda", "rotational": True, "reallocated": 0, "pending": 0})
SSD = Disk(**{**ATA, "name": "sdb", "rotational": False, "reallocated": 0})
NVME = Disk(
    name="nvme0n1",
    interface="NVMe",
    rotational=False,
    smart=Reading.OK,
    smart_passed=True,
    critical_warning=0,
    media_errors=0,
    percentage_used=3,
    available_spare_percent=100,
    available_spare_threshold_percent=10,
    power_cycles=70,
)
SCSI = Disk(
    name="sdc", interface="SAS", smart=Reading.OK, smart_passed=True, grown_defects=0,
    uncorrected_errors=0,
)  # fmt: skip
EMMC = Disk(name="mmcblk0", bus="mmc", rotational=False, life_time_estimate=1, pre_eol=1)
FIGURES = ["reallocated", "wear_left_percent", "power_on_hours", "interface_crc_errors"]
HEALTHY = [HDD, SSD, NVME, SCSI, EMMC]


def health(disk: Disk, **changed: Any) -> Finding:
    return disk_health(replace(disk, **changed), SMART)


def told(finding: Finding) -> tuple[Outcome, tuple[str, ...]]:
    return finding.outcome, finding.reasons


@pytest.mark.parametrize("disk", HEALTHY, ids=lambda disk: disk.name)
def test_a_disk_that_says_it_is_well_and_gives_its_figures_passes(disk: Disk) -> None:
    assert told(health(disk)) == (Outcome.PASS, ())


@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"pending": 1}, Outcome.FAIL, "sectors_unreadable"),
        ({"uncorrectable": 1}, Outcome.FAIL, "sectors_lost"),
        ({"reallocated": 1}, Outcome.WARN, "sectors_reallocated"),
        ({"reallocated": 3}, Outcome.WARN, "sectors_reallocated"),
        ({"reallocated": 4}, Outcome.FAIL, "sectors_reallocated"),
        ({"reported_uncorrectable": 3}, Outcome.WARN, "data_errors"),
        ({"reported_uncorrectable": 4}, Outcome.FAIL, "data_errors"),
        ({"spin_retries": 1}, Outcome.FAIL, "motor_starts_badly"),
        ({"end_to_end_errors": 1}, Outcome.WARN, "disk_garbles_data"),
        ({"reallocation_events": 1}, Outcome.WARN, "sectors_retried"),
        ({"command_timeouts": 1}, Outcome.WARN, "disk_slow_to_answer"),
        ({"interface_crc_errors": 10}, Outcome.WARN, "disk_cable_errors"),
        ({"power_on_hours": 37178}, Outcome.WARN, "disk_old"),
        ({"packed_attributes": (5,)}, Outcome.WARN, "sectors_counted_otherwise"),
    ],
)
def test_a_hard_disk_is_judged_by_its_sectors(
    changed: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    assert told(health(HDD, **changed)) == (outcome, (reason,))


@pytest.mark.parametrize("changed", [{"interface_crc_errors": 9}, {"power_on_hours": 37177}])
def test_a_figure_below_its_limit_is_not_remarked_on(changed: dict[str, int]) -> None:
    assert health(HDD, **changed).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"pending": 1}, Outcome.FAIL, "sectors_unreadable"),
        ({"reallocated": 90}, Outcome.WARN, "sectors_reallocated"),
        ({"uncorrectable": 1}, Outcome.WARN, "sectors_lost"),
        ({"reported_uncorrectable": 1}, Outcome.WARN, "data_errors"),
        ({"wear_left_percent": 30}, Outcome.WARN, "flash_worn"),
        ({"wear_left_percent": 11}, Outcome.WARN, "flash_worn"),
        ({"wear_left_percent": 10}, Outcome.FAIL, "flash_worn"),
        ({"wear_left_percent": 0}, Outcome.FAIL, "flash_worn"),
        ({"power_on_hours": 40001}, Outcome.WARN, "disk_old"),
    ],
)
def test_a_solid_state_disk_is_judged_by_its_wear(
    changed: dict[str, int], outcome: Outcome, reason: str
) -> None:
    assert told(health(SSD, **changed)) == (outcome, (reason,))


@pytest.mark.parametrize(
    ("changed", "outcome", "reasons"),
    [
        ({"critical_warning": 1}, Outcome.FAIL, ("spare_blocks_low",)),
        ({"critical_warning": 2}, Outcome.FAIL, ("disk_too_hot",)),
        ({"critical_warning": 12}, Outcome.FAIL, ("disk_unreliable", "disk_read_only")),
        ({"critical_warning": 64}, Outcome.FAIL, ("disk_unreliable",)),
        ({"media_errors": 1}, Outcome.FAIL, ("data_errors",)),
        ({"percentage_used": 70}, Outcome.WARN, ("flash_worn",)),
        ({"percentage_used": 100}, Outcome.FAIL, ("flash_worn",)),
        ({"unsafe_shutdowns": 1000}, Outcome.WARN, ("power_cut_often",)),
        ({"available_spare_percent": 9}, Outcome.FAIL, ("spare_blocks_low",)),
        ({"available_spare_percent": 10}, Outcome.PASS, ()),
    ],
)
def test_an_nvme_disk_is_judged_by_its_health_log(
    changed: dict[str, int], outcome: Outcome, reasons: tuple[str, ...]
) -> None:
    assert told(health(NVME, **changed)) == (outcome, reasons)


def test_spare_blocks_are_compared_with_the_threshold_that_the_disk_names() -> None:
    emulated = {"available_spare_percent": 0, "available_spare_threshold_percent": 0}

    assert health(NVME, **emulated).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"uncorrected_errors": 1}, Outcome.FAIL, "data_errors"),
        ({"grown_defects": 3}, Outcome.WARN, "sectors_reallocated"),
        ({"grown_defects": 4}, Outcome.FAIL, "sectors_reallocated"),
        ({"percentage_used": 100}, Outcome.FAIL, "flash_worn"),
    ],
)
def test_a_scsi_disk_is_judged_by_its_counters(
    changed: dict[str, int], outcome: Outcome, reason: str
) -> None:
    assert told(health(SCSI, **changed)) == (outcome, (reason,))


@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"life_time_estimate": 8}, Outcome.WARN, "flash_worn"),
        ({"life_time_estimate": 11}, Outcome.FAIL, "flash_worn"),
        ({"pre_eol": 2}, Outcome.WARN, "spare_blocks_low"),
        ({"pre_eol": 3}, Outcome.FAIL, "spare_blocks_low"),
        ({"pre_eol": 0}, Outcome.UNKNOWN, "flash_life_not_said"),
        ({"life_time_estimate": None}, Outcome.UNKNOWN, "flash_life_not_said"),
    ],
)
def test_built_in_flash_is_judged_by_its_life_time(
    changed: dict[str, int | None], outcome: Outcome, reason: str
) -> None:
    assert told(health(EMMC, **changed)) == (outcome, (reason,))


@pytest.mark.parametrize("disk", HEALTHY, ids=lambda disk: disk.name)
@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"smart_passed": False}, Outcome.FAIL, "disk_says_failing"),
        ({"exit_status": 8}, Outcome.FAIL, "disk_says_failing"),
        ({"failing_attributes": (5,)}, Outcome.FAIL, "figure_at_limit"),
        ({"exit_status": 16}, Outcome.FAIL, "figure_at_limit"),
        ({"self_test_passed": False}, Outcome.FAIL, "self_test_failed"),
        ({"exit_status": 32}, Outcome.WARN, "figure_was_at_limit"),
        ({"failed_attributes": (190,)}, Outcome.WARN, "figure_was_at_limit"),
        ({"exit_status": 64}, Outcome.WARN, "errors_logged"),
        ({"exit_status": 128}, Outcome.WARN, "self_test_failed_once"),
    ],
)
def test_what_any_disk_says_of_itself_counts(
    disk: Disk, changed: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    assert told(health(disk, **changed)) == (outcome, (reason,))


def test_the_bit_of_a_failed_command_says_nothing_of_the_disk() -> None:
    assert health(HDD, exit_status=4).outcome is Outcome.PASS


@pytest.mark.parametrize("disk", [HDD, SSD, NVME, SCSI], ids=lambda disk: disk.name)
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"smart": Reading.MISSING}, "smart_missing"),
        ({"smart": Reading.NOT_PERMITTED}, "reading_not_permitted"),
        ({"smart": Reading.TIMED_OUT}, "reading_timed_out"),
        ({"smart": Reading.UNREADABLE}, "smart_unreadable"),
        ({"smart": Reading.UNREADABLE, "smart_enabled": False}, "smart_switched_off"),
        ({"smart": None}, "smart_not_asked"),
        ({"smart_passed": None}, "smart_incomplete"),
        ({"model": "QEMU HARDDISK"}, "disk_emulated"),
    ],
)
def test_a_disk_without_a_report_of_its_health_is_unknown(
    disk: Disk, changed: dict[str, Any], reason: str
) -> None:
    assert told(health(disk, **changed)) == (Outcome.UNKNOWN, (reason,))


def test_a_disk_that_nobody_could_ask_says_why() -> None:
    asked = disk_health(replace(HDD, smart=None), SMART, Reading.MISSING)

    assert told(asked) == (Outcome.UNKNOWN, ("reading_missing",))


@pytest.mark.parametrize(
    ("disk", "unsaid"),
    [
        (HDD, {"reallocated": None}),
        (HDD, {"pending": None}),
        (SSD, {"reallocated": None}),
        (NVME, {"critical_warning": None}),
        (NVME, {"media_errors": None}),
        (NVME, {"percentage_used": None}),
        (NVME, {"power_cycles": 0}),  # never switched on, and yet it answers
        (SCSI, {"grown_defects": None, "uncorrected_errors": None}),
    ],
)
def test_a_figure_that_is_not_said_is_not_zero(disk: Disk, unsaid: dict[str, Any]) -> None:
    assert told(health(disk, **unsaid)) == (Outcome.UNKNOWN, ("smart_incomplete",))


def test_a_bad_figure_counts_even_where_the_rest_could_not_be_read() -> None:
    found = health(HDD, smart=Reading.UNREADABLE, pending=2)

    assert told(found) == (Outcome.FAIL, ("sectors_unreadable", "smart_unreadable"))


def test_all_reasons_are_told_the_weightiest_first_with_their_figures() -> None:
    found = health(HDD, power_on_hours=50000, reallocated=2, pending=8, self_test_passed=False)

    assert found.outcome is Outcome.FAIL
    assert found.reasons == (
        "self_test_failed",
        "sectors_unreadable",
        "sectors_reallocated",
        "disk_old",
    )
    assert found.measured == (
        Measurement("pending", 8),
        Measurement("reallocated", 2),
        Measurement("power_on_hours", 50000),
    )


def test_age_and_wear_are_told_of_a_good_disk_too() -> None:
    found = health(SSD, power_on_hours=812, wear_left_percent=97)

    assert found.measured == (
        Measurement("power_on_hours", 812),
        Measurement("wear_left_percent", 97),
    )


def test_a_disk_of_unknown_kind_is_judged_by_both_rules() -> None:
    unknown = {"rotational": None, "uncorrectable": 0}

    assert rules_of(replace(HDD, **unknown), SMART) == (SMART.rotating, SMART.solid)
    assert health(HDD, **unknown).outcome is Outcome.PASS
    assert health(HDD, **unknown, reallocated=4).outcome is Outcome.FAIL
    assert health(HDD, **unknown, wear_left_percent=5).outcome is Outcome.FAIL


def test_a_disk_seen_through_a_bridge_is_judged_as_its_kind() -> None:
    bridged = {"bridge": "sat", "usb_bridged": True}

    assert health(HDD, **bridged).outcome is Outcome.PASS
    assert health(HDD, **bridged, pending=1).outcome is Outcome.FAIL
    assert health(NVME, **bridged, media_errors=1).outcome is Outcome.FAIL


def found_in(*disks: Disk, reading: Reading = Reading.OK) -> list[Finding]:
    judged = closed(machine(storage=disks), reading)
    return [f for f in judge(judged, (), RULES) if f.check == "sto.smart"]


def test_each_internal_disk_has_its_finding_and_a_stick_has_none() -> None:
    stick = Disk(name="sdd", removable=True, bus="usb")

    findings = found_in(HDD, replace(SSD, pending=1), stick)

    assert [(f.subject, f.outcome) for f in findings] == [
        ("sda", Outcome.PASS),
        ("sdb", Outcome.FAIL),
    ]
    assert overall(findings)[0].reason == "sectors_unreadable"


def test_a_machine_without_a_disk_says_so() -> None:
    assert [told(f) for f in found_in()] == [(Outcome.UNKNOWN, ("disk_not_seen",))]


def test_disks_that_could_not_be_listed_are_unknown() -> None:
    findings = found_in(reading=Reading.TIMED_OUT)

    assert [told(f) for f in findings] == [(Outcome.UNKNOWN, ("reading_timed_out",))]


@given(st.from_type(Disk))
def test_any_facts_of_a_disk_are_judged_and_only_what_was_read_passes(disk: Disk) -> None:
    found = disk_health(disk, SMART)

    assert (found.outcome is Outcome.PASS) == (found.reasons == ())
    if disk.bus != "mmc" and disk.smart is not Reading.OK:
        assert found.outcome in (Outcome.FAIL, Outcome.UNKNOWN)


@given(disk=st.sampled_from([HDD, SSD]), bad=st.integers(1, 10**9), data=st.data())
def test_no_other_figures_make_up_for_a_sector_that_cannot_be_read(
    disk: Disk, bad: int, data: st.DataObject
) -> None:
    others = data.draw(st.fixed_dictionaries({name: st.integers(0, 100) for name in FIGURES}))

    assert health(disk, **others, pending=bad).outcome is Outcome.FAIL


def test_every_figure_of_every_rule_has_its_reason() -> None:
    rules = (SMART.rotating, SMART.solid, SMART.nvme, SMART.scsi, SMART.emmc)
    named = {name for rule in rules for name in rule.__struct_fields__}

    assert named - {"critical_warning"} == set(REASONS)
