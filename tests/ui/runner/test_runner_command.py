"""`station-diagnose` without its window: text, JSON or a sheet, and no Qt."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from diagnostics.report import decode

PROJECT = Path(__file__).parents[3]
LOADED = """
import json, sys
from ui.runner.command import main
main(sys.argv[1:])
sys.stderr.write(json.dumps(sorted(sys.modules)))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def run(*arguments: str, status: int = 0, **environment: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "ui.runner.command", *arguments],
        cwd=PROJECT,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == status, done.stderr.decode()
    return done.stdout


def test_json_is_a_report_and_nothing_else() -> None:
    report = decode(run("--json"))

    assert "mem.size" in {finding.check for finding in report.findings}


def test_text_begins_with_the_answer() -> None:
    first = run("--text", "--language", "en").decode().splitlines()[0]

    assert "fit" in first.casefold()


def test_the_sheet_is_one_page_with_the_reports_digest(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"

    run("--pdf", str(file), "--language", "en")

    (page,) = PdfReader(BytesIO(file.read_bytes())).pages
    assert "SHA-256" in page.extract_text()


def test_a_sheet_that_cannot_be_written_is_an_error_with_a_reason(tmp_path: Path) -> None:
    run("--pdf", str(tmp_path / "nowhere" / "sheet.pdf"), status=2)


def test_a_folder_that_takes_no_report_still_gives_a_sheet(tmp_path: Path) -> None:
    file, folder = tmp_path / "sheet.pdf", tmp_path / "folder"
    folder.write_text("no folder")

    run("--pdf", str(file), "--folder", str(folder))

    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_sheet_tells_how_far_it_is_and_a_signal_ends_it_with_what_was_done(
    tmp_path: Path, number: signal.Signals
) -> None:
    file = tmp_path / "sheet.pdf"
    asked = ["--pdf", str(file), "--profile", "triage", "--language", "en"]

    with subprocess.Popen(
        [sys.executable, "-m", "ui.runner.command", *asked],
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        next(line for line in running.stderr if line.rstrip().endswith(": begun"))
        running.send_signal(number)
        _, said = running.communicate(timeout=60)

    assert running.returncode == 0, said
    assert ": stopped" in said
    assert file.read_bytes().startswith(b"%PDF")


def test_without_a_display_text_and_json_need_none() -> None:
    assert run("--json", DISPLAY="", WAYLAND_DISPLAY="").startswith(b"{")


def test_neither_text_nor_json_loads_qt_a_database_or_the_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--json"], cwd=PROJECT, capture_output=True, check=True
    )

    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert "diagnostics.report" in loaded
    assert not {"PySide6", "sqlalchemy", "httpx", "zeroconf", "rich", "reportlab"} & loaded


def test_the_program_is_installed_under_its_name() -> None:
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["scripts"]

    assert scripts["station-diagnose"] == "ui.runner.command:main"


def test_the_window_loads_neither_a_database_nor_what_prints() -> None:
    program = "import json, sys, ui.runner.application; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, check=True
    )

    loaded = set(json.loads(done.stdout))
    assert "PySide6" in loaded
    assert not {"sqlalchemy", "httpx", "zeroconf", "rich", "reportlab", "zxingcpp"} & loaded
