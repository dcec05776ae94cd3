"""Other programs, started for a limited time."""

import os
import sys
import time
from pathlib import Path

import pytest

from labels.transport.programs import ProgramMissing, ProgramTimedOut, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS' programs are POSIX's")


def test_a_program_reads_what_it_is_given_and_speaks_plain_english() -> None:
    ended = run(["sh", "-c", 'cat; echo "$LC_ALL" >&2; exit 3'], 10, b"page")

    assert (ended.status, ended.said, ended.complaint) == (3, "page", "C.UTF-8")


def test_a_program_that_reads_nothing_of_much_ends_all_the_same() -> None:
    assert run(["true"], 10, b"x" * 10_000_000).status == 0


def test_a_program_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    began = time.monotonic()

    with pytest.raises(ProgramTimedOut):
        run(["sh", "-c", f"sleep 60 & echo $! > {tmp_path}/child; wait"], 0.3)

    assert time.monotonic() - began < 5
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(ProgramMissing, match="no-such-program"):
        run(["no-such-program"], 1)
    with pytest.raises(ProgramMissing):
        run([os.devnull], 1)
