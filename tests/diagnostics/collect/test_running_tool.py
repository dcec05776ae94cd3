import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import SourceMissing, UnreadableReport
from diagnostics.measure.cpu_worker import Task
from diagnostics.measure.follow import WorkerDied, said_by
from diagnostics.measure.worker import command_of

PROJECT = Path(__file__).parents[3]
CHATTERS = "import time\nwhile True: print('so', flush=True); time.sleep(0.01)"


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def lines_of(tool: RunningTool) -> list[str]:
    lines: list[str] = []
    while not tool.is_over:
        line = tool.line(1)
        lines += [] if line is None else [line]
    return lines


def test_a_program_speaks_in_lines_until_it_ends() -> None:
    with RunningTool(python("print('đĩa'); print('b', end=''); raise SystemExit(3)")) as tool:
        assert lines_of(tool) == ["đĩa", "b"]
        assert tool.status(10) == 3


def test_a_silent_program_is_not_waited_for() -> None:
    with RunningTool(python("import time; time.sleep(600)")) as tool:
        assert tool.line(0.05) is None
        assert not tool.is_over
        assert tool.status(0.01) is None


def test_leaving_kills_it_with_what_it_started() -> None:
    family = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    with RunningTool(python(family)) as tool:
        child = psutil.Process(int(tool.line(30) or 0))

    child.wait(timeout=10)
    assert not child.is_running()


def test_a_program_that_never_stops_talking_is_left_all_the_same() -> None:
    with RunningTool(python(CHATTERS)) as tool:
        assert tool.line(30) == "so"


@pytest.mark.parametrize(
    ("program", "error"), [("no-such-tool", SourceMissing), ("/", SourceMissing)]
)
def test_what_cannot_be_started_is_named(program: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        RunningTool([program])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows other kinds of programs")
def test_a_file_that_is_no_program_is_unreadable(tmp_path: Path) -> None:
    broken = tmp_path / "tool"
    broken.write_text("\x7fELF")
    broken.chmod(0o755)

    with pytest.raises(UnreadableReport):
        RunningTool([str(broken)])


def test_a_worker_that_speaks_no_json_is_unreadable() -> None:
    with RunningTool(python("print('oops')")) as tool, pytest.raises(UnreadableReport):
        said_by(tool, 30)


def test_a_worker_that_ends_without_a_word_has_died() -> None:
    with RunningTool(python("raise SystemExit(9)")) as tool, pytest.raises(WorkerDied):
        said_by(tool, 30)


def test_no_worker_outlives_a_killed_program() -> None:
    program = (
        "import sys\n"
        "from diagnostics.collect.running_tool import RunningTool\n"
        f"tool = RunningTool({command_of('cpu', Task(600))!r})\n"
        "tool.line(30)\n"
        "print(tool._process.pid, flush=True)\n"
        "tool.line(600)\n"
        "import time; time.sleep(600)\n"
    )
    with subprocess.Popen(python(program), cwd=PROJECT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()

    until = time.monotonic() + 20
    while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "the worker runs on"
        time.sleep(0.05)
