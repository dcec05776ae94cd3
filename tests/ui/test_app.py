"""The app as a process: a second copy, one after a power cut, one that cannot start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from station.operators import Role
from station.people import OperatorName
from station.store.engine import sqlite_url
from tests.station.conftest import new_store

PATIENCE_S = 30


ROOT = Path(__file__).parents[2]


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.second_copy", str(folder), *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The whole app from its command line, at home in that folder, until it ends."""
    homes = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE")}
    return subprocess.run(
        [sys.executable, "-m", "tests.ui.whole_app", "--language", "en", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | homes,
        timeout=PATIENCE_S,
    )


def settings_file(home: Path) -> Path:
    file = home / "CONFIG" / "refurbishment-station" / "settings.json"
    file.parent.mkdir(parents=True)
    return file


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


@pytest.mark.parametrize("content", ['{"database": "kho.db"', '{"database": 7}', "", "\xff"])
def test_settings_that_cannot_be_read_are_named_and_stay(
    tmp_path: Path, display: None, content: str
) -> None:
    file = settings_file(tmp_path)
    file.write_text(content, "latin-1")

    refused = run(tmp_path)

    assert refused.returncode == 2
    assert str(file) in refused.stdout
    assert "move it away" in refused.stdout
    assert file.read_text("latin-1") == content
    assert [path.name for path in tmp_path.iterdir()] == ["CONFIG"]  # no default store was made


@pytest.mark.parametrize("address", ["foo", "thietbi.example.vn", "ftp://example.vn"])
def test_an_address_that_is_none_is_refused_at_start(tmp_path: Path, address: str) -> None:
    refused = run(tmp_path, "--service", address)

    assert refused.returncode == 2
    assert "begins with http://" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_data_folder_should_be_is_said_in_a_window(
    tmp_path: Path, display: None
) -> None:
    (tmp_path / "DATA").write_text("a file")

    refused = run(tmp_path)

    assert refused.returncode == 2
    assert "A file stands where the program needs a folder" in refused.stdout
    assert str(tmp_path / "DATA") in refused.stdout


def test_a_folder_of_somebody_else_is_said_in_a_window(tmp_path: Path, display: None) -> None:
    tmp_path.chmod(0o755)

    with started(tmp_path / "station" / "store", "nobody") as process:
        refusal, _ = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 2
    assert "may not write there" in refusal


def test_a_folder_of_prints_that_cannot_be_used_is_said_in_a_window(
    tmp_path: Path, display: None
) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        store.add_operator(OperatorName("op.1", "Lê Thị Lan", Role.LEAD))
    (tmp_path / "print-queue").write_text("a file")

    with started(tmp_path) as process:
        refusal, _ = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 2
    assert "folder of the print jobs cannot be used" in refusal
