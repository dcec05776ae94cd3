"""cpu.stress: right results first, then how much of its clock a processor keeps."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import LoadRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome


def under_load(trial: Trial, rule: LoadRule) -> Finding:
    """The sustained clock against the rated one; where no clock is told, the work done.

    Work a second also falls when something else runs beside, so by itself it never fails.
    """
    measured = figures(
        trial,
        "miscomputes",
        "workers_died",
        "clock_mhz",
        "base_mhz",
        "kept_percent",
        "throttle_events",
    )
    wrong = figure(trial, "miscomputes"), figure(trial, "workers_died")
    if any(wrong):
        reason = "cpu_miscomputes" if wrong[0] else "cpu_worker_died"
        return finding(trial, Outcome.FAIL, reason, measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if None in wrong:
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    outcome, reasons = _by_speed(trial, rule)
    return finding(trial, outcome, *reasons, measured=measured)


def _by_speed(trial: Trial, rule: LoadRule) -> tuple[Outcome, tuple[str, ...]]:
    clock, base = figure(trial, "clock_mhz"), figure(trial, "base_mhz")
    share = clock * 100 // base if clock and base else figure(trial, "kept_percent")
    if share is None:
        return Outcome.UNKNOWN, ("clock_not_said",)
    if share < rule.pass_percent:
        low = bool(clock and base) and share < rule.warn_percent
        return Outcome.FAIL if low else Outcome.WARN, ("cpu_slows",)
    if figure(trial, "throttle_events"):
        return Outcome.WARN, ("cpu_throttled",)
    return Outcome.PASS, ()
