"""A report as one page: chosen and worded here, drawn by `labels`."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from diagnostics.answer import Fit, answer
from diagnostics.catalogue import check_names, check_word
from diagnostics.fact_words import fact_groups, machine_name
from diagnostics.judge.fitness import Fitness
from diagnostics.profile_words import profile_word
from diagnostics.report import Report
from diagnostics.verdict_words import (
    VerdictWords,
    answer_words,
    count_words,
    lesson_lines,
    system_lines,
    to_do,
    troubles_first,
)
from diagnostics.wording import reading_word, section_word
from station import words
from station.checks import Outcome
from station.machine import Machine, Reading
from station.report_sheet import ReportSheet, SheetHeadings, SheetLine, SheetVerdict
from station.words import _

ON_PAPER: Final = ("system", "cpus", "memory", "storage", "batteries", "displays", "network")
LOOKS: Final = {
    Fit.FITS: Outcome.PASS,
    Fit.FITS_WITH_REMARKS: Outcome.WARN,
    Fit.NOT_KNOWN: Outcome.UNKNOWN,
    Fit.DOES_NOT_FIT: Outcome.FAIL,
}


def describe(
    report: Report,
    digest: str,
    *,
    day: date | None = None,
    code: str = "",
    language: str = words.DEFAULT_LANGUAGE,
) -> ReportSheet:
    """The sheet of this report, by default in Vietnamese whatever the screen speaks.

    A report does not say on what day it was made and of which device it is: whoever knows tells.
    """
    with words.speaking(language):
        return _described(report, digest, day, code)


def _described(report: Report, digest: str, day: date | None, code: str) -> ReportSheet:
    found = answer(report, check_names())
    return ReportSheet(
        headings=_headings(),
        machine=machine_name(report.machine),
        identity=tuple(_identity(report.machine, day, code)),
        outcome=LOOKS[found.fit],
        answer=answer_words(found),
        counted=count_words(found),
        to_do=to_do(found),
        verdicts=tuple(map(_verdict, troubles_first(report))),
        facts=(*_fitness(report.fitness), *_facts(report.machine)),
        untested=tuple(map(check_word, found.untested)),
        foot=tuple(_foot(report)),
        digest=digest,
    )


def _headings() -> SheetHeadings:
    return SheetHeadings(
        title=_("DIAGNOSIS OF A COMPUTER"),
        to_do=_("What to do"),
        verdicts=_("Verdicts"),
        facts=_("The machine"),
        untested=_("Not tested: untested is not passed"),
        more=_("… and {count} more, in the report's file"),
    )


def _identity(machine: Machine, day: date | None, code: str) -> Iterator[SheetLine]:
    if code:
        yield SheetLine(_("Code of the device"), code)
    yield SheetLine(_("Serial number (S/N)"), machine.system.serial_number or "–")
    if day is not None:
        yield SheetLine(_("Day"), f"{day:%d/%m/%Y}")


def _verdict(verdict: VerdictWords) -> SheetVerdict:
    why = " · ".join(part for part in (verdict.why, verdict.remedy) if part)
    return SheetVerdict(verdict.outcome, verdict.title, verdict.verdict, why)


def _fitness(fitness: Fitness) -> Iterator[SheetLine]:
    """Lessons and systems; the name stands at the first line of each."""
    for title, lines in (
        (_("Lessons"), lesson_lines(fitness)),
        (_("Systems"), system_lines(fitness)),
    ):
        yield from (SheetLine("" if place else title, line) for place, line in enumerate(lines))


def _facts(machine: Machine) -> Iterator[SheetLine]:
    """The groups that a buyer would ask for; the name stands at the first line of each."""
    for group in fact_groups(machine):
        if group.section in ON_PAPER:
            for place, line in enumerate(group.lines):
                named = f"{line.name}: {line.words}" if line.name else line.words
                yield SheetLine("" if place else group.title, named)


def _foot(report: Report) -> Iterator[SheetLine]:
    yield SheetLine(_("Thresholds"), report.policy)
    yield SheetLine(_("Profile"), profile_word(report.profile))
    yield SheetLine(_("Program"), f"station-diagnose {report.tool_version}".strip())
    unread = [
        f"{section_word(section.name)} ({reading_word(section.reading)})"
        for section in report.machine.sections
        if section.reading is not Reading.OK
    ]
    if unread:
        yield SheetLine(_("Not read"), ", ".join(dict.fromkeys(unread)))
