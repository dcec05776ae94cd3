"""One whole diagnosis: collect, judge, report."""

from diagnostics import policy
from diagnostics.collect import collect
from diagnostics.judge import judge
from diagnostics.report import Report


def diagnose() -> Report:
    """Diagnose the machine this runs on by the current policy."""
    rules = policy.load()
    machine = collect()
    return Report(machine=machine, results=judge(machine, rules), policy=rules.id)
