"""Which judge each test has. A test that was not run has no finding: untested is not passed."""

from collections.abc import Sequence

from diagnostics.finding import Finding
from diagnostics.judge.clock_drift import clock_drift
from diagnostics.judge.error_log import error_log
from diagnostics.judge.heat import heat
from diagnostics.judge.load import under_load
from diagnostics.judge.memory_errors import memory_errors
from diagnostics.judge.policy import JudgePolicy
from diagnostics.judge.self_test import self_test
from diagnostics.judge.speed import disk_speed
from diagnostics.judge.surface import disk_surface
from diagnostics.judge.trial_endings import finding, incomplete
from diagnostics.judge.wifi_heard import wifi_heard
from diagnostics.trial import Trial
from station.checks import Outcome
from station.machine import Machine


def judge_trials(
    machine: Machine, trials: Sequence[Trial], policy: JudgePolicy
) -> tuple[Finding, ...]:
    """One finding a trial, in their order."""
    return tuple(_judge(trial, machine, policy, trials) for trial in trials)


def _judge(trial: Trial, machine: Machine, policy: JudgePolicy, beside: Sequence[Trial]) -> Finding:
    match trial.check:
        case "sto.speed":
            disk = next((disk for disk in machine.storage if disk.name == trial.subject), None)
            return disk_speed(trial, disk, policy.speed)
        case "sto.surface":
            return disk_surface(trial, policy.surface)
        case "sto.selftest":
            return self_test(trial)
        case "mem.pattern":
            return memory_errors(trial, machine, policy.memory_test)
        case "net.wifi":
            return wifi_heard(trial, policy.wifi)
        case "hw.errlog":
            return error_log(trial, machine, beside)
    return _judge_whole(trial, machine, policy)


def _judge_whole(trial: Trial, machine: Machine, policy: JudgePolicy) -> Finding:
    match trial.check:
        case "cpu.stress":
            return under_load(trial, policy.load)
        case "thm.fan":
            return heat(trial, policy.heat)
        case "sys.rtc":
            return clock_drift(trial, machine, policy.rtc)
    # Of a later version, which measures what nobody here can judge.
    return incomplete(trial) or finding(trial, Outcome.UNKNOWN, "no_judge")
