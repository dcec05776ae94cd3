"""sys.rtc: a clock that lost its date, stands still or runs unevenly."""

from datetime import UTC, date, datetime, time

from diagnostics.finding import Finding
from diagnostics.judge.policy import ClockRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Measurement, Outcome
from station.machine import Machine

CHECK = "sys.rtc"
_BOTH = 2  # ticks
_DAY_S = 24 * 60 * 60


def clock_drift(trial: Trial, machine: Machine, rule: ClockRule) -> Finding:
    """An impossible date is a dead battery; the facts' own look at the clock counts too."""
    measured = figures(trial, "rtc_offset_s", "drift_ms", "watched_s")
    epoch, ticks = figure(trial, "rtc_epoch_s"), figure(trial, "ticks")
    offset = figure(trial, "rtc_offset_s")
    if _is_lost(epoch, offset, machine, rule) or _facts_lost(machine, rule):
        return finding(trial, Outcome.FAIL, "clock_lost", measured=measured)
    if ticks is not None and ticks < _BOTH and trial.ending.value == "completed":
        return finding(trial, Outcome.FAIL, "clock_stands_still", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    drift, watched = figure(trial, "drift_ms"), figure(trial, "watched_s")
    if epoch is None or ticks is None or drift is None or not watched or watched < 0:
        return finding(trial, Outcome.UNKNOWN, "not_measured", measured=measured)
    doubts = _doubts(offset, drift, watched, rule)
    return finding(trial, Outcome.WARN if doubts else Outcome.PASS, *doubts, measured=measured)


def clock_facts(machine: Machine, rule: ClockRule) -> tuple[Finding, ...]:
    """What one look at the clock shows: a fault, or nothing, for nobody saw that it runs."""
    offset = _offset(machine)
    measured = () if offset is None else (Measurement("rtc_offset_s", offset),)
    if _facts_lost(machine, rule):
        return (Finding(CHECK, Outcome.FAIL, ("clock_lost",), measured),)
    if offset is not None and abs(offset) > rule.warn_offset_s:
        return (Finding(CHECK, Outcome.WARN, ("clock_wrong",), measured),)
    return ()


def _doubts(offset: int | None, drift_ms: int, watched_s: int, rule: ClockRule) -> tuple[str, ...]:
    wrong = offset is not None and abs(offset) > rule.warn_offset_s
    uneven = abs(drift_ms) * 60 > rule.drift_ms_per_minute * watched_s
    said = {"clock_wrong": wrong, "clock_uneven": uneven}
    return tuple(reason for reason, is_so in said.items() if is_so)


def _facts_lost(machine: Machine, rule: ClockRule) -> bool:
    return _is_lost(machine.clock.rtc_epoch_s, _offset(machine), machine, rule)


def _offset(machine: Machine) -> int | None:
    clock = machine.clock
    if clock.rtc_epoch_s is None or clock.system_epoch_s is None:
        return None
    return clock.rtc_epoch_s - clock.system_epoch_s


def _is_lost(epoch: int | None, offset: int | None, machine: Machine, rule: ClockRule) -> bool:
    """Before its firmware was written, in no year of ours, or far behind the system's clock.

    One that is far ahead of the system's may be the one that is right.
    """
    if offset is not None and offset < -rule.fail_behind_s:
        return True
    if epoch is None:
        return False
    written_s = _epoch_of(machine.bios.date)
    if written_s is not None and epoch < written_s - _DAY_S:  # it may show another zone's time
        return True
    try:
        year = datetime.fromtimestamp(epoch, UTC).year
    except (ValueError, OverflowError, OSError):
        return True
    return not rule.earliest_year <= year <= rule.latest_year


def _epoch_of(day: str | None) -> int | None:
    """When the day began; None of what is no day."""
    try:
        began = datetime.combine(date.fromisoformat(day or ""), time(), UTC)
    except ValueError:
        return None
    return round(began.timestamp())
