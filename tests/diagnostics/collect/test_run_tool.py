import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from diagnostics.collect.programs import kill_tree
from diagnostics.collect.run_tool import run_tool
from diagnostics.endings import NotPermitted, SourceMissing, TimedOut, UnreadableReport

PROJECT = Path(__file__).parents[3]


def script(folder: Path, body: str, mode: int = 0o755) -> str:
    path = folder / "tool"
    path.write_text(body)
    path.chmod(mode)
    return str(path)


def test_a_tool_answers_with_text_and_status() -> None:
    output = run_tool([sys.executable, "-c", "print('đĩa'); raise SystemExit(4)"], limit_s=20)

    assert (output.text, output.status) == ("đĩa\n", 4)


def test_a_tool_is_asked_in_plain_english() -> None:
    asked = "import os; print(os.environ['LC_ALL'])"

    assert run_tool([sys.executable, "-c", asked], limit_s=20).text == "C.UTF-8\n"


def test_a_tool_does_not_wait_for_what_the_operator_types() -> None:
    program = (
        "import sys\n"
        "from diagnostics.collect.run_tool import run_tool\n"
        "asks = [sys.executable, '-c', 'import sys; print(repr(sys.stdin.read()))']\n"
        "print(run_tool(asks, limit_s=20).text)\n"
    )

    asked = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        input="typed",
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert asked.stdout.strip() == "''"


def test_bytes_that_are_no_text_do_not_stop_the_reading() -> None:
    tool = [sys.executable, "-c", r"import sys; sys.stdout.buffer.write(b'\xff!')"]

    assert run_tool(tool, limit_s=20).text == "\N{REPLACEMENT CHARACTER}!"


def test_a_missing_tool_is_named_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="tool"):
        run_tool([str(tmp_path / "tool")], limit_s=1)


def test_a_tool_that_may_not_be_started_is_not_permitted(tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        run_tool([script(tmp_path, "#!/bin/sh\n", mode=0o644)], limit_s=1)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows other kinds of programs")
def test_a_file_that_is_no_program_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport):
        run_tool([script(tmp_path, "\x7fELF")], limit_s=1)


def test_a_hanging_tool_is_ended_in_time() -> None:
    began = time.monotonic()

    with pytest.raises(TimedOut):
        run_tool([sys.executable, "-c", "import time; time.sleep(60)"], limit_s=0.3)

    assert time.monotonic() - began < 10


POSIX = pytest.mark.skipif(os.name == "nt", reason="the tools of these tests are of a shell")


def is_running(pid: int) -> bool:
    """Whether the process does more than wait to be buried."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_for_end(pid: int) -> bool:
    until = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


@POSIX
def test_a_hanging_tool_takes_its_children_along(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    tool = script(tmp_path, f"#!/bin/sh\nsleep 60 &\necho $! > {noted}\nwait\n")

    with pytest.raises(TimedOut):
        run_tool([tool], limit_s=0.5)

    assert wait_for_end(int(noted.read_text()))


@POSIX
def test_a_child_that_keeps_the_output_open_does_not_hold_us_up(tmp_path: Path) -> None:
    tool = script(tmp_path, "#!/bin/sh\nsleep 60 &\necho done\n")
    began = time.monotonic()

    with pytest.raises(TimedOut):
        run_tool([tool], limit_s=0.5)

    assert time.monotonic() - began < 5


def test_the_tree_of_a_process_is_killed_where_there_are_no_groups(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    child = "import time; time.sleep(60)"
    parent = (
        "import pathlib, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"pathlib.Path({str(noted)!r}).write_text(str(child.pid))\n"
        "child.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as process:
        while not (noted.exists() and noted.read_text()):
            time.sleep(0.02)

        kill_tree(process.pid)

    assert wait_for_end(int(noted.read_text()))


def test_killing_what_is_gone_already_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()

    kill_tree(process.pid)

    assert not is_running(process.pid)


@pytest.mark.parametrize("output", ["stdout", "stderr"])
def test_a_tool_that_prints_without_end_is_stopped(output: str) -> None:
    babble = f"import sys\nwhile True: sys.{output}.buffer.write(b'x' * 65536)"
    began = time.monotonic()

    with pytest.raises(UnreadableReport, match="more than 1000000 bytes"):
        run_tool([sys.executable, "-c", babble], limit_s=20, largest=1_000_000)

    assert time.monotonic() - began < 10


def test_as_much_as_is_allowed_is_read_whole() -> None:
    tool = [sys.executable, "-c", "import sys; sys.stdout.write('x' * 1000)"]

    assert run_tool(tool, limit_s=20, largest=1000).data == b"x" * 1000


def test_complaints_do_not_mix_with_the_answer() -> None:
    tool = [sys.executable, "-c", "import sys; print('fact'); print('oh', file=sys.stderr)"]

    output = run_tool(tool, limit_s=20)

    assert (output.text, output.complaints) == ("fact\n", "oh\n")


@POSIX
def test_a_killed_tool_says_by_which_signal(tmp_path: Path) -> None:
    output = run_tool([script(tmp_path, "#!/bin/sh\necho half\nkill -9 $$\n")], limit_s=5)

    assert (output.text, output.status) == ("half\n", -9)


@POSIX
def test_a_tool_of_root_is_found_beside_the_folders_of_a_plain_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sbin").mkdir()
    script(tmp_path / "sbin", "#!/bin/sh\necho found\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert run_tool(["tool"], limit_s=5).text == "found\n"


def test_a_tool_that_stands_nowhere_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SourceMissing, match="tool"):
        run_tool(["tool"], limit_s=5)


@POSIX
def test_a_tool_that_closes_its_error_output_is_still_heard(tmp_path: Path) -> None:
    tool = script(tmp_path, "#!/bin/sh\nexec 2>&-\nsleep 0.2\necho late\n")

    assert run_tool([tool], limit_s=5).text == "late\n"
