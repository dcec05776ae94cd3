"""One whole diagnosis: collect, judge, report."""

from diagnostics.collect.side_by_side import collect
from diagnostics.judge import policy
from diagnostics.judge.machine import judge
from diagnostics.report import Report


def diagnose() -> Report:
    """Diagnose the machine this runs on by the current policy."""
    rules = policy.load()
    machine = collect().machine
    return Report(machine=machine, findings=judge(machine, (), rules), policy=rules.id)
