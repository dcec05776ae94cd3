"""Tables of a paper: ruled ones with heads on each page, and those that only set things in line.

A row moves to the next page whole; only one that is taller than a page is torn, as no paper may
fail to print because somebody wrote a lot.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Table

from labels import document as d
from labels.column_widths import column_widths
from labels.drawn_symbols import bars, box
from labels.paper_styles import Styles, paragraph
from labels.torn_rows import torn
from station.codes import grouped

Room = tuple[float, float]  # of the page's text, in points
Cells = Sequence[Sequence[Any]]

CELL_PADDING: Final = 3.0  # points
ROW_PADDING: Final = 2.2
CODE_PADDING: Final = 6.0
TICK_GAP: Final = 6.0
PIECE: Final = 0.3  # of the page: what a torn row is torn into
HIGHEST_ROW: Final = 0.4  # of the page: room to write or to sign
LABEL_SHARE: Final = 0.24  # of the width, for what boxes beside each other are about
EVERYWHERE: Final = ((0, 0), (-1, -1))


def grid(block: d.Grid, look: Styles, room: Room) -> Any:
    """A ruled table with its head on each page."""
    widths = column_widths(block, look, room[0], CELL_PADDING)
    head = [paragraph(column.title, look.head_cell) for column in block.columns]
    rows = [_cells(row, block.columns, look, widths) for row in block.rows]
    if block.total:
        rows.append(_totals(block, look))
    least = min(block.row_height * mm, HIGHEST_ROW * room[1])
    ruled = [
        ("GRID", *EVERYWHERE, 0.5, "black"),
        ("VALIGN", *EVERYWHERE, "MIDDLE"),
        *_padding(CELL_PADDING, ROW_PADDING),
    ]
    return _table([head, *rows], widths, ruled, room, least=least, spaceBefore=5, spaceAfter=8)


def _cells(
    row: Cells, columns: Sequence[d.Column], look: Styles, widths: Sequence[float]
) -> list[Any]:
    return [
        _code("".join(lines), look, width - 2 * CELL_PADDING)
        if column.barcode
        else [paragraph(line, look.cells[column.align]) for line in lines]
        for lines, column, width in zip(row, columns, widths, strict=True)
    ]


def _totals(block: d.Grid, look: Styles) -> list[Any]:
    return [
        paragraph(text, look.total[column.align])
        for text, column in zip(block.total, block.columns, strict=True)
    ]


def ticks(block: d.Ticks, look: Styles, room: Room) -> Any:
    """Boxes with their words in columns, after what they are about."""
    box_width = box(None, look.scale).width + TICK_GAP
    label_width = LABEL_SHARE * room[0] if block.label else 0.0
    words_width = (room[0] - label_width) / block.columns - box_width
    rows = [
        [cell for tick in row for cell in _tick(tick, look)]
        for row in _in_columns(block.ticks, block.columns, None)
    ]
    if block.label:
        first = paragraph(block.label, look.tick)
        rows = [[first if at == 0 else "", *row] for at, row in enumerate(rows)]
    widths = [*([label_width] if block.label else ()), *([box_width, words_width] * block.columns)]
    return plain(rows, widths, room)


def _tick(tick: d.Tick | None, look: Styles) -> tuple[Any, Any]:
    if tick is None:
        return "", ""
    return box(tick.ticked, look.scale), paragraph(tick.text, look.tick)


def codes(block: d.Labels, look: Styles, room: Room) -> Any:
    """Codes as bars beside each other, digits below."""
    width = room[0] / block.columns
    rows = [
        ["" if code is None else _code(code, look, width) for code in row]
        for row in _in_columns(block.codes, block.columns, None)
    ]
    return plain(rows, [width] * block.columns, room, CODE_PADDING)


def _code(code: str, look: Styles, width: float) -> list[Any]:
    symbol = bars(code, width)
    return [*([symbol] if symbol else ()), paragraph(grouped(code), look.code)]


def beside(cells: Sequence[Sequence[Any]], widths: Sequence[float], room: Room) -> Any:
    """Columns of text beside each other."""
    return plain([[list(cell) for cell in cells]], widths, room)


def plain(
    rows: Cells, widths: Sequence[float], room: Room, padding: float = 0.0, upright: str = "TOP"
) -> Any:
    """What stands in line without rules."""
    unruled = [("VALIGN", *EVERYWHERE, upright), *_padding(0, padding)]
    return _table(rows, widths, unruled, room)


def _padding(beside: float, above: float) -> Iterator[tuple[Any, ...]]:
    yield ("ALIGN", *EVERYWHERE, "CENTER")  # of what is drawn; texts have their own
    for side, points in (("LEFT", beside), ("RIGHT", beside), ("TOP", above), ("BOTTOM", above)):
        yield (f"{side}PADDING", *EVERYWHERE, points)


def _table(
    rows: Cells,
    widths: Sequence[float],
    style: Sequence[tuple[Any, ...]],
    room: Room,
    *,
    least: float | None = None,
    **options: Any,
) -> Any:
    """A table; `least` is the height of its rows below a head, where it has one.

    Its rows stay whole, but for those that would not fit below the head on a page of their own.
    """

    def built(rows: Cells, *, repeated: bool) -> Any:
        heights = None if least is None else [0.0, *([least] * (len(rows) - 1))]
        table = Table(
            rows,
            colWidths=list(widths),
            minRowHeights=heights,
            repeatRows=int(repeated),
            **options,
        )
        table.setStyle(style)
        return table

    has_head = least is not None
    table = built(rows, repeated=has_head)
    table.wrap(*room)
    heights = table._rowHeights  # noqa: SLF001 -- reportlab tells it nowhere else
    above = heights[0] if has_head else 0.0
    if above + max(heights[int(has_head) :], default=0.0) < room[1]:
        return table
    repeated = has_head and above < room[1] / 2
    most = (room[1] - above if repeated else room[1]) - 1
    inside = [width - 2 * CELL_PADDING for width in widths]
    pieces = (
        torn(row, inside, PIECE * room[1]) if height > most else [row]
        for row, height in zip(rows, heights, strict=True)
    )
    return built([*chain.from_iterable(pieces)], repeated=repeated)


def _in_columns(members: Sequence[Any], columns: int, nothing: Any) -> Iterator[list[Any]]:
    """Row after row, the last one filled up."""
    for begin in range(0, len(members), columns):
        row = list(members[begin : begin + columns])
        yield [*row, *([nothing] * (columns - len(row)))]
