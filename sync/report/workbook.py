"""A report as a workbook: the total on the first sheet, one sheet for each heading."""

from collections.abc import Iterator

from station.reference import Reference
from station.report import Amount, Report
from station.sheets import Cell, Sheet, as_xlsx
from station.words import _
from sync.report import words
from sync.report.words import Told

NAME_WIDTH, FIGURE_WIDTH = 44, 16  # characters


def workbook(report: Report, reference: Reference) -> bytes:
    """The bytes of the file, in the language spoken."""
    return as_xlsx(sheets(report, reference))


def sheets(report: Report, reference: Reference) -> Iterator[Sheet]:
    """Every sheet of it."""
    above = (
        words.title(),
        words.whose(report, reference),
        f"{words.period_name(report.period)} ({words.period_days(report.period)})",
        words.closing_words(report),
    )
    lines = [(name, *_all(amount)) for name, amount in words.lines_of_total(report)]
    yield Sheet(
        _("Total"),
        (_("Figure"), *words.column_words()),
        lines,
        above=above,
        below=words.notes(report),
        widths=(NAME_WIDTH, *[FIGURE_WIDTH] * 4),
    )
    for told in words.tables(report, reference):
        yield _sheet(told, above)


def _sheet(told: Told, above: tuple[str, ...]) -> Sheet:
    _before, _adjusted, within, total = words.column_words()
    beside = (told.beside,) if told.beside else ()
    heads = [told.first, *beside]
    for figure in told.figures:
        heads += [f"{figure} – {within.lower()}", f"{figure} – {total.lower()}"]
    lines = [
        (row.name, *([row.beside] if beside else ()), *_both(row.amounts)) for row in told.rows
    ]
    last = (_("Total"), *([None] if beside else ()), *_both(told.total))
    widths = (NAME_WIDTH, *[NAME_WIDTH // 2] * len(beside), *[FIGURE_WIDTH] * len(heads))
    return Sheet(
        told.title,
        heads,
        [*lines, last],
        above=(above[0], above[2], told.title),
        widths=widths[: len(heads)],
        total=True,
    )


def _all(amount: Amount) -> tuple[Cell, ...]:
    return amount.before, amount.adjusted, amount.within, amount.total


def _both(amounts: tuple[Amount, ...]) -> tuple[Cell, ...]:
    return tuple(figure for amount in amounts for figure in (amount.within, amount.total))
