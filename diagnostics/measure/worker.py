"""The other end of a test: a process of its own, so that what breaks or hangs there stays there.

`python -m diagnostics.measure.worker NAME TASK` runs one measuring, prints one JSON line each time
it has something to say, and is gone as soon as its standard input closes: whoever started it, and
however that one ended, no worker is left behind.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from threading import Thread

import msgspec
from msgspec import Struct

from station.checks import Measurement

WORKERS = {  # by name: the module whose `work(task: bytes)` does it
    "cpu": "diagnostics.measure.cpu_worker",
    "memory": "diagnostics.measure.memory_worker",
    "speed": "diagnostics.measure.speed",
    "surface": "diagnostics.measure.surface",
}


class Said(Struct, frozen=True, omit_defaults=True):
    """One line of a worker: all that it knows by now."""

    measured: tuple[Measurement, ...] = ()
    done_permille: int | None = None
    remaining_s: float | None = None
    ended: bool = False
    obstacle: str = ""  # why it cannot be done here, as a stable code


Work = Callable[[bytes], Iterator[Said]]


def command_of(name: str, task: Struct) -> list[str]:
    """How a worker is started."""
    return [sys.executable, "-m", __name__, name, msgspec.json.encode(task).decode()]


def obstacle_of(error: OSError) -> str:
    """What the system said no with, as a stable code."""
    if isinstance(error, PermissionError):
        return "not_permitted"
    if isinstance(error, FileNotFoundError) or error.errno in (errno.ENXIO, errno.ENODEV):
        return "missing"
    return "unreadable"


def main(arguments: list[str]) -> int:
    """Do the named work and say how it goes."""
    name, task = arguments
    Thread(target=_leave_when_left, daemon=True).start()
    work: Work = import_module(WORKERS[name]).work
    try:
        for said in work(task.encode()):
            _say(said)
    except OSError as error:
        _say(Said(obstacle=obstacle_of(error)))
    return 0


def _say(said: Said) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
    sys.stdout.buffer.flush()


def _leave_when_left() -> None:
    """End at once when the one who started us closed our input or is gone."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
