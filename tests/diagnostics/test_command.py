import errno
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from diagnostics.__main__ import main
from diagnostics.judge import policy
from diagnostics.refused import why_no_file
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


def test_a_file_that_is_too_long_for_a_report_is_not_read_to_its_end(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "film.json"
    with file.open("wb") as film:
        film.truncate(2**40)  # more than any memory holds

    assert main(["judge", str(file), "--language", "en"]) == 2
    assert b"This file is too long for a report." in capfdbinary.readouterr().err


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (("judge", "{here}/none.json"), 2, "{here}/none.json is not there. Check its name"),
        (("judge", "{here}"), 2, "{here} is a file where a folder is needed, or the other way"),
        (("from-folder", "{here}"), 1, "{here} holds nothing that a collector wrote."),
        (("from-folder", "{here}/none"), 1, "{here}/none is not there. Check its name"),
        (("run", "--folder", "{here}/file"), 1, "{here}/file is a file where a folder is needed"),
        (("run", "--policy", "{here}/none.toml"), 2, "{here}/none.toml is not there."),
        (("run", "--policy", "{here}/file"), 2, "No machine can be judged by these thresholds."),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems name other errors")
def test_what_cannot_be_used_is_said_with_what_to_do(
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    asked: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    (tmp_path / "file").write_text("id = ")

    ended = main([*(word.format(here=tmp_path) for word in asked), "--language", "en"])

    assert ended == status
    assert said.format(here=tmp_path).encode() in capfdbinary.readouterr().err


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "This account may not use /media/usb."),
        (errno.EROFS, "nothing can be written"),
        (errno.ENOSPC, "The disk is full"),
        (errno.EIO, "Check it, or choose another."),
    ],
)
def test_each_fault_of_a_disk_has_its_own_advice(number: int, advice: str) -> None:
    assert advice in why_no_file(OSError(number, "words of the system", "/media/usb"))
