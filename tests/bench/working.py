"""What somebody feels who works at the window all day: its pages, its blocks, its memory."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.demo_store import demo_store
from tests.bench.robot_day import DEVICES
from tests.figures import Figure

LONGEST_S = 1_800


def figures(folder: Path, command: str) -> Iterator[Figure]:
    """On the demonstration, each in a process of its own."""
    yield from _switches(demo_store(folder / "switching").parent, command)
    yield from _day(demo_store(folder / "day").parent, command)


def _switches(folder: Path, command: str) -> Iterator[Figure]:
    lines = (line.split() for line in _printed("tests.bench.switching_window", folder))
    took = {name: [float(each) for each in times] for name, *times in lines}
    first = {name: times[0] for name, times in took.items()}
    again = {name: median(times[1:]) for name, times in took.items()}
    name = "page switch to painted answers"
    yield Figure(f"{name}, median of all pages", median(again.values()), "ms", None, command)
    yield Figure(f"{name}, slowest page", max(again.values()), "ms", 80.0, command)
    yield Figure(f"{name}, first visit, median", median(first.values()), "ms", None, command)
    yield Figure(f"{name}, first visit, slowest page", max(first.values()), "ms", None, command)


def _day(folder: Path, command: str) -> Iterator[Figure]:
    *_told, last = _printed("tests.bench.robot_day", folder, str(DEVICES))
    received, ready, given, *blocks, memory = map(float, last.split())
    count, middle, p99, longest, busy_p99, busy_longest = blocks
    day = "robot's day"
    yield Figure(f"{day}: devices received", received, "devices", None, command)
    yield Figure(f"{day}: made ready", ready, "devices", None, command)
    yield Figure(f"{day}: given", given, "devices", None, command)
    yield Figure(f"{day}: blocks of the event loop", count, "blocks", None, command)
    yield Figure(f"{day}: block, median", middle, "ms", None, command)
    yield Figure(f"{day}: block, p99", p99, "ms", 50.0, command)
    yield Figure(f"{day}: block, longest", longest, "ms", None, command)
    yield Figure(f"{day}: window's own work in a block, p99", busy_p99, "ms", None, command)
    yield Figure(f"{day}: the same, longest", busy_longest, "ms", None, command)
    yield Figure(f"{day}: memory at its end", memory, "MB", 250.0, command)


def _printed(module: str, folder: Path, *arguments: str) -> list[str]:
    begun = "from ui.start import begin_loading; begin_loading()"  # as the app is
    program = f"{begun}; import sys; from {module} import main; main(sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=LONGEST_S,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    return ran.stdout.splitlines()
