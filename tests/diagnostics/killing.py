"""Kill a diagnosis at some moment, and compare its journal with what its tests had said."""

import subprocess
import sys
import time
from pathlib import Path

from diagnostics.journal import crashed_before
from diagnostics.trial import Ending
from tests.diagnostics.journal_victim import MACHINE

PROJECT = Path(__file__).parents[2]


def kill_after(folder: Path, seconds: float) -> int:
    """Kill it so long after it began; how many tests its journal says it died of."""
    command = [sys.executable, "-m", "tests.diagnostics.journal_victim", str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "opened\n"
        time.sleep(seconds)
        victim.kill()
        said = [line.split() for line in victim.stdout]
    inside = {words[1] for words in said if words[0] == "in"}
    over = {words[1] for words in said if words[0] == "out"}

    (crash,) = crashed_before(folder, MACHINE)

    died_of = {trial.subject for trial in crash.trials}
    assert inside - over <= died_of, "a test was running and its journal does not say so"
    assert len(died_of) <= 2, "more tests than ran side by side"
    assert len(over - died_of) >= len(over) - 2, "tests that had long ended are blamed"
    assert {trial.ending for trial in crash.trials} <= {Ending.MACHINE_CRASHED}
    crash.file.unlink()
    return len(died_of)
