"""Asking a real program that stands for smartctl: a shell script that prints and exits like it."""

import json
import sys
import time
from pathlib import Path

import pytest

from diagnostics.collect.smart import read_smart
from diagnostics.collect.source import Answer
from station.machine import Disk, Reading
from tests.diagnostics.parse.smart_samples import FULL, NVME, report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a shell script is the tool")

UNKNOWN_BRIDGE = json.dumps(
    {
        "smartctl": {
            "version": [7, 3],
            "exit_status": 1,
            "messages": [{"string": "/dev/sdb: Unknown USB bridge [0x46f4:0x0001]"}],
        }
    }
)
CLOSED = UNKNOWN_BRIDGE.replace(
    "/dev/sdb: Unknown USB bridge [0x46f4:0x0001]",
    "Smartctl open device: /dev/sda failed: Permission denied",
)


def smartctl(folder: Path, *lines: str) -> str:
    """A tool of that name, which does these lines of shell and notes how it was called."""
    path = folder / "smartctl"
    note = f'echo "$*" >> "{folder}/calls"'
    path.write_text("\n".join(["#!/bin/sh", note, *lines]))
    path.chmod(0o755)
    return str(path)


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text().splitlines()


def says(text: str) -> str:
    return f"cat <<'END'\n{text}\nEND"


def only(answer: Answer) -> Disk:
    (disk,) = answer.part.storage
    return disk


def test_a_disk_is_asked_once_and_for_everything(tmp_path: Path) -> None:
    answer = read_smart(smartctl(tmp_path, says(FULL)), "sda", 20)

    assert calls(tmp_path) == ["-j -x /dev/sda"]
    assert answer.reading is Reading.OK
    assert answer.tool_version == "7.3"
    assert (only(answer).name, only(answer).smart) == ("sda", Reading.OK)
    assert only(answer).pending == 8
    assert [(raw.name, json.loads(raw.data)["model_name"]) for raw in answer.raw] == [
        ("smartctl-sda.json", "ACME SP500-A1")
    ]


def test_the_disk_has_the_name_that_was_asked_about(tmp_path: Path) -> None:
    answer = read_smart(smartctl(tmp_path, says(report(NVME))), "nvme1n1", 20)

    assert only(answer).name == "nvme1n1"


@pytest.mark.parametrize("status", [4, 64, 216])
def test_an_exit_status_that_speaks_of_the_disk_is_no_failure(tmp_path: Path, status: int) -> None:
    answer = read_smart(smartctl(tmp_path, says(FULL), f"exit {status}"), "sda", 20)

    assert answer.reading is Reading.OK


def test_a_bridge_is_looked_through_by_the_type_that_fits(tmp_path: Path) -> None:
    by_type = ['case "$*" in', f"*sntjmicron*) {says(report(NVME))}", ";;"]
    tool = smartctl(tmp_path, *by_type, f"*) {says(UNKNOWN_BRIDGE)}", ";;", "esac")

    answer = read_smart(tool, "sdb", 20)

    assert calls(tmp_path) == [
        "-j -x /dev/sdb",
        "-j -x -d sat /dev/sdb",
        "-j -x -d sat,12 /dev/sdb",
        "-j -x -d sntasmedia /dev/sdb",
        "-j -x -d sntjmicron /dev/sdb",
    ]
    assert answer.reading is Reading.OK
    assert (only(answer).bridge, only(answer).usb_bridged) == ("sntjmicron", True)
    assert only(answer).model == "ACME Comet 250"
    assert len(answer.raw) == 5


def test_a_bridge_that_nothing_looks_through_is_unreadable(tmp_path: Path) -> None:
    answer = read_smart(smartctl(tmp_path, says(UNKNOWN_BRIDGE), "exit 1"), "sdb", 20)

    assert len(calls(tmp_path)) == 7
    assert only(answer) == Disk(name="sdb", smart=Reading.UNREADABLE)
    assert answer.reading is Reading.UNREADABLE


def test_a_disk_closed_to_this_account_is_not_permitted(tmp_path: Path) -> None:
    answer = read_smart(smartctl(tmp_path, says(CLOSED), "exit 2"), "sda", 20)

    assert len(calls(tmp_path)) == 1
    assert only(answer) == Disk(name="sda", smart=Reading.NOT_PERMITTED)
    assert answer.reading is Reading.NOT_PERMITTED


def test_without_the_tool_the_disk_says_so(tmp_path: Path) -> None:
    answer = read_smart(str(tmp_path / "smartctl"), "sda", 20)

    assert only(answer) == Disk(name="sda", smart=Reading.MISSING)
    assert answer.reading is Reading.MISSING


def test_a_tool_that_may_not_be_started_is_not_permitted(tmp_path: Path) -> None:
    tool = Path(smartctl(tmp_path, says(FULL)))
    tool.chmod(0o644)

    assert read_smart(str(tool), "sda", 20).reading is Reading.NOT_PERMITTED


def test_a_tool_that_babbles_is_unreadable_and_its_words_are_kept(tmp_path: Path) -> None:
    answer = read_smart(smartctl(tmp_path, "echo segmentation fault"), "sda", 20)

    assert only(answer) == Disk(name="sda", smart=Reading.UNREADABLE)
    assert answer.raw[0].data == b"segmentation fault\n"


def test_a_dying_disk_is_given_up_in_time(tmp_path: Path) -> None:
    began = time.monotonic()

    answer = read_smart(smartctl(tmp_path, "exec sleep 60"), "sda", 0.5)

    assert time.monotonic() - began < 10
    assert only(answer) == Disk(name="sda", smart=Reading.TIMED_OUT)


def test_all_types_together_have_one_time_limit_and_the_name_is_kept(tmp_path: Path) -> None:
    hidden = json.loads(FULL)
    hidden = {k: hidden[k] for k in ("smartctl", "model_name", "serial_number")}
    hidden["device"] = {"type": "scsi", "protocol": "SCSI"}
    first = ['case "$*" in', "*-d*) exec sleep 60;;", f"*) {says(json.dumps(hidden))}", ";;"]
    began = time.monotonic()

    answer = read_smart(smartctl(tmp_path, *first, "esac"), "sdb", 1.0)

    assert time.monotonic() - began < 10
    assert answer.reading is Reading.TIMED_OUT
    assert (only(answer).smart, only(answer).model) == (Reading.TIMED_OUT, "ACME SP500-A1")
