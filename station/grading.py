"""Which grade a device comes to by the rule of the day, and why. A person confirms it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from station.checks import Outcome
from station.device import Device
from station.ledger import Moment
from station.reference import GradeLimit, Reference
from station.release import State, gate

CONDITION = "condition"  # stands among what is missing, beside the ids of checks


class GradeReason(Struct, frozen=True):
    """One fact that lowers the grade; the fields that say it are filled, the others are empty."""

    grade: str
    condition: str = ""
    defect: str = ""
    zone: str = ""
    check: str = ""
    item: str = ""  # of the kit, where it makes up for the check


class GradeProposal(Struct, frozen=True):
    """The grade, what lowered it, and what must be known before there is one."""

    policy: str
    grade: str | None
    reasons: tuple[GradeReason, ...] = ()
    missing: tuple[str, ...] = ()


def propose_grade(device: Device, reference: Reference, when: Moment) -> GradeProposal:
    """Propose a grade; None while something it depends on is not known. Pure."""
    policy = reference.grade_policy(when.day)
    missing = tuple(_missing(device, reference, when))
    if missing:
        return GradeProposal(policy.id, None, missing=missing)
    order = list(reference.tables.grades)
    told = [
        reason
        for limit in policy.limits
        for reason in _reasons(limit, device, _by_kit(device, reference, when))
    ]
    worst = max((reason.grade for reason in told), key=order.index, default=policy.best)
    return GradeProposal(policy.id, worst, tuple(r for r in told if r.grade == worst))


def _missing(device: Device, reference: Reference, when: Moment) -> Iterator[str]:
    if device.condition is None:
        yield CONDITION
    checks = _rules_checks(device, reference, when.day)
    for condition in gate(device, reference, when).conditions:
        if condition.name in checks and condition.state is State.OPEN:
            yield condition.name


def _rules_checks(device: Device, reference: Reference, day: date) -> frozenset[str]:
    rules = reference.release_policy(day).rules(device.kind)
    return frozenset((*rules.checks, *rules.faults))


def _by_kit(device: Device, reference: Reference, when: Moment) -> dict[str, str]:
    return {met.check: met.item for met in gate(device, reference, when).met_by_kit}


def _reasons(limit: GradeLimit, device: Device, by_kit: dict[str, str]) -> Iterator[GradeReason]:
    if device.condition in limit.conditions:
        yield GradeReason(limit.grade, condition=device.condition or "")
    for defect in device.defects:
        if defect.severity in limit.severities:
            yield GradeReason(limit.grade, defect=defect.defect, zone=defect.zone)
    for check in device.checks:
        if check.result.outcome is Outcome.WARN and check.result.check in limit.warned:
            yield GradeReason(limit.grade, check=check.result.check)
    for name, item in by_kit.items():
        if name in limit.by_kit:
            yield GradeReason(limit.grade, check=name, item=item)
