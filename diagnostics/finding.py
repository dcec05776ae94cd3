"""A verdict with all its reasons, about one thing; and what it comes to for the whole machine."""

from collections.abc import Iterable

from msgspec import Struct

from station.checks import CheckResult, Measurement, Outcome
from station.coded import CodedId

WORST_FIRST = (
    Outcome.FAIL,
    Outcome.UNKNOWN,
    Outcome.WARN,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


class Finding(Struct, frozen=True, omit_defaults=True):
    """What one check found. Reasons are stable codes, the weightiest first."""

    check: CodedId  # of resources/checks.toml, such as sto.smart
    outcome: Outcome
    reasons: tuple[CodedId, ...] = ()
    measured: tuple[Measurement, ...] = ()
    subject: str = ""  # of several alike, which one: sda, BAT1; "" for the machine as a whole


def overall(findings: Iterable[Finding]) -> tuple[CheckResult, ...]:
    """One result for each check: that of the worst of its subjects, in the findings' order."""
    worst: dict[str, Finding] = {}
    for finding in findings:
        known = worst.get(finding.check)
        if known is None or _rank(finding) < _rank(known):
            worst[finding.check] = finding
    return tuple(
        CheckResult(f.check, f.outcome, f.reasons[0] if f.reasons else "", f.measured)
        for f in worst.values()
    )


def worst_last(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings, so that of several the worst has the last word."""
    return sorted(findings, key=_rank, reverse=True)


def _rank(finding: Finding) -> int:
    return WORST_FIRST.index(finding.outcome)
