"""mem.size: enough memory for a browser with a class call in it."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import MemoryRule
from diagnostics.judge.silence import not_said
from station.checks import Measurement, Outcome
from station.machine import Machine

CHECK = "mem.size"


def memory_at_most_mib(machine: Machine, rule: MemoryRule) -> int | None:
    """Fitted; where only the running system says, with what firmware may keep from it."""
    if any(module.capacity_mib for module in machine.memory):
        return machine.memory_mib
    return None if machine.memory_mib is None else machine.memory_mib + rule.reserved_mib


def memory_size(machine: Machine, rule: MemoryRule) -> Finding:
    """The fitted modules count; where they are not said, what the system sees and a reserve."""
    total_mib, at_most_fitted = machine.memory_mib, memory_at_most_mib(machine, rule)
    if total_mib is None or at_most_fitted is None:
        return not_said(CHECK, machine, "memory")
    measured = (Measurement("total_mib", total_mib),)
    if at_most_fitted >= rule.pass_mib:
        return Finding(CHECK, Outcome.PASS, measured=measured)
    outcome = Outcome.WARN if at_most_fitted >= rule.warn_mib else Outcome.FAIL
    return Finding(CHECK, outcome, ("memory_small",), measured)
