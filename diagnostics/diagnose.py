"""One whole diagnosis: collect, judge, report."""

from diagnostics.collect.side_by_side import collect
from diagnostics.judge import policy
from diagnostics.judge.fitness import fitness
from diagnostics.judge.machine import judge
from diagnostics.report import Report


def diagnose() -> Report:
    """Diagnose the machine this runs on by the current policy."""
    rules = policy.load()
    machine = collect().machine
    findings = judge(machine, (), rules)
    fit = fitness(machine, findings, rules)
    return Report(machine=machine, findings=findings, policy=rules.id, fitness=fit)
