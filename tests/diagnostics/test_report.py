import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.finding import Finding
from diagnostics.report import (
    FORMAT,
    TOOL_VERSION,
    NewerReport,
    NotAReport,
    Report,
    decode,
    encode,
    identity,
)
from diagnostics.trial import Ending, Trial
from station.checks import Measurement, Outcome
from station.machine import Machine, Reading, Section

PROJECT = Path(__file__).parents[2]
REPORT = Report(
    Machine(sections=(Section("memory", Reading.OK, "/proc/meminfo", 1),), mem_total_kib=3841),
    (),
    "judge",
)


CODED = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,63}", fullmatch=True)
FINDINGS = st.builds(
    Finding,
    check=CODED,
    reasons=st.lists(CODED, max_size=3).map(tuple),
    measured=st.lists(st.builds(Measurement, name=CODED), max_size=3).map(tuple),
)


@given(
    st.builds(
        Report,
        machine=st.just(REPORT.machine),
        findings=st.lists(FINDINGS, max_size=3).map(tuple),
        policy=CODED,
    )
)
def test_a_report_comes_back_as_it_was_written(report: Report) -> None:
    written = decode(encode(report))

    assert msgspec.structs.replace(report, format=FORMAT, tool_version=TOOL_VERSION) == written


def test_the_same_bytes_are_the_same_report_and_others_are_not() -> None:
    data = encode(REPORT)

    assert identity(data) == identity(bytes(data))
    assert identity(data) != identity(data.replace(b"3841", b"7841"))
    assert len(identity(data)) == 64


def test_a_field_that_a_later_version_adds_is_passed_over() -> None:
    later = encode(REPORT).replace(b'"policy":', b'"weather":"rain","policy":')

    assert decode(later) == decode(encode(REPORT))


def test_a_format_that_we_do_not_know_is_named_newer() -> None:
    newer = msgspec.json.encode({"format": FORMAT + 1, "machine": "elsewhere", "tool_version": 7})

    with pytest.raises(NewerReport, match=str(FORMAT + 1)):
        decode(newer)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0.2.0", NewerReport),
        ("10.0.0", NewerReport),
        ("0.1.1-rc.1", NewerReport),
        (TOOL_VERSION, NotAReport),
        ("0.0.9", NotAReport),
        ("", NotAReport),
        ("9", NotAReport),
        ("9" * 5000 + ".0.0", NotAReport),
    ],
)
@pytest.mark.parametrize("place", [b'"ending":"stopped"', b'"outcome":"warn"'])
def test_a_word_that_only_a_later_version_has_makes_the_report_newer_and_not_broken(
    version: str, expected: type[UnreadableReport], place: bytes
) -> None:
    report = msgspec.structs.replace(
        REPORT,
        trials=(Trial("sto.speed", Ending.STOPPED),),
        findings=(Finding("sto.speed", Outcome.WARN),),
    )
    by = f'"tool_version":"{version}"'.encode()
    words = encode(report).replace(f'"tool_version":"{TOOL_VERSION}"'.encode(), by)
    assert decode(words).trials == report.trials

    with pytest.raises(expected) as refused:
        decode(words.replace(place, place.partition(b":")[0] + b':"postponed"'))

    assert type(refused.value) is expected


@pytest.mark.parametrize("data", [b"", b"{}", b'{"format": 1}', b"[" * 100_000, b"\xff", b"null"])
def test_what_is_no_report_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        decode(data)


@pytest.mark.parametrize(
    ("written", "edited"),
    [
        (b'"machine":{', b'"machine":{"mem_total_kib":1' + b"0" * 30),
        (b'"policy":"', b'"policy":"../'),
    ],
)
def test_what_no_ledger_could_record_is_no_report(written: bytes, edited: bytes) -> None:
    data = encode(Report(Machine(), (), "judge-1"))
    assert written in data

    with pytest.raises(NotAReport):
        decode(data.replace(written, edited))


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]

    assert project["version"] == TOOL_VERSION
