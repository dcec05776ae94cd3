"""mem.size: enough memory for a browser with a class call in it."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import MemoryRule
from diagnostics.judge.silence import not_said
from station.checks import Measurement, Outcome
from station.machine import Machine

CHECK = "mem.size"


def memory_size(machine: Machine, rule: MemoryRule) -> Finding:
    """The fitted modules count; where they are not said, what the system sees and a reserve."""
    if machine.mem_total_kib is None:
        return not_said(CHECK, machine, "memory")
    total_mib = machine.mem_total_kib // 1024
    measured = (Measurement("total_mib", total_mib),)
    at_most_fitted = total_mib + rule.reserved_mib
    if at_most_fitted >= rule.pass_mib:
        return Finding(CHECK, Outcome.PASS, measured=measured)
    outcome = Outcome.WARN if at_most_fitted >= rule.warn_mib else Outcome.FAIL
    return Finding(CHECK, outcome, ("memory_small",), measured)
