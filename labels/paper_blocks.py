"""Each block of a paper as what flows through its pages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, HRFlowable, KeepTogether, PageBreak, Spacer, Table

from labels import document as d
from labels.column_widths import column_widths
from labels.fonts import text_width
from labels.paper_styles import Styles, paragraph
from labels.pdf import runs
from labels.symbols import code128_modules, qr_rows
from labels.written_line import written_line
from station.codes import grouped

Room = tuple[float, float]  # of the page's text, in points

AGENCY_SHARE: Final = 0.42  # of the width; the nation's name needs the larger half
LABEL_SHARE: Final = 0.24  # of the width, for what boxes beside each other are about
QR_MODULE: Final = 0.7 * mm
TABLE_START: Final = 45 * mm  # the sentence before it, its head and a row
TITLE_LINE: Final = 25 * mm
MOST_IN_SIGNATURE: Final = 300  # characters: the signatures stand on one page
CELL_PADDING: Final = 3  # points
ROW_PADDING: Final = 2.2
TICK_SIDE: Final = 3 * mm
BAR_MODULE: Final = 0.25 * mm
BAR_HEIGHT: Final = 8 * mm
EVERYWHERE: Final = ((0, 0), (-1, -1))


def flowables(blocks: Iterable[d.Block], look: Styles, room: Room) -> Iterator[Any]:
    """What flows, in the blocks' order."""
    for block in blocks:
        yield from _flowables(block, look, room)


def _flowables(block: d.Block, look: Styles, room: Room) -> Iterator[Any]:  # noqa: C901 -- one line a kind
    match block:
        case d.Head():
            yield _head(block, look, room[0])
        case d.Title():
            yield from _title(block, look)
        case d.Text():
            yield from _text(block, look, room[0])
        case d.Ticks():
            yield _ticks(block, look, room[0])
        case d.Grid():
            yield _grid(block, look, room)
        case d.Labels():
            yield _codes(block, look, room[0])
        case d.Qr():
            yield _qr(block, look, room[0])
        case d.Signatures():
            yield _signatures(block, look, room[0])
        case d.Recipients():
            yield paragraph(block.title, look.recipients_title)
            for line in block.lines:
                yield paragraph(line, look.recipients)
        case d.NewPage():
            yield PageBreak()


def _title(block: d.Title, look: Styles) -> Iterator[Any]:
    yield paragraph(block.text, look.title)
    if block.subject:
        yield paragraph(block.subject, look.subject)
    yield drawn_line(TITLE_LINE * look.scale)


def _text(block: d.Text, look: Styles, width: float) -> Iterator[Any]:
    if block.style is d.TextStyle.BEFORE_TABLE:
        yield CondPageBreak(TABLE_START)
    style = look.texts[block.style]
    line = block.style is d.TextStyle.LINE
    yield written_line(block.text, style, width) if line else paragraph(block.text, style)


def drawn_line(width: float) -> Any:
    """The line that the decree wants drawn, not underlined."""
    return HRFlowable(width=width, thickness=0.6, color="black", spaceBefore=3, spaceAfter=7)


def _head(block: d.Head, look: Styles, width: float) -> Any:
    if not (block.agency or block.parent_agency):
        return _columns((_nation(block, look),), (width,))
    left_width = AGENCY_SHARE * width
    size = look.agency.fontSize
    agency_line = min(text_width(block.agency, look.agency.fontName, size), left_width) / 2.5
    left = [
        *([paragraph(block.parent_agency, look.agency_above)] if block.parent_agency else ()),
        paragraph(block.agency, look.agency),
        drawn_line(agency_line),
        *([paragraph(block.number, look.number)] if block.number else ()),
    ]
    right = _nation(block, look) or _slip_title(block, look)
    return _columns((left, right), (left_width, width - left_width))


def _slip_title(block: d.Head, look: Styles) -> list[Any]:
    texts = ((block.title, look.slip_title), (block.subject, look.subject))
    return [paragraph(text, style) for text, style in texts if text]


def _nation(block: d.Head, look: Styles) -> list[Any]:
    if not block.nation:
        return []
    motto = look.motto
    return [
        paragraph(block.nation, look.agency),
        paragraph(block.motto, motto),
        drawn_line(text_width(block.motto, motto.fontName, motto.fontSize)),
        paragraph(block.place_and_day, look.dated),
    ]


def _ticks(block: d.Ticks, look: Styles, width: float) -> Any:
    label_width = LABEL_SHARE * width if block.label else 0.0
    each = (width - label_width) / block.columns
    cells: list[Any] = [_tick(tick, look, each) for tick in block.ticks]
    rows = [cells[at : at + block.columns] for at in range(0, len(cells), block.columns)]
    rows[-1] += [""] * (block.columns - len(rows[-1]))
    if not block.label:
        return _plain(rows, [each] * block.columns)
    labels: list[Any] = [paragraph(block.label, look.tick), *([""] * (len(rows) - 1))]
    labelled = [[label, *row] for label, row in zip(labels, rows, strict=True)]
    return _plain(labelled, [label_width, *([each] * block.columns)])


def _tick(tick: d.Tick, look: Styles, width: float) -> Any:
    box = _box(tick.ticked, look.scale)
    return _plain([[box, paragraph(tick.text, look.tick)]], [box.width + 6, width - box.width - 12])


def _box(ticked: bool | None, scale: float) -> Any:
    """Drawn, as no serif font has a box to tick."""
    side = TICK_SIDE * scale
    box = Drawing(side, side)
    path = Path(strokeColor="black", strokeWidth=0.7, fillColor=None)
    for at, (x, y) in enumerate(((0, 0), (side, 0), (side, side), (0, side))):
        (path.lineTo if at else path.moveTo)(x, y)
    path.closePath()
    if ticked:
        for (x, y), (to_x, to_y) in (((0, 0), (side, side)), ((0, side), (side, 0))):
            path.moveTo(x, y)
            path.lineTo(to_x, to_y)
    box.add(path)
    return box


def _grid(block: d.Grid, look: Styles, room: Room) -> Any:
    """A ruled table; rows move to the next page whole unless one is taller than a page."""
    widths = column_widths(block, look, room[0], CELL_PADDING, BAR_MODULE)
    head = [paragraph(column.title, look.head_cell) for column in block.columns]
    rows = [_cells(row, block.columns, look) for row in block.rows]
    if block.total:
        rows.append(
            [
                paragraph(text, look.total[column.align])
                for text, column in zip(block.total, block.columns, strict=True)
            ]
        )
    tallest = room[1] - 1
    too_tall = any(_ruled(block, [head, row], widths).wrap(*room)[1] > tallest for row in rows)
    return _ruled(block, [head, *rows], widths, splitInRow=int(too_tall))


def _cells(row: Sequence[Sequence[str]], columns: Sequence[d.Column], look: Styles) -> list[Any]:
    return [
        _code(lines[0], look)
        if column.barcode and lines
        else [paragraph(line, look.cells[column.align]) for line in lines]
        for lines, column in zip(row, columns, strict=True)
    ]


def _ruled(
    block: d.Grid, rows: Sequence[Sequence[Any]], widths: Sequence[float], **options: Any
) -> Any:
    least = [0.0, *([block.row_height * mm] * (len(rows) - 1))]
    table = Table(
        rows,
        colWidths=widths,
        minRowHeights=least,
        repeatRows=1,
        spaceBefore=5,
        spaceAfter=8,
        **options,
    )
    table.setStyle(
        [
            ("GRID", *EVERYWHERE, 0.5, "black"),
            ("VALIGN", *EVERYWHERE, "MIDDLE"),
            ("LEFTPADDING", *EVERYWHERE, CELL_PADDING),
            ("RIGHTPADDING", *EVERYWHERE, CELL_PADDING),
            ("TOPPADDING", *EVERYWHERE, ROW_PADDING),
            ("BOTTOMPADDING", *EVERYWHERE, ROW_PADDING),
        ]
    )
    return table


def _codes(block: d.Labels, look: Styles, width: float) -> Any:
    cells: list[Any] = [_code(code, look) for code in block.codes]
    rows = [cells[at : at + block.columns] for at in range(0, len(cells), block.columns)]
    rows[-1] += [""] * (block.columns - len(rows[-1]))
    return _plain(rows, [width / block.columns] * block.columns, padding=6)


def _code(code: str, look: Styles) -> list[Any]:
    bars = _symbol((code128_modules(code),), (BAR_MODULE, BAR_HEIGHT))
    return [bars, paragraph(grouped(code), look.code)]


def _qr(block: d.Qr, look: Styles, width: float) -> Any:
    symbol = _symbol(qr_rows(block.address), (QR_MODULE, QR_MODULE))
    words = [paragraph(text, look.texts[d.TextStyle.FACT]) for text in block.words]
    side = symbol.width + 8 * QR_MODULE  # with the quiet zone
    table = _plain([[symbol, words]], [side, width - side], padding=4 * QR_MODULE)
    table.setStyle([("VALIGN", *EVERYWHERE, "MIDDLE")])
    return table


def _symbol(rows: Sequence[str], module: tuple[float, float]) -> Any:
    """A symbol's black modules as one path."""
    width, height = module
    drawing = Drawing(len(rows[0]) * width, len(rows) * height)
    path = Path(strokeColor=None, fillColor="black")
    for number, row in enumerate(reversed(rows)):
        for start, length in runs(row):
            left, right, y = start * width, (start + length) * width, number * height
            path.moveTo(left, y)
            for corner in ((right, y), (right, y + height), (left, y + height)):
                path.lineTo(*corner)
            path.closePath()
    drawing.add(path)
    drawing.hAlign = "CENTER"
    return drawing


def _signatures(block: d.Signatures, look: Styles, width: float) -> Any:
    """The places to sign; the closing sentences go with them, so they never stand alone."""
    count = len(block.places)
    cells = [_signature(place, look, block.room) for place in block.places]
    closing = [paragraph(text, look.texts[d.TextStyle.INDENTED]) for text in block.closing]
    return KeepTogether([*closing, _columns(cells, [width / count] * count)])


def _signature(place: d.Signature, look: Styles, room: float) -> list[Any]:
    return [
        paragraph(place.title, look.signer),
        *([paragraph(place.hint, look.hint)] if place.hint else ()),
        Spacer(1, room * mm * look.scale),
        paragraph(_shortened(place.name, MOST_IN_SIGNATURE), look.signer),
    ]


def _shortened(text: str, most: int) -> str:
    """The text, or its beginning: a paper that cannot be drawn at all is worse than a cut name."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _columns(cells: Sequence[list[Any]], widths: Sequence[float]) -> Any:
    table = Table([list(cells)], colWidths=list(widths))
    table.setStyle(
        [
            ("VALIGN", *EVERYWHERE, "TOP"),
            ("ALIGN", *EVERYWHERE, "CENTER"),  # of the drawn lines; texts have their own
            ("LEFTPADDING", *EVERYWHERE, 0),
            ("RIGHTPADDING", *EVERYWHERE, 0),
        ]
    )
    return table


def _plain(rows: Sequence[Sequence[Any]], widths: Sequence[float], padding: float = 0) -> Any:
    table = Table(rows, colWidths=widths)
    table.setStyle(
        [
            ("VALIGN", *EVERYWHERE, "TOP"),
            ("ALIGN", *EVERYWHERE, "CENTER"),
            ("TOPPADDING", *EVERYWHERE, padding),
            ("BOTTOMPADDING", *EVERYWHERE, padding),
            ("LEFTPADDING", *EVERYWHERE, 0),
            ("RIGHTPADDING", *EVERYWHERE, 0),
        ]
    )
    return table
