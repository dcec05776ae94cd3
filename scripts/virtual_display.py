"""Run a command on a virtual X display of its own: `virtual_display.py COMMAND…`.

Standard library only. Every call starts its own Xvfb, so calls may nest and run side by side.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SCREEN = "1366x768x24"  # the smallest screen a point has


class NoVirtualDisplay(Exception):
    """Xvfb is missing or did not come up."""


@contextmanager
def virtual_display() -> Iterator[str]:
    """Start Xvfb on a free display and yield its name, such as ":3"; stop it afterwards."""
    reading, writing = os.pipe()
    server = _start_server(writing)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()  # the server closes the pipe if it cannot start
        if not number:
            raise NoVirtualDisplay("Xvfb did not start; what it says stands above")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _start_server(writing: int) -> subprocess.Popen[bytes]:
    # setpriv ends the server with us even when we are killed; a session of its own keeps Ctrl-C
    # from taking the display away before the program on it has ended.
    server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    return subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *server], pass_fds=[writing], start_new_session=True
    )


def run(command: list[str]) -> int:
    """Run the command on a fresh display and return its exit status, as a shell would."""
    with virtual_display() as name:
        on_display = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        on_display.pop("WAYLAND_DISPLAY", None)
        with subprocess.Popen(command, env=on_display) as program:
            status = _wait(program)
    return 128 - status if status < 0 else status


def _wait(program: subprocess.Popen[bytes]) -> int:
    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    # Ctrl-C reaches the program too; waiting for it lets it end in its own way.
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    return program.wait()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
