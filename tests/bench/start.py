"""From the start of a process to a usable window on the big store, beside a bare window."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.figures import Figure

ROUNDS = 5


def figures(file: Path, folder: Path, command: str) -> Iterator[Figure]:
    """Medians of several starts, in turns; the memory is the resident set of a whole process."""
    bare, app = [], []
    for _ in range(ROUNDS):
        bare.append(_started("tests.bench.bare_window"))
        app.append(_started("tests.bench.app_window", file, folder))
    yield Figure("start of a bare PySide6 window", median(s for s, _ in bare), "s", None, command)
    yield Figure("start to usable window", median(s for s, _ in app), "s", 1.2, command)
    yield Figure("memory of a bare PySide6 window", median(m for _, m in bare), "MB", None, command)
    yield Figure("memory with the window open", median(m for _, m in app), "MB", 250.0, command)


def _started(module: str, *arguments: Path) -> tuple[float, float]:
    ran = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    seconds, megabytes = ran.stdout.split()[-2:]
    return float(seconds), float(megabytes)
