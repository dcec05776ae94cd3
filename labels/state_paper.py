"""The form of an administrative paper (Nghị định 30/2020): page, letterhead, signatures, foot."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

from msgspec import Struct
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from labels.fonts import printable, register_serif, system_font_folders, text_width
from labels.pdf import UndatedCanvas, draw_modules
from labels.symbols import qr_rows
from station.printed import Letterhead

TOP: Final = 20 * mm
BOTTOM: Final = 20 * mm
LEFT: Final = 30 * mm
RIGHT: Final = 15 * mm
TEXT_WIDTH: Final = A4[0] - LEFT - RIGHT
MOST_IN_SIGNATURE = 300  # characters: the two signatures stand on one page
TEXT_AREA: Final = (TEXT_WIDTH, A4[1] - TOP - BOTTOM)
AGENCY_WIDTH: Final = 0.42 * TEXT_WIDTH  # the nation's name needs the larger half

SIGNATURE_ROOM: Final = 30 * mm  # for a signature and a stamp on its left third
TABLE_START: Final = 45 * mm  # the sentence before it, its head and a row
FOOT_QR_MODULE: Final = 0.4 * mm


class Foot(Struct, frozen=True):
    """What every page says about the paper itself."""

    code: str  # what the QR holds
    lines: tuple[str, ...]
    mark: str  # above the text: that this is a reprint; empty on the original


class Styles:
    """The paper's type: Times New Roman or its twin, in the sizes the decree gives."""

    def __init__(self) -> None:
        serif = register_serif(system_font_folders())
        self.text = _style(serif.regular, 13, alignment=TA_JUSTIFY, spaceAfter=6)
        self.indented = _style(
            serif.regular, 13, alignment=TA_JUSTIFY, spaceAfter=6, firstLineIndent=10 * mm
        )
        self.fact = _style(serif.regular, 13, spaceAfter=2)
        self.before_table = _style(
            serif.regular, 13, alignment=TA_JUSTIFY, spaceBefore=6, spaceAfter=6
        )
        self.party = _style(serif.bold, 13, spaceBefore=4, spaceAfter=2)
        self.grounds = _style(
            serif.italic, 13, alignment=TA_JUSTIFY, spaceAfter=4, firstLineIndent=10 * mm
        )
        self.title = _style(serif.bold, 15, alignment=TA_CENTER, spaceBefore=12)
        self.subject = _style(serif.bold, 13, alignment=TA_CENTER, spaceAfter=2)
        self.agency_above = _style(serif.regular, 12, alignment=TA_CENTER)
        self.agency = _style(serif.bold, 12, alignment=TA_CENTER)
        self.motto = _style(serif.bold, 13, alignment=TA_CENTER)
        self.number = _style(serif.regular, 13, alignment=TA_CENTER)
        self.dated = _style(serif.italic, 13, alignment=TA_CENTER)
        self.head_cell = _style(serif.bold, 11, alignment=TA_CENTER)
        self.cell = _style(serif.regular, 11)
        self.middle_cell = _style(serif.regular, 11, alignment=TA_CENTER)
        self.signer = _style(serif.bold, 13, alignment=TA_CENTER)
        self.hint = _style(serif.italic, 12, alignment=TA_CENTER)
        self.foot = _style(serif.regular, 9)
        self.mark = _style(serif.bold, 11)


@cache
def styles() -> Styles:
    """The styles, once the fonts are found; raises FontMissing."""
    return Styles()


def _style(face: str, size: float, **options: Any) -> Any:
    return ParagraphStyle(
        f"{face} {size}", fontName=face, fontSize=size, leading=1.16 * size, **options
    )


def paragraph(text: str, style: Any) -> Any:
    """A paragraph of plain text; it may hold any character."""
    return Paragraph(escape(printable(text, style.fontName)), style)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning: a paper that cannot be drawn at all is worse than a cut name."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def drawn_line(width: float) -> Any:
    """The line the decree wants drawn, not underlined."""
    return HRFlowable(width=width, thickness=0.6, color="black", spaceBefore=3, spaceAfter=7)


def letterhead(head: Letterhead, nation: str, motto: str, number: str, dated: str) -> Any:
    """Agency and number on the left, nation, motto and date on the right."""
    look = styles()
    agency_line = min(text_width(head.agency, look.agency.fontName, 12), AGENCY_WIDTH) / 2.5
    left = [
        *([paragraph(head.parent_agency, look.agency_above)] if head.parent_agency else ()),
        paragraph(head.agency, look.agency),
        drawn_line(agency_line),
        paragraph(number, look.number),
    ]
    right = [
        paragraph(nation, look.agency),
        paragraph(motto, look.motto),
        drawn_line(text_width(motto, look.motto.fontName, 13)),
        paragraph(dated, look.dated),
    ]
    return _columns(left, right, AGENCY_WIDTH)


def signatures(left: tuple[str, str], right: tuple[str, str], hint: str) -> Any:
    """Two blocks of heading and name, with room between them for signature and stamp."""
    half = TEXT_WIDTH / 2
    return _columns(_signature(*left, hint), _signature(*right, hint), half)


def _signature(heading: str, name: str, hint: str) -> list[Any]:
    look = styles()
    room = Spacer(1, SIGNATURE_ROOM)
    return [
        paragraph(heading, look.signer),
        paragraph(hint, look.hint),
        room,
        paragraph(shortened(name, MOST_IN_SIGNATURE), look.signer),
    ]


def _columns(left: list[Any], right: list[Any], left_width: float) -> Any:
    table = Table([[left, right]], colWidths=[left_width, TEXT_WIDTH - left_width])
    everywhere = ((0, 0), (-1, -1))
    table.setStyle(
        [
            ("VALIGN", *everywhere, "TOP"),
            ("ALIGN", *everywhere, "CENTER"),  # of the drawn lines; texts have their own
            ("LEFTPADDING", *everywhere, 0),
            ("RIGHTPADDING", *everywhere, 0),
        ]
    )
    return table


def keep_room_for_table_start() -> Any:
    """Before the sentence that announces a table: both move on if its first row would not fit."""
    return CondPageBreak(TABLE_START)


def grid(head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Any:
    """A ruled table whose head is repeated on each page; rows move to the next page whole."""
    titles = [paragraph(title, styles().head_cell) for title in head]
    too_tall = any(_ruled([titles, row], widths).wrap(*TEXT_AREA)[1] > TEXT_AREA[1] for row in rows)
    return _ruled([titles, *rows], widths, splitInRow=int(too_tall))


def _ruled(rows: Sequence[Sequence[Any]], widths: Sequence[float], **options: Any) -> Any:
    table = Table(rows, colWidths=widths, repeatRows=1, spaceAfter=8, **options)
    everywhere = ((0, 0), (-1, -1))
    table.setStyle(
        [
            ("GRID", *everywhere, 0.5, "black"),
            ("VALIGN", *everywhere, "MIDDLE"),
            ("LEFTPADDING", *everywhere, 3),
            ("RIGHTPADDING", *everywhere, 3),
        ]
    )
    return table


def state_paper_pdf(story: Sequence[Any], foot: Foot) -> bytes:
    """Set the story on A4 pages."""
    file = BytesIO()
    document = BaseDocTemplate(
        file, pagesize=A4, title=foot.code, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP
    )
    frame = Frame(LEFT, BOTTOM, *TEXT_AREA, 0, 0, 0, 0)

    def around(canvas: Any, _: Any) -> None:
        _draw_around(canvas, foot)

    document.addPageTemplates(PageTemplate(frames=[frame], onPage=around))
    document.build(list(story), canvasmaker=UndatedCanvas)
    return file.getvalue()


def _draw_around(canvas: Any, foot: Foot) -> None:
    """What stands in the margins: page number from page 2 on, reprint mark, the paper's code."""
    page = canvas.getPageNumber()
    if page > 1:
        canvas.setFont(styles().text.fontName, 13)
        canvas.drawCentredString(LEFT + TEXT_WIDTH / 2, A4[1] - 13 * mm, str(page))
    _line(canvas, foot.mark, styles().mark, LEFT, A4[1] - 13 * mm)
    rows = qr_rows(foot.code)
    side = len(rows) * FOOT_QR_MODULE
    draw_modules(canvas, rows, (LEFT, 7 * mm + side), (FOOT_QR_MODULE, FOOT_QR_MODULE))
    for number, text in enumerate(foot.lines):
        _line(canvas, text, styles().foot, LEFT + side + 3 * mm, 5.2 * mm + side - number * 11)


def _line(canvas: Any, text: str, style: Any, x: float, y: float) -> None:
    canvas.setFont(style.fontName, style.fontSize)
    canvas.drawString(x, y, printable(text, style.fontName))
