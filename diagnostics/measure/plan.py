"""Which tests this machine gets, in which order, by which profile. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.measure.budget import Budget
from diagnostics.measure.spec import Level, TrialSpec
from diagnostics.trial import Ending, Trial
from station.machine import Machine

Key = tuple[str, str]  # check and subject


@dataclass(frozen=True)
class Powers:
    """What this account can do on this system."""

    system: str  # as sys.platform names it
    admin: bool
    tools: frozenset[str]


@dataclass(frozen=True)
class Planned:
    """One test with its subject and time."""

    spec: TrialSpec
    subject: str
    budget: Budget
    estimate_s: int
    exclusive: frozenset[str]
    after: frozenset[str]  # checks of the plan

    @property
    def check(self) -> str:
        """What it measures for."""
        return self.spec.check

    @property
    def key(self) -> Key:
        """What tells it from every other test of the plan."""
        return self.spec.check, self.subject


@dataclass(frozen=True)
class Plan:
    """What is run; what cannot be; what waits for a person and is not run here."""

    steps: tuple[Planned, ...] = ()
    impossible: tuple[Trial, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conditions:
    """What a plan is made for."""

    budgets: Mapping[str, Budget]
    powers: Powers
    on_battery_at_most_s: int
    settled: Collection[Key] = ()  # have their trial already: a crash of an earlier start


def plan(machine: Machine, specs: Sequence[TrialSpec], conditions: Conditions) -> Plan:
    """Every test of the profile once for each of its subjects, in the catalogue's order."""
    steps: list[Planned] = []
    impossible: list[Trial] = []
    for spec, budget, subject in _wanted(machine, specs, conditions):
        why = _obstacle(spec, budget, machine, conditions)
        if why:
            impossible.append(Trial(spec.check, Ending.NOT_POSSIBLE, why, subject))
        else:
            steps.append(_planned(spec, subject, budget, machine))
    for step in _without_partner(steps):
        steps.remove(step)
        impossible.append(Trial(step.check, Ending.NOT_POSSIBLE, "no_load", step.subject))
    by_hand = tuple(spec.check for spec in specs if spec.level is not Level.AUTO)
    return Plan(_with_order(steps), tuple(impossible), by_hand if conditions.budgets else ())


def _wanted(
    machine: Machine, specs: Sequence[TrialSpec], conditions: Conditions
) -> list[tuple[TrialSpec, Budget, str]]:
    return [
        (spec, conditions.budgets[spec.budget_line], subject)
        for spec in specs
        if spec.level is Level.AUTO and spec.budget_line in conditions.budgets
        if not spec.optional or conditions.powers.tools.intersection(spec.tools)
        for subject in spec.subjects(machine)
        if (spec.check, subject) not in conditions.settled
    ]


def _obstacle(spec: TrialSpec, budget: Budget, machine: Machine, conditions: Conditions) -> str:
    """Why this cannot be run here, as a stable code; "" when it can."""
    powers = conditions.powers
    if spec.systems and powers.system not in spec.systems:
        return "other_system"
    if spec.tools and not powers.tools.intersection(spec.tools):
        return "missing"
    if spec.admin and not powers.admin:
        return "not_permitted"
    if machine.on_mains is False and budget.estimate_s > conditions.on_battery_at_most_s:
        return "on_battery"
    return ""


def _without_partner(steps: Sequence[Planned]) -> list[Planned]:
    """Tests that watch another which is not run: they would wait for it in vain."""
    planned = {step.check for step in steps}
    return [step for step in steps if step.spec.beside and step.spec.beside not in planned]


def _planned(spec: TrialSpec, subject: str, budget: Budget, machine: Machine) -> Planned:
    exclusive = frozenset(name.format(subject=subject) for name in spec.exclusive)
    estimate_s = spec.estimate(machine, subject, budget)
    return Planned(spec, subject, budget, estimate_s, exclusive, frozenset(spec.after))


def _with_order(steps: Sequence[Planned]) -> tuple[Planned, ...]:
    """Let each step wait only for what the plan has: a test nobody runs holds up nothing."""
    planned = {step.check for step in steps}
    ordinary = {step.check for step in steps if not step.spec.last}
    return tuple(
        Planned(
            step.spec,
            step.subject,
            step.budget,
            step.estimate_s,
            step.exclusive,
            frozenset(ordinary if step.spec.last else step.after & planned) - {step.check},
        )
        for step in steps
    )
