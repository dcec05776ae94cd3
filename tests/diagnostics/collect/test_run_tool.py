import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diagnostics.collect.run_tool import run_tool
from diagnostics.endings import NotPermitted, SourceMissing, TimedOut, UnreadableReport

PROJECT = Path(__file__).parents[2]


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
