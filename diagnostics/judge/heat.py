"""thm.fan: how hot it gets under load, and whether a fan answers."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import HeatRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome

Verdict = tuple[Outcome, tuple[str, ...]]


def heat(trial: Trial, rule: HeatRule) -> Finding:
    """Too hot fails at once; a cool machine passes without a fan, a warm one by its answer."""
    measured = figures(
        trial,
        "idle_tenths_c",
        "peak_tenths_c",
        "critical_tenths_c",
        "idle_rpm",
        "peak_rpm",
        "load_s",
    )
    peak = figure(trial, "peak_tenths_c")
    critical = figure(trial, "critical_tenths_c")
    limit = rule.fail_c * 10 if critical is None else min(critical, rule.fail_c * 10)
    if peak is not None and peak >= limit:
        return finding(trial, Outcome.FAIL, "too_hot", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if peak is None or peak <= 0:
        return finding(trial, Outcome.UNKNOWN, "temperature_not_said", measured=measured)
    outcome, reasons = _by_fan(trial, peak, rule)
    return finding(trial, outcome, *reasons, measured=measured)


def _by_fan(trial: Trial, peak: int, rule: HeatRule) -> Verdict:
    hot = peak >= rule.warn_c * 10
    idle, top = figure(trial, "idle_rpm"), figure(trial, "peak_rpm")
    if idle is None or top is None:
        return (Outcome.WARN, ("hot",)) if hot else _cool(trial, peak, rule, "fan_not_seen")
    if top * 100 > idle * (100 + rule.fan_rise_percent):
        return (Outcome.WARN, ("hot",)) if hot else (Outcome.PASS, ())
    if hot:
        return Outcome.FAIL, ("fan_does_not_answer",)
    if peak >= rule.cool_c * 10:
        return Outcome.WARN, ("fan_does_not_answer",)
    return _cool(trial, peak, rule, "fan_does_not_answer")


def _cool(trial: Trial, peak: int, rule: HeatRule, doubt: str) -> Verdict:
    """Without a fan's answer a long load that stays cool is the proof, and that it was felt."""
    idle = figure(trial, "idle_tenths_c")
    if idle is None or peak - idle < rule.least_rise_c * 10:
        return Outcome.UNKNOWN, ("thermometer_stands_still",)
    if (figure(trial, "load_s") or 0) >= rule.least_load_s:
        return Outcome.PASS, ()
    return Outcome.UNKNOWN, (doubt,)
