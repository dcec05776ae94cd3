import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.smartctl_selftest import (
    SelfTest,
    SelfTestProgress,
    latest_passed,
    self_test_progress,
)

MINUTES = {"short": 2, "extended": 54}


def ata(status: int, *log: tuple[int, int]) -> str:
    """An ATA report: the status byte, and log entries of status byte and hours."""
    table = [{"status": {"value": value}, "lifetime_hours": hours} for value, hours in log]
    report = {
        "ata_smart_data": {"self_test": {"status": {"value": status}, "polling_minutes": MINUTES}},
        "ata_smart_self_test_log": {"standard": {"table": table}},
    }
    return json.dumps(report)


def nvme(operation: int, done: int, *log: tuple[int, int]) -> str:
    table = [{"self_test_result": {"value": value}, "power_on_hours": h} for value, h in log]
    said = {
        "current_self_test_operation": {"value": operation},
        "current_self_test_completion_percent": done,
        "table": table,
    }
    return json.dumps({"nvme_self_test_log": said})


def scsi(*results: Any, **more: Any) -> str:
    log = {
        f"scsi_self_test_{place}": {"result": result, "power_on_time": {"hours": 300 - place}}
        for place, result in enumerate(results)
    }
    return json.dumps({**log, **more})


@pytest.mark.parametrize(
    ("status", "log", "state", "remaining"),
    [
        (0x00, [], SelfTest.NONE, None),
        (0xF9, [(0x00, 10)], SelfTest.RUNNING, 90),
        (0xF0, [], SelfTest.RUNNING, 0),
        (0x00, [(0x00, 10)], SelfTest.PASSED, None),
        (0x73, [(0x73, 10)], SelfTest.FAILED, None),
        (0x19, [(0x19, 10), (0x00, 9)], SelfTest.ABORTED, None),
        (0x29, [], SelfTest.ABORTED, None),
    ],
)
def test_an_ata_drive_counts_down(
    status: int, log: list[tuple[int, int]], state: SelfTest, remaining: int | None
) -> None:
    progress = self_test_progress(ata(status, *log))

    assert (progress.state, progress.remaining_percent) == (state, remaining)
    assert (progress.short_minutes, progress.extended_minutes) == (2, 54)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (nvme(0, 0), SelfTestProgress(SelfTest.NONE)),
        (nvme(1, 30, (0, 9)), SelfTestProgress(SelfTest.RUNNING, 70, power_on_hours=9)),
        (nvme(0, 0, (15, 1), (0, 9)), SelfTestProgress(SelfTest.PASSED, power_on_hours=9)),
        (nvme(0, 0, (7, 9)), SelfTestProgress(SelfTest.FAILED, power_on_hours=9)),
        (nvme(0, 0, (2, 9), (0, 8)), SelfTestProgress(SelfTest.ABORTED, power_on_hours=9)),
    ],
)
def test_an_nvme_drive_counts_up(text: str, expected: SelfTestProgress) -> None:
    assert self_test_progress(text) == expected


@pytest.mark.parametrize("number", [int, str, hex])
def test_nvme_cli_says_the_same_whatever_way_it_writes_numbers(number: Any) -> None:
    said = {
        "Current Device Self-Test Operation": number(1),
        "Current Device Self-Test Completion": number(40),
        "List of Valid Reports": [{"Self test result": number(0), "Power on hours": number(77)}],
    }

    progress = self_test_progress(json.dumps(said))

    assert progress == SelfTestProgress(SelfTest.RUNNING, 60, power_on_hours=77)


@pytest.mark.parametrize(
    ("result", "state"),
    [
        ({"value": 0, "string": "Completed"}, SelfTest.PASSED),
        ({"value": 7, "string": "Failed in segment"}, SelfTest.FAILED),
        ({"value": 2}, SelfTest.ABORTED),
        ({"value": 15}, SelfTest.RUNNING),
        ({"string": "Completed"}, SelfTest.PASSED),
        ({"string": "Completed, segment failed"}, SelfTest.FAILED),
        ({"string": "Aborted (by user command)"}, SelfTest.ABORTED),
        ({"string": "Self test in progress ..."}, SelfTest.RUNNING),
    ],
)
def test_a_scsi_drive_says_its_results_in_numbers_or_words(
    result: dict[str, Any], state: SelfTest
) -> None:
    assert self_test_progress(scsi(result)).state is state


def test_a_running_scsi_test_says_how_much_is_done() -> None:
    running = {"in_progress": True, "completion_percent": 25}

    text = scsi({"value": 0}, scsi_self_test_status=running, scsi_extended_self_test_seconds=3601)

    expected = SelfTestProgress(SelfTest.RUNNING, 75, extended_minutes=61, power_on_hours=300)
    assert self_test_progress(text) == expected


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ata_smart_data": 5}', "Permission denied"])
def test_a_report_without_a_word_of_self_tests_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        self_test_progress(text)


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        (ata(0x00), None),  # also the byte of a drive that was never tested
        (ata(0x73), False),
        (ata(0x00, (0x19, 10), (0x00, 9), (0x73, 8)), True),
        (ata(0x00, (0x19, 10), (0x73, 9), (0x00, 8)), False),
        (nvme(0, 0, (9, 9), (5, 8)), False),
        (scsi({"value": 1}, {"value": 0}), True),
        ("{}", None),
    ],
)
def test_only_a_test_that_ran_to_its_end_counts(text: str, passed: bool | None) -> None:
    assert latest_passed(json.loads(text)) is passed


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
KEYS = ["nvme_self_test_log", "scsi_self_test_0", "scsi_self_test_status", "ata_smart_data",
        "ata_smart_self_test_log", "Current Device Self-Test Operation",
        "List of Valid Reports"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), JUNK))
def test_anything_under_its_keys_is_a_state_or_unreadable(report: dict[str, Any]) -> None:
    try:
        progress = self_test_progress(json.dumps(report))
    except UnreadableReport:
        return
    assert progress.state in SelfTest
