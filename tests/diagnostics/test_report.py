import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.report import TOOL_VERSION, NewerReport, Report, decode, encode, identity
from station.checks import CheckResult, Measurement
from station.machine import Machine, Memory, Reading, Section

PROJECT = Path(__file__).parents[2]
REPORT = Report(
    Machine((Section("memory", Reading.OK, "/proc/meminfo", 1),), memory=Memory(3841)), (), "judge"
)


CODED = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,63}", fullmatch=True)
RESULTS = st.builds(
    CheckResult,
    check=CODED,
    reason=CODED | st.just(""),
    measured=st.lists(st.builds(Measurement, name=CODED), max_size=3).map(tuple),
)


@given(st.builds(Report, results=st.lists(RESULTS, max_size=3).map(tuple)))
def test_a_report_comes_back_as_it_was_written(report: Report) -> None:
    assert decode(encode(report)) == report


def test_the_same_bytes_are_the_same_report_and_others_are_not() -> None:
    data = encode(REPORT)

    assert identity(data) == identity(bytes(data))
    assert identity(data) != identity(data.replace(b"3841", b"7841"))
    assert len(identity(data)) == 64


def test_a_field_that_a_later_version_adds_is_passed_over() -> None:
    later = encode(REPORT).replace(b'"policy":', b'"weather":"rain","policy":')

    assert decode(later) == REPORT


def test_a_format_that_we_do_not_know_is_named_newer() -> None:
    newer = msgspec.json.encode({"format": 2, "machine": "elsewhere"})

    with pytest.raises(NewerReport, match="2"):
        decode(newer)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"format": 1}', b"[" * 100_000, b"\xff", b"null"])
def test_what_is_no_report_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        decode(data)


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]

    assert project["version"] == TOOL_VERSION
