from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from diagnostics.endings import UnreadableReport
from diagnostics.parse.smartctl_json import parse_smartctl_json
from diagnostics.parse.smartctl_printed import grouped
from diagnostics.parse.smartctl_text import facts_of, parse_smartctl_text
from station.machine import Disk, Reading
from tests.diagnostics import corpus
from tests.diagnostics.hostile import answers_or_says_unreadable
from tests.diagnostics.parse.smart_samples import (
    BRIEF_TABLE,
    FULL,
    NVME,
    NVME_TEXT,
    OLD_TABLE,
    SCSI,
    SCSI_TEXT,
    ata_text,
    report,
)


def disk(text: str) -> Disk:
    (found,) = parse_smartctl_text(text).storage
    return found


def from_json(text: str) -> Disk:
    """What the JSON report says of the same drive; a print-out has no node and no exit status."""
    (found,) = parse_smartctl_json(text).storage
    return replace(found, name=None, exit_status=None)


@pytest.mark.parametrize("table", [BRIEF_TABLE, OLD_TABLE])
def test_a_print_out_says_what_the_json_report_says(table: str) -> None:
    assert disk(ata_text(table)) == from_json(FULL)


def test_a_printed_nvme_disk_is_that_of_the_json_report() -> None:
    assert disk(NVME_TEXT) == from_json(report(NVME))


def test_a_printed_scsi_disk_is_that_of_the_json_report_by_its_own_words() -> None:
    beyond = {  # that a print-out says and this JSON report does not
        "model": "SV300",
        "interface": "SAS",
        "smart_available": True,
        "smart_enabled": True,
        "power_on_hours": 19394,
        "self_test_passed": True,
    }

    assert disk(SCSI_TEXT) == replace(from_json(report(SCSI)), **beyond)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("500,107,862,016 bytes [500 GB]", 500107862016),
        ("500.107.862.016 bytes [500 GB]", 500107862016),
        ("500 107 862 016 bytes [500 GB]", 500107862016),
        ("500\N{NARROW NO-BREAK SPACE}107\N{NARROW NO-BREAK SPACE}862 [5 GB]", 500107862),
        ("500\N{REPLACEMENT CHARACTER}107\N{REPLACEMENT CHARACTER}862", 500107862),
        ("2’000’398 [2.00 TB]", 2000398),
        ("256060514304", 256060514304),
        ("3%", 3),
        ("[500 GB]", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_numbers_are_grouped_as_the_machines_language_does(
    printed: str, number: int | None
) -> None:
    assert grouped(printed) == number


@pytest.mark.parametrize(
    ("word", "passed"), [("PASSED", True), ("FAILED!", False), ("UNKNOWN!", False)]
)
def test_only_passed_is_passed(word: str, passed: bool) -> None:
    text = ata_text().replace("test result: PASSED", f"test result: {word}")

    assert disk(text).smart_passed is passed


def test_a_scsi_disk_that_predicts_its_failure_has_not_passed() -> None:
    text = SCSI_TEXT.replace("Status: OK", "Status: FAILURE PREDICTION THRESHOLD EXCEEDED")

    assert disk(text).smart_passed is False


def test_a_failed_self_test_is_told_where_none_ended_later() -> None:
    lines = ata_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("# 2"))

    assert disk(text).self_test_passed is False


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("ENABLED, PW level HIGH, **LOCKED** [SEC4]", (True, True, False)),
        ("ENABLED, PW level HIGH, not locked, frozen [SEC6]", (True, False, True)),
        ("ENABLED, PW level MAX, not locked, not frozen [SEC5]", (True, False, False)),
        ("Disabled, NOT FROZEN [SEC1]", (False, False, False)),
        ("Unavailable", (None, None, None)),
    ],
)
def test_the_state_of_the_password_is_read_from_its_words(
    words: str, state: tuple[bool | None, bool | None, bool | None]
) -> None:
    found = disk(ata_text().replace("Disabled, frozen [SEC2]", words))

    assert (found.security_enabled, found.security_locked, found.security_frozen) == state


def test_an_attribute_that_fails_is_told_once_though_it_is_printed_twice() -> None:
    failing = next(line for line in BRIEF_TABLE.splitlines() if " NOW " in line)
    head = BRIEF_TABLE.splitlines()[0]
    text = ata_text().replace(
        "test result: PASSED", f"test result: FAILED!\nFailed Attributes:\n{head}\n{failing}\n"
    )

    assert disk(text).failing_attributes == (196,)
    assert disk(text).smart_passed is False


def test_a_masked_wide_name_is_no_name() -> None:
    assert disk(ata_text().replace("260a409a4", "...")).wwn is None


def test_hours_that_no_drive_can_have_are_not_said() -> None:
    assert disk(ata_text().replace("11873", "5005119")).power_on_hours is None


def test_an_early_smartctl_names_a_scsi_disk_in_one_line() -> None:
    text = (
        "Device: ACME-XS SV146 S      Version: BA23\n"
        "Serial number: AC-11\nDevice type: disk\nTransport protocol: SAS\n"
        "Device supports SMART and is Enabled\n"
    )

    assert disk(text) == Disk(
        model="ACME-XS SV146 S",
        serial_number="AC-11",
        firmware="BA23",
        interface="SAS",
        device_type="disk",
        smart_available=True,
        smart_enabled=True,
    )


def test_a_virtual_disk_of_a_raid_controller_says_nothing_of_its_health() -> None:
    text = (
        "Vendor:               ACME\nProduct:              RC-08\n"
        "SMART support is:     Unavailable - device lacks SMART capability.\n"
        "=== START OF READ SMART DATA SECTION ===\n"
        "Current Drive Temperature:     0 C\nDrive Trip Temperature:        0 C\n"
    )

    found = disk(text)

    assert (found.smart, found.smart_passed, found.temperature_c) == (Reading.MISSING, None, None)


def test_a_name_alone_was_not_asked_for_its_health() -> None:
    assert disk("Device Model:     ACME SP500-A1\n").smart is None


def test_an_nvme_disk_whose_health_could_not_be_read_is_unreadable_in_it() -> None:
    text = NVME_TEXT.split("SMART overall-health")[0]

    assert disk(f"{text}Read NVMe SMART/Health Information failed: x\n").smart is Reading.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "smartctl 7.3\n\nSmartctl open device: /dev/sda failed: Permission denied\n",
        "/dev/sdb: Unknown USB bridge [0x0781:0x5567 (0x100)]\n",
        "../elsewhere/sda",
    ],
)
def test_output_without_a_disk_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_smartctl_text(text)


SAMPLES = st.sampled_from([ata_text(BRIEF_TABLE), ata_text(OLD_TABLE), NVME_TEXT, SCSI_TEXT])


@given(sample=SAMPLES, data=st.data())
def test_a_print_out_with_any_lines_between_its_own_is_read(
    sample: str, data: st.DataObject
) -> None:
    lines = sample.splitlines()
    for line in data.draw(st.lists(st.text(max_size=60), max_size=5)):
        lines.insert(data.draw(st.integers(0, len(lines))), line)

    msgspec.json.encode(parse_smartctl_text("\n".join(lines)))


@given(sample=SAMPLES, data=st.data())
def test_a_cut_and_flipped_print_out_is_read_or_unreadable(
    sample: str, data: st.DataObject
) -> None:
    damaged = bytearray(sample.encode()[: data.draw(st.integers(0, len(sample)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=9)):
        if damaged:
            damaged[at] ^= data.draw(st.integers(1, 255))

    answers_or_says_unreadable(facts_of, bytes(damaged))


FIGURES = ["serial_number", "firmware", "power_on_hours", "power_cycles", "percentage_used",
           "media_errors", "reallocated", "pending", "uncorrectable", "smart_passed",
           "rotation_rpm", "temperature_c"]  # fmt: skip


@pytest.mark.parametrize("case", corpus.cases("smartctl-text"))
def test_every_print_out_says_what_others_read_in_it(case: dict[str, Any]) -> None:
    data = corpus.data(case)
    if b"\n" not in data:
        pytest.skip("the collection kept a link's target instead of the print-out")

    (found,) = facts_of(data).storage

    (expected,) = case["expected"]["storage"]
    said = {key: getattr(found, key) for key in FIGURES if getattr(found, key) is not None}
    assert not corpus.wrong(expected, said)
