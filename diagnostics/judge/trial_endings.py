"""What a test that did not complete says, whatever it is: never that something is well.

What it had measured until then may still show a fault. So every judge looks for faults first, and
only then asks whether the test came to its end.
"""

from diagnostics.finding import Finding
from diagnostics.trial import SAME_BOOT, Ending, Trial
from station.checks import Measurement, Outcome


def figure(trial: Trial, name: str) -> int | None:
    """One measured figure; None: it was not measured."""
    return next((found.value for found in trial.measured if found.name == name), None)


def figures(trial: Trial, *names: str) -> tuple[Measurement, ...]:
    """Those of the named figures that were measured, in this order."""
    return tuple(found for name in names for found in trial.measured if found.name == name)


def finding(
    trial: Trial, outcome: Outcome, *reasons: str, measured: tuple[Measurement, ...] = ()
) -> Finding:
    """A verdict about the trial's own subject."""
    return Finding(trial.check, outcome, reasons, measured, trial.subject)


def incomplete(trial: Trial, measured: tuple[Measurement, ...] = ()) -> Finding | None:
    """The verdict of a test that did not complete; None when it did."""
    if trial.ending is Ending.COMPLETED:
        return None
    if trial.ending is Ending.MACHINE_CRASHED:
        known = measured or trial.measured
        if trial.why == SAME_BOOT:  # somebody closed the program, or it fell over: no fault is seen
            return finding(trial, Outcome.UNKNOWN, SAME_BOOT, measured=known)
        return finding(trial, Outcome.FAIL, "machine_crashed", measured=known)
    if trial.ending is Ending.NOT_POSSIBLE:
        return finding(trial, Outcome.UNKNOWN, trial.why or "not_possible", measured=measured)
    return finding(trial, Outcome.UNKNOWN, f"test_{trial.ending.value}", measured=measured)
