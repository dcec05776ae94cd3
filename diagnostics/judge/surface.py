"""sto.surface: whether every block that was tried could be read, and in good time."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import SurfaceRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome


def disk_surface(trial: Trial, rule: SurfaceRule) -> Finding:
    """One block that cannot be read fails the disk; a sample passes and says that it is one."""
    measured = figures(
        trial, "blocks_tried", "blocks_of_disk", "read_errors", "slow_blocks", "slowest_ms"
    )
    if figure(trial, "read_errors"):
        return finding(trial, Outcome.FAIL, "read_errors", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if None in (figure(trial, "read_errors"), figure(trial, "slow_blocks")):
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    tried, whole = figure(trial, "blocks_tried") or 0, figure(trial, "blocks_of_disk") or 0
    sampled = not 0 < whole <= tried
    if sampled and tried < rule.least_blocks:
        return finding(trial, Outcome.UNKNOWN, "surface_sample_small", measured=measured)
    of_it = ("surface_sampled",) if sampled else ()
    if (figure(trial, "slow_blocks") or 0) * 1_000_000 > tried * rule.slow_per_million:
        return finding(trial, Outcome.WARN, "blocks_slow", *of_it, measured=measured)
    return finding(trial, Outcome.PASS, *of_it, measured=measured)
