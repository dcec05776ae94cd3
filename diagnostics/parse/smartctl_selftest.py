"""How a drive's self-test stands, from `smartctl --json` or `nvme self-test-log`.

ATA counts down what remains, NVMe and SCSI count up what is done. smartctl before 7.4 says nothing
of NVMe self-tests; nvme-cli does.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from diagnostics.endings import UnreadableReport
from diagnostics.parse.json_report import count, decoded, find, items

_ATA_RUNNING = 0xF  # in the upper half of ATA's status byte
_SCSI_ABORTED, _SCSI_RUNNING = (1, 2), 15  # SPC-4, table of self-test results; 3 to 7 are failures
_FAILED = range(3, 9)  # of ATA; 1 and 2 were aborted
_NVME_FAILED = range(5, 8)  # NVMe 1.4, figure 99; 1 to 4, 8 and 9 were aborted
_NVME_UNUSED = 15
_SCSI_LOG = 20  # entries that the log can hold


class SelfTest(StrEnum):
    """Where the newest self-test stands."""

    NONE = "none"  # none was ever started, or nothing is kept of it
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    ABORTED = "aborted"  # by the host, a reset or a power cut: says nothing of the disk


_SCSI_WORDS = {  # how the words of a result begin, the longer before the shorter
    "Completed, segment failed": SelfTest.FAILED,
    "Completed": SelfTest.PASSED,
    "Failed": SelfTest.FAILED,
    "Unknown error": SelfTest.FAILED,
    "Aborted": SelfTest.ABORTED,
    "Self test in progress": SelfTest.RUNNING,
}


class SelfTestProgress(Struct, frozen=True, omit_defaults=True):
    """A self-test seen from outside; poll again until it no longer runs."""

    state: SelfTest
    remaining_percent: int | None = None  # while it runs
    short_minutes: int | None = None  # how long the drive says that a short one takes
    extended_minutes: int | None = None
    power_on_hours: int | None = None  # of the newest that ended: tells a new one from an old one


def self_test_progress(text: str) -> SelfTestProgress:
    """Read smartctl's or nvme-cli's JSON; a report without any word of self-tests is unreadable."""
    report = decoded(text)
    for read in (_nvme, _nvme_cli, _scsi, _ata):
        progress = read(report)
        if progress is not None:
            return progress
    raise UnreadableReport("the report says nothing of self-tests")


def latest_passed(report: dict[str, Any]) -> bool | None:
    """Whether the latest self-test that ran to its end passed; None when the logs hold none."""
    endings = (*_ata_log(report), *_nvme_log(report), *_scsi_log(report))
    ended = [state for state, _ in endings if state in (SelfTest.PASSED, SelfTest.FAILED)]
    if ended:
        return ended[0] is SelfTest.PASSED
    status = count(report, "ata_smart_data", "self_test", "status", "value")
    # A good status byte is also that of a drive that was never tested.
    return False if status is not None and status >> 4 in _FAILED else None


def _ata(report: Any) -> SelfTestProgress | None:
    test = find(dict, report, "ata_smart_data", "self_test")
    log = next(_ata_log(report), None)
    status = count(test, "status", "value")
    if test is None and log is None:
        return None
    state, hours = log or (SelfTest.NONE, None)
    remaining = None
    if status is not None and status >> 4 == _ATA_RUNNING:
        state, remaining = SelfTest.RUNNING, (status & 0xF) * 10
    elif status is not None and status >> 4:
        state = _ata_state(status >> 4)
    return SelfTestProgress(
        state=state,
        remaining_percent=remaining,
        short_minutes=count(test, "polling_minutes", "short"),
        extended_minutes=count(test, "polling_minutes", "extended"),
        power_on_hours=hours,
    )


def _ata_log(report: Any) -> Iterator[tuple[SelfTest, int | None]]:
    """Newest first; the extended log where there is one."""
    for kind in ("extended", "standard"):
        rows = items(report, "ata_smart_self_test_log", kind, "table")
        for row in rows:
            status = count(row, "status", "value")
            if status is not None:
                yield _ata_state(status >> 4), count(row, "lifetime_hours")
        if rows:
            return


def _ata_state(code: int) -> SelfTest:
    if code == 0:
        return SelfTest.PASSED
    if code == _ATA_RUNNING:
        return SelfTest.RUNNING
    return SelfTest.FAILED if code in _FAILED else SelfTest.ABORTED


def _nvme(report: Any) -> SelfTestProgress | None:
    """The log as smartctl 7.4 and later print it."""
    log = find(dict, report, "nvme_self_test_log")
    if log is None:
        return None
    operation = count(log, "current_self_test_operation", "value")
    done = count(log, "current_self_test_completion_percent")
    return _by_completion(bool(operation), done, _nvme_log(report))


def _nvme_log(report: Any) -> Iterator[tuple[SelfTest, int | None]]:
    for row in items(report, "nvme_self_test_log", "table"):
        code = count(row, "self_test_result", "value")
        if code is not None and code != _NVME_UNUSED:
            yield _nvme_state(code), count(row, "power_on_hours")


def _nvme_state(code: int) -> SelfTest:
    if code == 0:
        return SelfTest.PASSED
    return SelfTest.FAILED if code in _NVME_FAILED else SelfTest.ABORTED


def _nvme_cli(report: Any) -> SelfTestProgress | None:
    """`nvme self-test-log -o json`, which names its keys in words and changed their case."""
    said = _lower(report)
    operation = _number(said.get("current device self-test operation"))
    if operation is None:
        return None
    done = _number(said.get("current device self-test completion"))
    rows = said.get("list of valid reports")
    return _by_completion(bool(operation), done, _nvme_cli_log(rows))


def _nvme_cli_log(rows: object) -> Iterator[tuple[SelfTest, int | None]]:
    for row in rows if isinstance(rows, list) else ():
        said = _lower(row)
        code = _number(said.get("self test result"))
        if code is not None and code != _NVME_UNUSED:
            yield _nvme_state(code), _number(said.get("power on hours"))


def _lower(report: Any) -> dict[str, object]:
    if not isinstance(report, dict):
        return {}
    return {key.casefold(): value for key, value in report.items()}


def _number(value: object) -> int | None:
    """Numbers are sometimes written as text, and then in hexadecimal."""
    if type(value) is int:
        return value if 0 <= value < 10**18 else None
    if isinstance(value, str) and re.fullmatch(r"(0x[0-9a-fA-F]{1,14})|([0-9]{1,18})", value):
        return int(value, 16 if value.startswith("0x") else 10)
    return None


def _scsi(report: Any) -> SelfTestProgress | None:
    """The log, and from smartctl 8 on whether a test runs and how much of it is done."""
    status = find(dict, report, "scsi_self_test_status")
    seconds = count(report, "scsi_extended_self_test_seconds")
    log = tuple(_scsi_log(report))
    if status is None and seconds is None and not log:
        return None
    runs = find(bool, status, "in_progress") or any(s is SelfTest.RUNNING for s, _ in log[:1])
    progress = _by_completion(runs, count(status, "completion_percent"), iter(log))
    minutes = None if seconds is None else -(-seconds // 60)  # a started minute counts
    return replace(progress, extended_minutes=minutes)


def _scsi_log(report: Any) -> Iterator[tuple[SelfTest, int | None]]:
    for place in range(_SCSI_LOG):
        entry = find(dict, report, f"scsi_self_test_{place}")
        code = count(entry, "result", "value")
        words = find(str, entry, "result", "string")
        state = _scsi_words(words) if code is None else _scsi_state(code)
        if state is not None:
            yield state, count(entry, "power_on_time", "hours")


def _scsi_words(words: str | None) -> SelfTest | None:
    """What smartctl before 7.4 gives instead of a number."""
    return next(
        (state for start, state in _SCSI_WORDS.items() if (words or "").startswith(start)), None
    )


def _scsi_state(code: int) -> SelfTest:
    if code == 0:
        return SelfTest.PASSED
    if code == _SCSI_RUNNING:
        return SelfTest.RUNNING
    return SelfTest.ABORTED if code in _SCSI_ABORTED else SelfTest.FAILED


def _by_completion(
    running: bool, done: int | None, log: Iterator[tuple[SelfTest, int | None]]
) -> SelfTestProgress:
    state, hours = next(log, (SelfTest.NONE, None))
    if not running:
        return SelfTestProgress(state, power_on_hours=hours)
    remaining = None if done is None else max(0, 100 - done)
    return SelfTestProgress(SelfTest.RUNNING, remaining, power_on_hours=hours)
