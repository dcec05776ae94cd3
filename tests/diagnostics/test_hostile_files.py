"""No file ends the program: not cut, flipped, empty, huge, or made to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.kinds import KINDS, parser
from tests.diagnostics import corpus, hostile
from tests.diagnostics.hostile import answers_or_says_unreadable

PROJECT = Path(__file__).parents[2]
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
]><BatteryReport>&e;&e;&e;</BatteryReport>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<BatteryReport><Batteries><Battery><Id>&a;</Id></Battery></Batteries></BatteryReport>"""
MADE_TO_HARM = [
    b"",
    b"\0",
    b"\xff" * 300,
    b"null",
    b"[]",
    b"{}",
    b"[[[[[[[[" * 20_000,
    b'{"blockdevices": ' * 20_000,
    b'{"smartctl": {"exit_status": 1e999}}',
    b'{"blockdevices": [{"name": "sda", "size": 1e400, "type": "disk"}]}',
    b"MemTotal: " + b"9" * 5000 + b" kB",
    b'{"power_on_time": {"hours": ' + b"9" * 5000 + b"}}",
    ENTITIES,
    OUTSIDE,
    "\ud800".encode("utf-16-le", "surrogatepass"),
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}".encode() * 100,
]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.binary(max_size=2000))
def test_arbitrary_bytes_are_facts_or_unreadable(kind: str, data: bytes) -> None:
    answers_or_says_unreadable(parser(kind), data)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.text(max_size=2000))
def test_arbitrary_text_is_facts_or_unreadable(kind: str, data: str) -> None:
    answers_or_says_unreadable(parser(kind), data.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", MADE_TO_HARM, ids=range(len(MADE_TO_HARM)))
def test_what_was_made_to_harm_is_facts_or_unreadable(kind: str, data: bytes) -> None:
    answers_or_says_unreadable(parser(kind), data)


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_file_is_facts_or_unreadable(kind: str) -> None:
    for data in hostile.large(hostile.MIB):
        answers_or_says_unreadable(parser(kind), data)


@pytest.mark.skipif(not corpus.is_there(), reason="no corpus beside the checkout")
@pytest.mark.parametrize("kind", KINDS)
def test_every_real_output_may_be_damaged(kind: str) -> None:
    tried = hostile.try_damaged(kind, seed=2021)

    assert tried == 4 * len(hostile.outputs(kind))


def test_every_file_has_its_line_whatever_it_holds(tmp_path: Path) -> None:
    good = tmp_path / "meminfo"
    good.write_text("MemTotal:        3933888 kB\n")
    empty, folder, missing = tmp_path / "empty", tmp_path / "folder", tmp_path / "missing"
    empty.touch()
    folder.mkdir()
    files = [str(path) for path in (good, empty, folder, missing)]

    printed = subprocess.run(
        [sys.executable, "-m", "diagnostics", "parse", "meminfo", *files],
        cwd=PROJECT,
        capture_output=True,
        timeout=60,
        check=True,
    ).stdout

    lines = [json.loads(line) for line in printed.splitlines()]
    assert [line["file"] for line in lines] == files
    assert lines[0]["facts"] == {"mem_total_kib": 3933888}
    assert all(line["error"] and "facts" not in line for line in lines[1:])


def test_a_kind_that_nobody_parses_is_named() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "diagnostics", "parse", "abacus-text", "x"],
        cwd=PROJECT,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert refused.returncode == 2
    assert b"abacus-text" in refused.stderr
    assert b"dmidecode-text" in refused.stderr


def test_a_file_longer_than_any_output_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(200 * hostile.MIB)

    printed = subprocess.run(
        [sys.executable, "-m", "diagnostics", "parse", "meminfo", str(huge)],
        cwd=PROJECT,
        capture_output=True,
        timeout=60,
        check=True,
    ).stdout

    assert "longer" in json.loads(printed)["error"]
