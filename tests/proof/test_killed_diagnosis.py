"""A diagnosis killed at a hundred moments: its journal always says what it died of."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.diagnostics.killing import kill_after

TIMES = 100


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_killed_diagnosis_always_says_what_it_died_of(
    tmp_path: Path, record_figure: Callable[[str, float, str, float | None], None]
) -> None:
    random = Random()  # noqa: S311

    died_of = [kill_after(tmp_path, random.uniform(0, 2)) for _ in range(TIMES)]

    assert sum(died_of) > TIMES
    record_figure("killed diagnoses whose journal named what ran", TIMES, "kills", None)
