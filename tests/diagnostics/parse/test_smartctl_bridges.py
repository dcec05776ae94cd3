import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.smartctl_bridges import ORDER, next_device_type
from tests.diagnostics.parse.smart_samples import FULL, NVME, SCSI, report

UNKNOWN = "/dev/sdb: Unknown USB bridge [0x46f4:0x0001 (0x100)]"
AMBIGUOUS = "/dev/sdb: USB bridge [0x174c:0x55aa] type is ambiguous: 'sat' or 'sntasmedia'"
PROPOSED = "/dev/sdb: USB to NVMe bridge [please try '-d sntjmicron' and report result]"


def complaint(string: str, status: int = 1, **more: Any) -> str:
    messages = [{"string": string, "severity": "error"}]
    return json.dumps({"smartctl": {"exit_status": status, "messages": messages}, **more})


def test_an_unknown_bridge_is_looked_through_by_each_type_in_turn() -> None:
    tried: list[str] = []

    while (device_type := next_device_type(complaint(UNKNOWN), tried)) is not None:
        tried.append(device_type)

    assert tuple(tried) == ORDER


def test_a_type_that_smartctl_proposes_comes_first() -> None:
    assert next_device_type(complaint(PROPOSED), []) == "sntjmicron"
    assert next_device_type(complaint(AMBIGUOUS), []) == "sat"
    assert next_device_type(complaint(AMBIGUOUS), ["sat"]) == "sntasmedia"


@pytest.mark.parametrize("text", [FULL, report(NVME), report(SCSI)])
def test_a_disk_that_was_read_needs_no_other_type(text: str) -> None:
    assert next_device_type(text, []) is None
    assert next_device_type(text, ["sat"]) is None


def test_a_case_that_hides_its_disk_looks_like_scsi_without_smart() -> None:
    hidden = report(SCSI, smart_status=None, scsi_grown_defect_list=None,
                    scsi_error_counter_log=None, smart_support={"available": False})  # fmt: skip

    assert next_device_type(hidden, []) == "sat"


@pytest.mark.parametrize(
    "string",
    [
        "Smartctl open device: /dev/sdb failed: Permission denied",
        "Smartctl open device: /dev/sdb [SAT] failed: No such device",
    ],
)
def test_no_type_opens_a_closed_door_or_finds_what_is_gone(string: str) -> None:
    assert next_device_type(complaint(string, 2), []) is None
    assert next_device_type(complaint(string, 2), ["sat"]) is None


def test_a_disk_that_is_no_usb_disk_is_not_guessed_at() -> None:
    assert next_device_type(complaint("/dev/vda: Unable to detect device type"), []) is None


def test_a_type_that_did_not_fit_leads_to_the_next() -> None:
    refused = complaint("Read Device Identity failed: scsi error unsupported scsi opcode", 2)

    assert next_device_type(refused, ["sat"]) == "sat,12"


@pytest.mark.parametrize("text", ["", "smartctl: not found", "[" * 9999])
def test_what_is_no_report_leads_nowhere(text: str) -> None:
    assert next_device_type(text, []) is None


@given(st.text(), st.lists(st.sampled_from(ORDER)))
def test_nothing_is_tried_twice_and_nothing_unknown_is_tried(text: str, tried: list[str]) -> None:
    device_type = next_device_type(complaint(text), tried)

    assert device_type is None or (device_type in ORDER and device_type not in tried)
