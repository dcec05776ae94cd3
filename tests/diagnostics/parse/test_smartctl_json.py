import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.smartctl_json import facts_of, parse_smartctl_json
from station.machine import Disk, Reading
from station.placeholders import fact
from tests.diagnostics import corpus
from tests.diagnostics.hostile import answers_or_says_unreadable
from tests.diagnostics.parse.smart_samples import (
    ATA,
    ATTRIBUTES,
    FULL,
    NVME,
    SCSI,
    report,
    with_attributes,
)

PERMISSION = "Smartctl open device: /dev/sda failed: Permission denied"
GONE = "Smartctl open device: /dev/sda failed: No such device"


def disk(text: str) -> Disk:
    (found,) = parse_smartctl_json(text).storage
    return found


def failing_to_start(string: str, status: int = 2, **facts: Any) -> str:
    said = {"version": [7, 3], "exit_status": status, "messages": [{"string": string}]}
    return json.dumps({"smartctl": said, **facts})


def test_a_hard_disk_is_read_in_full() -> None:
    assert disk(FULL) == Disk(
        name="sda",
        model="ACME SP500-A1",
        manufacturer="Acme",
        serial_number="AC-77001",
        wwn="0x5000c50260a409a4",
        firmware="1.07",
        capacity_bytes=500107862016,
        sector_bytes=512,
        rotational=True,
        rotation_rpm=7200,
        interface="SATA",
        device_type="hdd",
        form_factor="2.5 inches",
        smart=Reading.OK,
        smart_available=True,
        smart_enabled=True,
        smart_passed=True,
        exit_status=0,
        power_on_hours=11873,
        power_cycles=2504,
        temperature_c=34,
        reallocated=138,
        spin_retries=0,
        end_to_end_errors=0,
        reported_uncorrectable=2,
        command_timeouts=1,
        reallocation_events=7,
        pending=8,
        uncorrectable=1,
        interface_crc_errors=12,
        failing_attributes=(196,),
        failed_attributes=(190,),
        packed_attributes=(5,),
        error_log_entries=3,
        self_test_passed=True,
        security_enabled=False,
        security_locked=False,
        security_frozen=True,
    )


def test_an_nvme_disk_is_read_in_full() -> None:
    assert disk(report(NVME)) == Disk(
        name="nvme0n1",
        model="ACME Comet 250",
        serial_number="AC-88002",
        wwn="eui.0025385a11b5a61d",
        firmware="C250.1",
        capacity_bytes=250059350016,
        sector_bytes=512,
        rotational=False,
        interface="NVMe",
        device_type="ssd",
        smart=Reading.OK,
        smart_passed=True,
        exit_status=0,
        power_on_hours=3121,
        power_cycles=1402,
        temperature_c=41,
        percentage_used=3,
        available_spare_percent=100,
        available_spare_threshold_percent=10,
        critical_warning=0,
        media_errors=0,
        error_log_entries=5,
        unsafe_shutdowns=77,
        data_written_bytes=512_000_000,
    )


def test_a_scsi_disk_is_read_in_full() -> None:
    assert disk(report(SCSI)) == Disk(
        name="sdb",
        model="ACME SV300",
        manufacturer="ACME",
        serial_number="AC-99003",
        wwn="0x5000c500a1b2c3d4",
        firmware="N004",
        capacity_bytes=300_000_000_000,
        rotational=True,
        rotation_rpm=10500,
        interface="SCSI",
        device_type="hdd",
        smart=Reading.OK,
        smart_passed=True,
        exit_status=0,
        temperature_c=31,
        percentage_used=4,
        data_written_bytes=86_472_611_000_000,
        grown_defects=2,
        uncorrected_errors=3,
    )


def test_attributes_that_a_drive_has_not_stay_unsaid() -> None:
    found = disk(with_attributes(ATTRIBUTES[2]))

    assert found.reallocated == 138
    assert (found.pending, found.uncorrectable, found.reported_uncorrectable) == (None, None, None)


def test_a_raw_figure_that_contradicts_itself_is_believed_at_its_worse() -> None:
    found = disk(with_attributes((197, "Current_Pending_Sector", 100, 10, "0", "")))

    assert found.pending == 10


@pytest.mark.parametrize("exit_status", [0, 4, 64, 216])
def test_the_bits_of_the_exit_status_that_speak_of_the_disk_hide_no_report(
    exit_status: int,
) -> None:
    found = disk(report(ATA, smartctl={"exit_status": exit_status}))

    assert found.smart is Reading.OK
    assert found.exit_status == exit_status


@pytest.mark.parametrize("exit_status", [1, 2, 3, 6])
def test_where_smartctl_failed_itself_there_is_no_report_but_the_name_is_kept(
    exit_status: int,
) -> None:
    found = disk(report(ATA, smartctl={"exit_status": exit_status}))

    assert found.smart is Reading.UNREADABLE
    assert found.model == "ACME SP500-A1"


def test_a_report_of_the_name_alone_was_not_asked_for_health() -> None:
    asked_for_name = {"argv": ["smartctl", "-ij", "/dev/sda"], "exit_status": 0}

    found = disk(report(ATA, smartctl=asked_for_name, smart_status=None, smart_support=None))

    assert found.smart is None


@pytest.mark.parametrize(
    ("support", "reading"),
    [
        ({"available": False}, Reading.MISSING),
        ({"available": True, "enabled": False}, Reading.UNREADABLE),
        (None, Reading.UNREADABLE),
    ],
)
def test_a_disk_that_was_asked_and_said_nothing_is_not_well(support: Any, reading: Reading) -> None:
    found = disk(report(ATA, smart_status=None, smart_support=support, ata_smart_attributes=None))

    assert found.smart is reading


@pytest.mark.parametrize(
    ("complaint", "reading"),
    [(PERMISSION, Reading.NOT_PERMITTED), (GONE, Reading.MISSING), ("", Reading.UNREADABLE)],
)
def test_smartctls_own_words_say_how_asking_ended(complaint: str, reading: Reading) -> None:
    found = disk(failing_to_start(complaint, model_name="ACME SP500-A1"))

    assert found.smart is reading


def test_several_reports_in_one_list_are_several_disks() -> None:
    both = f"[{FULL}, {report(NVME)}, {failing_to_start(GONE)}]"

    assert [d.model for d in parse_smartctl_json(both).storage] == [
        "ACME SP500-A1",
        "ACME Comet 250",
    ]


def test_statistics_stand_in_for_attributes_that_a_drive_has_not() -> None:
    statistics = [
        {"name": "Number of Reallocated Logical Sectors", "value": 9, "flags": {"valid": True}},
        {"name": "Number of Reported Uncorrectable Errors", "value": 5, "flags": {"valid": False}},
        {"name": "Logical Sectors Written", "value": 1000},
        {"name": "Percentage Used Endurance Indicator", "value": 12},
    ]
    pages = {"pages": [{"table": statistics}]}

    found = disk(report(ATA, ata_device_statistics=pages, rotation_rate=0))

    assert (found.reallocated, found.reported_uncorrectable) == (9, None)
    assert found.data_written_bytes == 512_000
    assert (found.percentage_used, found.wear_left_percent) == (12, 88)


def test_what_is_said_is_not_overruled_by_statistics() -> None:
    statistics = [{"name": "Number of Reallocated Logical Sectors", "value": 9}]
    pages = {"pages": [{"table": statistics}]}

    found = disk(with_attributes(ATTRIBUTES[2], ata_device_statistics=pages))

    assert found.reallocated == 138


def test_a_bridge_is_named_by_the_type_that_looks_through_it() -> None:
    found = disk(report(ATA, device={"name": "/dev/sdb", "type": "usbjmicron", "protocol": "ATA"}))

    assert (found.bridge, found.usb_bridged) == ("usbjmicron", True)


def test_a_disk_behind_a_raid_controller_has_no_node_of_its_own() -> None:
    shared = {"name": "/dev/sda", "type": "sat+megaraid,0", "protocol": "ATA"}

    assert disk(report(ATA, device=shared)).name is None


def test_zero_degrees_beside_a_limit_of_zero_were_not_measured() -> None:
    found = disk(report(SCSI, temperature={"current": 0, "drive_trip": 0}))

    assert found.temperature_c is None


@pytest.mark.parametrize("state", [(0x21, (False, False, False)), (0x2F, (True, True, True))])
def test_the_state_of_the_password_is_read_from_its_bits(
    state: tuple[int, tuple[bool, bool, bool]],
) -> None:
    found = disk(report(ATA, ata_security={"state": state[0]}))

    told = (found.security_enabled, found.security_locked, found.security_frozen)
    assert told == state[1]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "Permission denied", '{"smartctl": {"exit_status": 2}}', "[" * 9999],
)
def test_output_without_a_disk_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_smartctl_json(text)


def test_smartctls_complaint_is_in_the_error() -> None:
    with pytest.raises(UnreadableReport, match="Permission denied"):
        parse_smartctl_json(failing_to_start(PERMISSION))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(0, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted({**ATA, **NVME, **SCSI})), JUNK))
def test_a_report_with_anything_under_its_keys_is_read_or_unreadable(junk: dict[str, Any]) -> None:
    whole = {**ATA, **NVME, **SCSI, **junk}

    answers_or_says_unreadable(facts_of, json.dumps(whole).encode())


@given(st.lists(st.fixed_dictionaries({"id": JUNK, "name": JUNK, "value": JUNK, "raw": JUNK})))
def test_an_attribute_table_of_anything_is_read(rows: list[Any]) -> None:
    text = report(ATA, ata_smart_attributes={"table": rows})

    assert disk(text).model == "ACME SP500-A1"


SAID_BY_SMARTCTL = [
    "serial_number", "firmware", "power_on_hours", "power_cycles", "smart_passed",
    "percentage_used", "media_errors", "grown_defects", "rotation_rpm",
]  # fmt: skip


@pytest.mark.parametrize("case", corpus.cases("smartctl-json"))
def test_figures_that_need_no_decoding_are_those_of_smartctl(case: dict[str, Any]) -> None:
    try:
        ours = facts_of(corpus.data(case)).storage
    except UnreadableReport:
        assert not case["expected"]["storage"]
        return

    for found, printed in zip(ours, case["expected_json"], strict=True):
        said = {key: getattr(found, key) for key in SAID_BY_SMARTCTL}
        told = {key: value for key, value in printed.items() if fact(str(value)) is not None}
        assert not corpus.wrong(told, said)
