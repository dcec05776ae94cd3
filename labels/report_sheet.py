"""The sheet of a diagnosis: always exactly one A4 page, whatever its report holds."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from msgspec import Struct
from reportlab.lib.pagesizes import A4

from labels.fonts import LABEL_BOLD, LABEL_TEXT, printable, register_label_fonts
from labels.layout import POINT
from labels.pdf import UndatedCanvas, draw_modules
from labels.symbols import qr_rows
from labels.wrapping import Cell, Row, Type, fitting_rows, height_of, wrapped
from station.checks import Outcome
from station.report_sheet import ReportSheet, SheetLine, SheetVerdict

MARGIN: Final = 15.0  # millimetres, as everything here
WIDTH: Final = A4[0] * POINT - 2 * MARGIN
PAGE: Final = A4[1] * POINT
FOOT: Final = 30.0
QR_SIDE: Final = 22.0
UNTESTED_LINES: Final = 4

TITLE: Final = Type(LABEL_BOLD, 15)
ANSWER: Final = Type(LABEL_BOLD, 14)
HEADING: Final = Type(LABEL_BOLD, 10.5)
TEXT: Final = Type(LABEL_TEXT, 9)
STRONG: Final = Type(LABEL_BOLD, 9)
SMALL: Final = Type(LABEL_TEXT, 7.5)
QUIET: Final = "#444444"
INKS: Final = {
    Outcome.PASS: "#1B7444",
    Outcome.WARN: "#8A5A00",
    Outcome.FAIL: "#B3261E",
    Outcome.UNKNOWN: "#55626E",
    Outcome.NOT_APPLICABLE: "#55626E",
}
MARKS: Final = {  # printed in grey, a verdict is told by its mark too
    Outcome.PASS: "+",
    Outcome.WARN: "!",
    Outcome.FAIL: "×",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
}


class _Block(Struct, frozen=True):
    """A heading with rows, the most that it may take, and what it takes before others give way."""

    heading: str
    rows: tuple[Row, ...]
    least: float = 0.0
    most: float = PAGE


def report_sheet_pdf(sheet: ReportSheet) -> bytes:
    """Draw the sheet."""
    register_label_fonts()
    file = BytesIO()
    canvas = UndatedCanvas(file, pagesize=A4)
    canvas.setTitle(printable(f"{sheet.machine} {sheet.digest[:12]}".strip(), LABEL_TEXT))
    top = _draw_rows(canvas, _head(sheet), PAGE - MARGIN)
    _draw_blocks(canvas, sheet, top)
    _draw_foot(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _head(sheet: ReportSheet) -> tuple[Row, ...]:
    ink = INKS[sheet.outcome]
    identity = " · ".join(f"{line.name}: {line.words}" for line in sheet.identity)
    return (
        Row((_cell(sheet.headings.title, SMALL, most=1, colour=QUIET),)),
        Row((_cell(sheet.machine or "–", TITLE, most=2),)),
        Row((_cell(identity, TEXT, most=2),), gap=3),
        Row((_cell(f"{MARKS[sheet.outcome]}  {sheet.answer}", ANSWER, most=2, colour=ink),)),
        Row((_cell(sheet.counted, TEXT, most=1, colour=QUIET),), gap=2),
    )


def _draw_blocks(canvas: Any, sheet: ReportSheet, top: float) -> None:
    """What is short gives its room to what is long; each block shows something."""
    blocks = [block for block in _blocks(sheet) if block.rows]
    wishes = [min(_height(block), block.most) for block in blocks]
    over = sum(wishes) - (top - FOOT - MARGIN)
    for place in reversed(range(len(blocks))):
        given_up = min(max(0.0, over), max(0.0, wishes[place] - blocks[place].least))
        wishes[place] -= given_up
        over -= given_up
    for block, room in zip(blocks, wishes, strict=True):
        _draw_block(canvas, block, (top, room), sheet.headings.more)
        top -= room


def _blocks(sheet: ReportSheet) -> tuple[_Block, ...]:
    names = sheet.headings
    return (
        _Block(names.to_do, tuple(map(_to_do, sheet.to_do)), least=20, most=34),
        _Block(names.verdicts, tuple(map(_verdict, sheet.verdicts)), least=70),
        _Block(names.untested, _untested(sheet.untested, names.more), least=26),
        _Block(names.facts, tuple(map(_fact, sheet.facts)), least=30),
    )


def _draw_block(canvas: Any, block: _Block, place: tuple[float, float], more: str) -> None:
    top, room = place
    heading = _heading(block)
    row_of_rest = _rest(more, len(block.rows))
    shown = fitting_rows(block.rows, room - height_of(heading), row_of_rest)
    top = _draw_rows(canvas, (*heading, *shown), top)
    if len(shown) < len(block.rows):
        _draw_rows(canvas, (_rest(more, len(block.rows) - len(shown)),), top)


def _height(block: _Block) -> float:
    return height_of(_heading(block)) + height_of(block.rows)


def _heading(block: _Block) -> tuple[Row, ...]:
    return (Row((), gap=2.5), Row((_cell(block.heading, HEADING, most=1),)))


def _rest(more: str, count: int) -> Row:
    return Row((_cell(more.format(count=count), SMALL, most=1, colour=QUIET),))


def _to_do(words: str) -> Row:
    return Row((_cell("–", TEXT), _cell(words, TEXT, 4, most=2)))


def _verdict(verdict: SheetVerdict) -> Row:
    ink = INKS[verdict.outcome]
    return Row(
        (
            _cell(MARKS[verdict.outcome], STRONG, 0, 4, colour=ink),
            _cell(verdict.title, TEXT, 4, 46, most=2),
            _cell(verdict.verdict, STRONG, 52, 28, most=2, colour=ink),
            _cell(verdict.why, TEXT, 82, most=3),
        )
    )


def _fact(line: SheetLine) -> Row:
    return Row((_cell(line.name, TEXT, 0, 40, colour=QUIET), _cell(line.words, TEXT, 42, most=2)))


def _untested(names: Sequence[str], more: str) -> tuple[Row, ...]:
    """As many names as have room in a few lines, and how many there are beside."""
    for kept in range(len(names), 0, -1):
        rest = len(names) - kept
        words = ", ".join(names[:kept]) + (f" {more.format(count=rest)}" if rest else "")
        cell = _cell(words, SMALL, most=UNTESTED_LINES + 1, colour=QUIET)
        if len(cell.lines) <= UNTESTED_LINES:
            return (Row((cell,)),)
    return ()


def _cell(
    text: str,
    type_: Type,
    x: float = 0,
    width: float | None = None,
    *,
    most: int = 1,
    colour: str = "#000000",
) -> Cell:
    lines = wrapped(text, type_, WIDTH - x if width is None else width, most)
    return Cell(x, type_, lines, colour)


def _draw_rows(canvas: Any, rows: Iterable[Row], top: float) -> float:
    """Draw them below each other; where the next one would begin."""
    for row in rows:
        for cell in row.cells:
            _draw_cell(canvas, cell, top)
        top -= row.height
    return top


def _draw_cell(canvas: Any, cell: Cell, top: float) -> None:
    canvas.setFillColor(cell.colour)
    canvas.setFont(cell.type.face, cell.type.size)
    for number, line in enumerate(cell.lines, 1):
        y = top - number * cell.type.leading + 0.3 * cell.type.size * POINT
        canvas.drawString((MARGIN + cell.x) / POINT, y / POINT, line)


def _draw_foot(canvas: Any, sheet: ReportSheet) -> None:
    """What the sheet was made of: the report's digest, as letters and as a QR."""
    rows = qr_rows(sheet.digest)
    module = QR_SIDE / len(rows) / POINT
    canvas.setFillColor("#000000")
    draw_modules(canvas, rows, (MARGIN / POINT, (MARGIN + QR_SIDE) / POINT), (module, module))
    lines = [f"{line.name}: {line.words}" for line in sheet.foot]
    beside = QR_SIDE + 4
    told = [Row((_cell(line, SMALL, beside, most=2, colour=QUIET),), gap=0.3) for line in lines]
    digest = Row((_cell(f"SHA-256 {sheet.digest}", SMALL, beside, most=2),), gap=0.3)
    _draw_rows(canvas, [digest, *told], MARGIN + QR_SIDE + 1)
