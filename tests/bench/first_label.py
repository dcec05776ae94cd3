"""From the key that receives and prints to the bytes of the label at a printer on the network."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.figures import Figure


def figures(command: str) -> Iterator[Figure]:
    """Each in a window of its own process: the first label of the day, then those after it."""
    first, later = [], []
    for _ in range(3):
        milliseconds = _measured()
        first.append(milliseconds[0])
        later += milliseconds[1:]
    yield Figure("first label, from key press to bytes", max(first), "ms", 150.0, command)
    yield Figure("a later label, from key press to bytes", median(later), "ms", 150.0, command)


def _measured() -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.label_window", Path(folder)],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
        )
    return [float(word) for word in ran.stdout.split()]


if __name__ == "__main__":
    for figure in figures("python -m tests.bench.first_label"):
        print(f"{figure.name}: {figure.value:.1f} {figure.unit}")  # noqa: T201 -- what it is for
