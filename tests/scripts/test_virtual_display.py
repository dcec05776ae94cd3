import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.virtual_display import virtual_display

if sys.platform != "linux":
    pytest.skip("Xvfb is Linux's", allow_module_level=True)

SCRIPT = Path(__file__).parents[2] / "scripts" / "virtual_display.py"
TELL_DISPLAY = "import os; print(os.environ['DISPLAY'])"


def on_a_display(*command: str) -> list[str]:
    return [sys.executable, str(SCRIPT), *command]


def socket_of(display: str) -> Path:
    return Path("/tmp/.X11-unix", f"X{display.removeprefix(':')}")  # noqa: S108 -- X's own place


def test_the_exit_status_is_the_commands() -> None:
    assert subprocess.run(on_a_display("sh", "-c", "exit 7"), check=False).returncode == 7


def test_a_command_that_was_killed_looks_as_in_a_shell() -> None:
    killed = subprocess.run(on_a_display("sh", "-c", "kill -9 $$"), check=False)

    assert killed.returncode == 128 + signal.SIGKILL


def test_displays_inside_and_beside_each_other_are_different() -> None:
    with virtual_display() as outer, virtual_display() as inner:
        started = [
            subprocess.Popen(
                on_a_display(sys.executable, "-c", TELL_DISPLAY), stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        told = [process.communicate()[0].strip() for process in started]

    assert len({outer, inner, *told}) == 4


def test_the_display_is_gone_afterwards() -> None:
    with virtual_display() as name:
        assert socket_of(name).exists()
    assert not socket_of(name).exists()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_no_display_outlives_a_killed_run(ending: signal.Signals) -> None:
    sleeper = "import os, time; print(os.environ['DISPLAY'], flush=True); time.sleep(60)"
    with subprocess.Popen(
        on_a_display(sys.executable, "-c", sleeper), stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        display = socket_of(run.stdout.readline().strip())
        assert display.exists()

        run.send_signal(ending)

        deadline = time.monotonic() + 10
        while display.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not display.exists()
