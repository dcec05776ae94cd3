"""sys.rtc after watching it: a clock that lost its date, stands still or runs unevenly."""

from datetime import UTC, datetime

from diagnostics.finding import Finding
from diagnostics.judge.policy import ClockRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome

_BOTH = 2  # ticks


def clock_drift(trial: Trial, rule: ClockRule) -> Finding:
    """An impossible year is a dead battery; whether the hour is right the station can tell."""
    measured = figures(trial, "rtc_offset_s", "drift_ms", "watched_s")
    epoch, ticks = figure(trial, "rtc_epoch_s"), figure(trial, "ticks")
    if epoch is not None and not _believed(epoch, rule):
        return finding(trial, Outcome.FAIL, "clock_lost", measured=measured)
    if ticks is not None and ticks < _BOTH and trial.ending.value == "completed":
        return finding(trial, Outcome.FAIL, "clock_stands_still", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    drift, watched = figure(trial, "drift_ms"), figure(trial, "watched_s")
    if epoch is None or ticks is None or drift is None or not watched or watched < 0:
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    if abs(drift) * 60 > rule.drift_ms_per_minute * watched:
        return finding(trial, Outcome.WARN, "clock_uneven", measured=measured)
    return finding(trial, Outcome.PASS, measured=measured)


def _believed(epoch_s: int, rule: ClockRule) -> bool:
    try:
        year = datetime.fromtimestamp(epoch_s, UTC).year
    except (ValueError, OverflowError, OSError):
        return False
    return rule.earliest_year <= year <= rule.latest_year
