"""A report for a terminal: the answer, what to do, the verdicts, the facts, how all was read.

Colours and box lines appear where the terminal has them; a pipe or a file gets plain lines.
"""

from collections.abc import Iterable
from io import StringIO, TextIOWrapper
from typing import Final, TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diagnostics.answer import Answer, Fit, answer
from diagnostics.catalogue import check_names, check_word
from diagnostics.fact_words import FactGroup, fact_groups, machine_name
from diagnostics.report import Report
from diagnostics.section_words import section_line, trial_line
from diagnostics.verdict_words import (
    VerdictWords,
    answer_words,
    count_words,
    lesson_lines,
    system_lines,
    to_do,
    troubles_first,
)
from station.checks import Outcome
from station.words import _

PLAIN_WIDTH: Final = 100  # of a pipe or a file, where no terminal says how wide it is
STYLES: Final = {
    Outcome.PASS: "green",
    Outcome.WARN: "yellow",
    Outcome.FAIL: "bold red",
    Outcome.UNKNOWN: "cyan",
    Outcome.NOT_APPLICABLE: "dim",
}
ANSWER_STYLES: Final = {
    Fit.FITS: "bold green",
    Fit.FITS_WITH_REMARKS: "bold yellow",
    Fit.NOT_KNOWN: "bold cyan",
    Fit.DOES_NOT_FIT: "bold red",
}


def print_report(report: Report, stream: TextIO) -> None:
    """Write the whole report to a terminal, or as UTF-8 into a pipe or a file."""
    if stream.isatty():
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Vietnamese letters shows ?
        _console(stream, width=None).print(_page(report))
        return
    plain = StringIO()
    _console(plain, width=PLAIN_WIDTH).print(_page(report))
    # A pipe's own encoding may have no Vietnamese letters; UTF-8 goes into files unharmed.
    lines = (line.rstrip() for line in plain.getvalue().splitlines())
    stream.buffer.write("".join(f"{line}\n" for line in lines).encode())
    stream.flush()


def _console(stream: TextIO | StringIO, width: int | None) -> Console:
    """Words are never taken for markup, e-mail addresses or emoji: they come from strange machines.

    A terminal keeps its own colours, and the old Windows console gets what it understands.
    """
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _page(report: Report) -> RenderableType:
    found = answer(report, check_names())
    parts = (
        _head(report, found),
        _section(_("Lessons"), _bullets(lesson_lines(report.fitness))),
        _section(_("Systems"), _bullets(system_lines(report.fitness))),
        _section(_("What to do"), _bullets(to_do(found))),
        _section(
            _("Verdicts by policy {policy}").format(policy=report.policy),
            _verdicts(troubles_first(report)),
        ),
        _section(_("Tests"), _bullets(map(trial_line, report.trials))),
        *(_section(group.title, _facts(group)) for group in fact_groups(report.machine)),
        _section(_("How it was read"), _bullets(map(section_line, report.machine.sections))),
        _section(_("Not tested: untested is not passed"), _untested(found)),
    )
    return Group(*(part for part in parts if part is not None))


def _head(report: Report, found: Answer) -> RenderableType:
    lines = Text(answer_words(found), ANSWER_STYLES[found.fit])
    for words in (count_words(found), machine_name(report.machine)):
        if words:
            lines.append(f"\n{words}", "default")
    return lines


def _section(title: str, body: RenderableType | None) -> RenderableType | None:
    """A titled block; nothing at all where there is nothing to say."""
    if body is None:
        return None
    return Group(Text(f"\n{title}", "bold"), Padding(body, (0, 0, 0, 2)))


def _bullets(lines: Iterable[str]) -> RenderableType | None:
    table = _grid()
    for line in lines:
        table.add_row("-", Text(line))
    return table if table.row_count else None


def _verdicts(verdicts: Iterable[VerdictWords]) -> RenderableType | None:
    table = _grid()
    for verdict in verdicts:
        word = Text(verdict.verdict, STYLES[verdict.outcome])
        table.add_row(Text(verdict.title), word, Text(verdict.why))
    return table if table.row_count else None


def _facts(group: FactGroup) -> RenderableType:
    table = _grid()
    for line in group.lines:
        table.add_row(Text(line.name), Text(line.words))
    return table


def _untested(found: Answer) -> RenderableType | None:
    return Text(", ".join(map(check_word, found.untested))) if found.untested else None


def _grid() -> Table:
    """Columns without lines: nothing that an old console could not draw."""
    return Table.grid(padding=(0, 2, 0, 0))
