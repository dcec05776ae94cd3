"""Verdicts in words: each with its reasons, figures and what to do, and the answer above them."""

from collections.abc import Sequence

from msgspec import Struct

from diagnostics.answer import Answer, Fit
from diagnostics.catalogue import check_word, level_word, system_word
from diagnostics.finding import WORST_FIRST, Finding
from diagnostics.fit_words import fit_line, fit_reason_word, fit_word
from diagnostics.judge.fitness import Advice, Fitness
from diagnostics.remedies import advice_sentence, is_danger, remedy_words
from diagnostics.report import Report
from diagnostics.wording import figure_word, outcome_word
from station.checks import Outcome
from station.words import _, _n


class VerdictWords(Struct, frozen=True):
    """One verdict as people read it."""

    check: str  # the id, such as sto.smart
    outcome: Outcome
    title: str  # the check's name, with the subject where there are several alike
    verdict: str
    reasons: tuple[str, ...]
    figures: tuple[str, ...]
    remedy: str  # "" where nothing is to be done

    @property
    def why(self) -> str:
        """Figures and reasons in one line."""
        return " · ".join((*self.figures, *self.reasons))


def verdict_words(finding: Finding, advice: Sequence[Advice] = ()) -> VerdictWords:
    """One finding, with all its reasons and what to do about it."""
    name = check_word(finding.check)
    return VerdictWords(
        check=finding.check,
        outcome=finding.outcome,
        title=f"{name} ({finding.subject})" if finding.subject else name,
        verdict=outcome_word(finding.outcome),
        reasons=tuple(map(fit_reason_word, finding.reasons)),
        figures=tuple(map(figure_word, finding.measured)),
        remedy=remedy_words(finding, advice),
    )


def troubles_first(report: Report) -> tuple[VerdictWords, ...]:
    """Every finding in words: failed, unknown, remarks, passed; their order kept within."""
    ordered = sorted(report.findings, key=lambda finding: WORST_FIRST.index(finding.outcome))
    return tuple(verdict_words(finding, report.fitness.advice) for finding in ordered)


def lesson_lines(fitness: Fitness) -> tuple[str, ...]:
    """How it suits each level of school, with the reasons."""
    return tuple(fit_line(level_word(fit.id), fit) for fit in fitness.levels)


def system_lines(fitness: Fitness) -> tuple[str, ...]:
    """How it suits each system, with the reasons."""
    return tuple(fit_line(system_word(fit.id), fit) for fit in fitness.systems)


def levels_in_short(fitness: Fitness) -> str:
    """How it suits each level, without reasons: a line for a small screen."""
    return " · ".join(f"{level_word(fit.id)}: {fit_word(fit.outcome)}" for fit in fitness.levels)


def answer_words(found: Answer) -> str:
    """The answer in one line."""
    return {
        Fit.FITS: _("Fit for online lessons as far as it was tested"),
        Fit.FITS_WITH_REMARKS: _("Fit for online lessons, with remarks, as far as it was tested"),
        Fit.NOT_KNOWN: _("Not known yet whether it fits online lessons"),
        Fit.DOES_NOT_FIT: _("Not fit for online lessons as it is"),
    }[found.fit]


def count_words(found: Answer) -> str:
    """How many things stand behind the answer."""
    counted = (
        (len(found.failed), _n("{count} thing failed", "{count} things failed", len(found.failed))),
        (len(found.unknown), _n("{count} unknown", "{count} unknown", len(found.unknown))),
        (len(found.remarks), _n("{count} remark", "{count} remarks", len(found.remarks))),
        (
            len(found.untested),
            _n("{count} check not done", "{count} checks not done", len(found.untested)),
        ),
    )
    return " · ".join(words.format(count=count) for count, words in counted if count)


def to_do(found: Answer) -> tuple[str, ...]:
    """What to repair, add or try again, each once: dangers before all, then the weightiest."""
    advice = found.fitness.advice
    dangers = (remedy_words(finding) for finding in found.troubles if is_danger(finding))
    advised = (advice_sentence(known) for known in advice)
    remedies = (remedy_words(finding, advice) for finding in found.troubles)
    return tuple(dict.fromkeys(said for said in (*dangers, *advised, *remedies) if said))
