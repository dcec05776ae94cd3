"""The app as a process: a second copy, and one after a power cut."""

import signal
import subprocess
import sys
from pathlib import Path

from station.operators import Role
from station.people import OperatorName
from station.store.engine import sqlite_url
from tests.station.conftest import new_store

PATIENCE_S = 30


def started(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.second_copy", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_copy_is_refused_politely_and_ends(tmp_path: Path, display: None) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        store.add_operator(OperatorName("op.1", "Lê Thị Lan", Role.LEAD))
    with started(tmp_path) as first:
        assert first_line(first) == "shown"

        with started(tmp_path) as second:
            refusal, _ = second.communicate(timeout=PATIENCE_S)
        assert second.returncode == 2
        assert "Another" in refusal or "already" in refusal
        assert first.poll() is None  # the first goes on

        first.send_signal(signal.SIGKILL)
        first.wait(PATIENCE_S)
    with started(tmp_path) as after_the_cut:
        assert first_line(after_the_cut) == "shown"
        after_the_cut.kill()
