"""From a key in the scan box to the rows on the stock page, in the whole app on the big store."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.figures import Figure
from ui.scanning.box import SEARCH_PAUSE_MS

NAME = "key to painted rows of the stock page, a key every 200 ms, without the scan box's pause"


def figures(file: Path, folder: Path, command: str) -> Iterator[Figure]:
    """Worst and median key, and the pause that comes before each search."""
    took = _typed(file, folder)
    yield Figure(f"{NAME}, worst", max(took), "ms", 100.0, command)
    yield Figure(f"{NAME}, median", median(took), "ms", None, command)
    pause = float(SEARCH_PAUSE_MS)
    yield Figure("pause of the scan box before a search", pause, "ms", None, command)


def _typed(file: Path, folder: Path) -> list[float]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.stock_window", str(file), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=180,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    return [float(word) for word in ran.stdout.splitlines()[-1].split()]
