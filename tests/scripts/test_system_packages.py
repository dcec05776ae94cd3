import subprocess
import sys
from pathlib import Path

import pytest

from scripts.system_packages import missing_packages

SCRIPT = Path(__file__).parents[2] / "scripts" / "system_packages.py"


def run(*purposes: str, programs: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only the programs in one folder are found."""
    return subprocess.run(
        [sys.executable, SCRIPT, *purposes],
        env={"PATH": programs},
        capture_output=True,
        text=True,
        check=False,
    )


def program(folder: Path, name: str, *lines: str) -> None:
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def test_only_what_dpkg_does_not_know_is_missing() -> None:
    assert missing_packages(["base-files", "no-such-package"]) == ["no-such-package"]


def test_a_library_renamed_for_the_wide_clock_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "dpkg-query", "echo libcups2t64 installed", "echo xvfb not-installed")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert missing_packages(["libcups2", "xvfb"]) == ["xvfb"]


def test_a_machine_that_has_everything_is_left_alone_in_silence(tmp_path: Path) -> None:
    program(tmp_path, "dpkg-query", "echo libxtst6 installed", "echo xvfb installed")
    program(tmp_path, "apt-get", "echo touched")

    finished = run("display", programs=str(tmp_path))

    assert (finished.returncode, finished.stdout) == (0, "")


def test_another_system_is_told_what_cannot_be_checked(tmp_path: Path) -> None:
    finished = run("display", "database", programs=str(tmp_path))

    assert finished.returncode == 0
    assert "cannot check for libxtst6 xvfb postgresql" in finished.stdout


def test_a_failed_installation_stops_the_build(tmp_path: Path) -> None:
    program(tmp_path, "dpkg-query", "true")
    program(tmp_path, "apt-get", "exit 100")

    finished = run("display", programs=str(tmp_path))

    assert finished.returncode != 0
    assert "apt-get" in finished.stdout
    assert "xvfb" in finished.stdout
