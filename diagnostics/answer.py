"""Does the machine fit online lessons, as far as it was tested? The one answer everybody wants."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from diagnostics.finding import WORST_FIRST, Finding
from diagnostics.judge.fitness import LESSONS, Fitness
from diagnostics.report import Report
from station.checks import Outcome


class Fit(StrEnum):
    """The answer. Unknown is not passed, and nothing judged is unknown too."""

    FITS = "fits"
    FITS_WITH_REMARKS = "fits_with_remarks"
    NOT_KNOWN = "not_known"
    DOES_NOT_FIT = "does_not_fit"


class Answer(Struct, frozen=True):
    """The answer, and the findings that it comes from."""

    fit: Fit
    fitness: Fitness
    failed: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    passed: tuple[Finding, ...]
    untested: tuple[str, ...]  # checks of the catalogue without any finding

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """Whatever keeps it from fitting without a remark, the weightiest first."""
        return self.failed + self.unknown + self.remarks


def answer(report: Report, catalogue: Iterable[str]) -> Answer:
    """Sum up a report; `catalogue` names every check there is."""
    by: dict[Outcome, list[Finding]] = {outcome: [] for outcome in WORST_FIRST}
    for finding in report.findings:
        by[finding.outcome].append(finding)
    judged = {finding.check for finding in report.findings}
    return Answer(
        fit=_fit(report.findings, by),
        fitness=report.fitness,
        failed=tuple(by[Outcome.FAIL]),
        unknown=tuple(by[Outcome.UNKNOWN]),
        remarks=tuple(by[Outcome.WARN]),
        passed=tuple(by[Outcome.PASS]),
        untested=tuple(check for check in catalogue if check not in judged),
    )


def _fit(findings: Iterable[Finding], by: Mapping[Outcome, Sequence[Finding]]) -> Fit:
    """What was judged of lessons says it; other troubles are remarks then, however weighty."""
    lessons = next((f.outcome for f in findings if f.check == LESSONS), _worst(by))
    if lessons is Outcome.FAIL:
        return Fit.DOES_NOT_FIT
    if lessons not in (Outcome.PASS, Outcome.WARN):
        return Fit.NOT_KNOWN
    troubled = by[Outcome.FAIL] or by[Outcome.UNKNOWN] or by[Outcome.WARN]
    return Fit.FITS_WITH_REMARKS if troubled else Fit.FITS


def _worst(by: Mapping[Outcome, Sequence[Finding]]) -> Outcome:
    """Where nobody judged lessons, the worst of all."""
    return next((outcome for outcome in WORST_FIRST if by[outcome]), Outcome.UNKNOWN)
