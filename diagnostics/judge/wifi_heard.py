"""net.wifi after a scan: whether the adapter hears what is near."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import WifiRule
from diagnostics.judge.trial_endings import figure, figures, finding, incomplete
from diagnostics.trial import Trial
from station.checks import Outcome


def wifi_heard(trial: Trial, rule: WifiRule) -> Finding:
    """The best signal of any band; an adapter that hears nobody at a point with Wi-Fi is deaf."""
    measured = figures(trial, "networks", "best_2_4_ghz_dbm", "best_5_ghz_dbm")
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if figure(trial, "networks") == 0:
        return finding(trial, Outcome.FAIL, "wifi_hears_nothing", measured=measured)
    bands = (figure(trial, "best_2_4_ghz_dbm"), figure(trial, "best_5_ghz_dbm"))
    best = max((signal for signal in bands if signal is not None), default=None)
    if best is None or best >= 0:  # no radio hears a milliwatt
        return finding(trial, Outcome.UNKNOWN, "signal_not_said", measured=measured)
    if best >= rule.pass_dbm:
        return finding(trial, Outcome.PASS, measured=measured)
    if best >= rule.warn_dbm:
        return finding(trial, Outcome.WARN, "wifi_weak", measured=measured)
    return finding(trial, Outcome.FAIL, "wifi_weak", measured=measured)
