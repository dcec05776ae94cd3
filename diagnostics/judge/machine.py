"""Everything that is decided about a machine: facts, trials and policy in, findings out.

Checks that need a person are absent here: untested is not passed. Where a fact is missing the
verdict is unknown, and its reason says why. Comparing the identity with the label is the station's
work, which knows the label.
"""

from collections.abc import Sequence

from diagnostics.finding import Finding
from diagnostics.judge.battery import battery_health
from diagnostics.judge.clock_drift import clock_facts
from diagnostics.judge.firmware_names import firmware_names
from diagnostics.judge.fitness import fitness, lessons_finding, systems_finding
from diagnostics.judge.locks import locks
from diagnostics.judge.memory import memory_size
from diagnostics.judge.policy import JudgePolicy
from diagnostics.judge.smart import smart
from diagnostics.judge.storage_type import storage_type
from diagnostics.judge.trials import judge_trials
from diagnostics.judge.wifi import wifi
from diagnostics.trial import Trial
from station.machine import Machine


def judge(machine: Machine, trials: Sequence[Trial], policy: JudgePolicy) -> tuple[Finding, ...]:
    """Every verdict that facts and trials allow, the costliest to miss first."""
    tested = {trial.check for trial in trials}
    findings = (
        locks(machine),
        firmware_names(machine),
        *smart(machine, policy.smart),
        *(() if "net.wifi" in tested else (wifi(machine),)),
        *battery_health(machine, policy.battery),
        memory_size(machine, policy.memory),
        storage_type(machine, policy.storage),
        *(() if "sys.rtc" in tested else clock_facts(machine, policy.rtc)),
        *judge_trials(machine, trials, policy),
    )
    fit = fitness(machine, findings, policy)
    return (*findings, *lessons_finding(fit), *systems_finding(fit))
