"""What a test that did not complete says, whatever it is: never that something is well.

What it had measured until then may still show a fault. So every judge looks for faults first, and
only then asks whether the test came to its end.
"""

from diagnostics.finding import Finding
from diagnostics.trial import Ending, Trial
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
        why = (trial.why,) if trial.why else ()
        known = measured or trial.measured
        return finding(trial, Outcome.FAIL, "machine_crashed", *why, measured=known)
    if trial.ending is Ending.NOT_POSSIBLE:
        return finding(trial, Outcome.UNKNOWN, trial.why or "not_possible", measured=measured)
    return finding(trial, Outcome.UNKNOWN, f"test_{trial.ending.value}", measured=measured)
