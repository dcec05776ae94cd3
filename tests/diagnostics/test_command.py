import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from diagnostics.__main__ import main
from diagnostics.judge import policy
from diagnostics.report import Report, decode
from station.machine import Reading

PROJECT = Path(__file__).parents[2]
SLOW = {
    "PySide6",
    "cpuinfo",
    "msgspec",
    "psutil",
    "sqlalchemy",
    "subprocess",
    "importlib.resources",
}


def run(*arguments: str) -> bytes:
    return subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, capture_output=True, timeout=60, check=True
    ).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")
def test_the_report_of_this_machine_is_printed_as_json() -> None:
    report = decode(run("-m", "diagnostics", "run", "--json"))

    assert isinstance(report, Report)
    assert report.machine.reading_of("memory") is Reading.OK
    assert (report.machine.memory_mib or 0) > 100
    assert "mem.size" in {result.check for result in report.results}
    assert report.policy == policy.CURRENT


def test_the_summary_of_this_machine_is_printed_in_english() -> None:
    text = run("-m", "diagnostics", "run", "--language", "en").decode()

    assert "Memory (RAM)\n" in text
    assert f"Verdicts by policy {policy.CURRENT}" in text


def test_help_loads_nothing_slow() -> None:
    program = (
        "import sys, contextlib, json\n"
        "from diagnostics.__main__ import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(sys.stderr):\n"
        "    main(['--help'])\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )

    loaded = set(msgspec.json.decode(run("-c", program), type=list[str]))

    assert "argparse" in loaded
    assert not SLOW & loaded


def test_diagnosing_loads_no_window_and_no_library_of_other_systems() -> None:
    program = (
        "import sys, json\n"
        "from diagnostics.diagnose import diagnose\n"
        "diagnose()\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )

    loaded = set(msgspec.json.decode(run("-c", program), type=list[str]))

    assert "diagnostics.collect" in loaded
    assert not {"PySide6", "sqlalchemy", "httpx"} & loaded
    assert sys.platform != "linux" or not {"cpuinfo", "psutil"} & loaded


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"[]", "This file is no report of this program's diagnostics."),
        (b'{"format":99}', "A newer version of diagnostics wrote this report."),
    ],
)
def test_what_cannot_be_judged_is_named_with_its_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], written: bytes, said: str
) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(written)

    assert main(["judge", str(file), "--language", "en"]) == 2
    assert f"{file}: {said}".encode() in capfdbinary.readouterr().err
