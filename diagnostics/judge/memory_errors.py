"""mem.pattern: one word that came back otherwise than it was written is one too many."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import MemoryTestRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome
from station.machine import Machine


def memory_errors(trial: Trial, machine: Machine, rule: MemoryTestRule) -> Finding:
    """Errors fail however the test ended; none of them passes only if enough was tested."""
    measured = figures(trial, "tested_mib", "patterns_done", "errors")
    if figure(trial, "errors"):
        return finding(trial, Outcome.FAIL, "memory_errors", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if figure(trial, "errors") is None:
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    if not _enough(trial, machine, rule):
        return finding(trial, Outcome.UNKNOWN, "memory_little_tested", measured=measured)
    return finding(trial, Outcome.PASS, measured=measured)


def _enough(trial: Trial, machine: Machine, rule: MemoryTestRule) -> bool:
    tested, patterns = figure(trial, "tested_mib"), figure(trial, "patterns_done")
    if not tested or not machine.mem_total_kib:
        return False
    by_tool = trial.subject != ""  # its patterns are its own
    share = tested * 1024 * 100 // machine.mem_total_kib
    few = patterns is None or patterns < rule.least_patterns
    return share >= rule.least_tested_percent and (by_tool or not few)
