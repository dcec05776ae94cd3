"""What the runner's window finds in a folder that went from laptop to laptop."""

import sys
from pathlib import Path

import pytest

from diagnostics.collect.side_by_side import collect
from diagnostics.journal import Journal
from station.machine import Machine, NetworkAdapter, System
from ui.runner.application import crashed_tests

OTHER = Machine(
    system=System(serial_number="AC-0002"), network=(NetworkAdapter(mac="02:00:00:00:00:02"),)
)


def died(folder: Path, machine: Machine, check: str) -> None:
    """A machine that went off during this test left its journal."""
    journal = Journal(folder, "triage", machine)
    journal.began(check, "")
    journal.close(done=False)


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")
def test_on_a_shared_stick_only_this_machines_crash_is_told(tmp_path: Path) -> None:
    died(tmp_path, OTHER, "cpu.stress")

    of_others = crashed_tests(tmp_path)
    died(tmp_path, collect().machine, "mem.pattern")
    of_ours = crashed_tests(tmp_path)

    assert of_others == ()
    assert [trial.check for trial in of_ours] == ["mem.pattern"]


def test_a_folder_that_is_not_there_yet_tells_of_no_crash(tmp_path: Path) -> None:
    assert crashed_tests(tmp_path / "none") == ()
