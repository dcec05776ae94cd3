"""sto.selftest: what the drive says of itself after its own test."""

from diagnostics.finding import Finding
from diagnostics.judge.trial_endings import figure, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome


def self_test(trial: Trial) -> Finding:
    """Its own word; an aborted test and a drive that has none say nothing."""
    passed = figure(trial, "passed")
    if passed == 0:
        return finding(trial, Outcome.FAIL, "self_test_failed")
    unfinished = incomplete(trial)
    if unfinished is not None:
        return unfinished
    if passed != 1:
        return finding(trial, Outcome.UNKNOWN, "not_measured")
    return finding(trial, Outcome.PASS)
