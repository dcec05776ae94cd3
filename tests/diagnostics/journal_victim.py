"""A small diagnosis that is killed: `python -m tests.diagnostics.journal_victim FOLDER`.

Each of its tests prints its name when it runs and again when it is over, as the witness beside the
journal; it runs many of them, two and two side by side, and ends by itself after some seconds.
"""

import sys
from pathlib import Path
from threading import Event

from diagnostics.journal import Journal
from diagnostics.measure.budget import Budget
from diagnostics.measure.plan import Conditions, Powers, plan
from diagnostics.measure.profile_run import Journalled
from diagnostics.measure.run import Run, Surroundings
from diagnostics.measure.runner import Runner
from diagnostics.measure.spec import TrialSpec
from station.machine import Machine, System, Temperature

MACHINE = Machine(system=System(serial_number="AC-0001"))
WARM = Machine(temperatures=(Temperature("Package", 815), Temperature("Board", 402)))
TESTS = 60


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _spec(number: int) -> TrialSpec:
    def test(run: Run) -> None:
        _say(f"in {run.subject}")
        run.rest(0.05 + number % 3 * 0.05)
        _say(f"out {run.subject}")

    lane = f"lane{number % 2}"
    return TrialSpec(
        f"test{number}", run=test, subjects=lambda _: (f"s{number}",), exclusive=(lane,)
    )


def main(folder: Path) -> None:
    """Run them all."""
    specs = [_spec(number) for number in range(TESTS)]
    budgets = {spec.check: Budget(seconds=1, limit_s=60) for spec in specs}
    made = plan(MACHINE, specs, Conditions(budgets, Powers("linux", False, frozenset()), 60))
    journal = Journal(folder, "triage", MACHINE)
    around = Surroundings(read_heat=lambda: WARM)
    _say("opened")
    Runner(made, MACHINE, around, Journalled(journal, around), None, Event()).run()
    journal.close(done=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
