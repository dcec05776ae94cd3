"""What stands around the text of each copy: page number, reprint mark, the paper's code."""

from collections.abc import Iterator
from typing import Any, Final

from reportlab.lib.units import mm

from labels.document import HASH_DIGITS, NO_CODE, Document, Issue, digest
from labels.fitting import fit
from labels.fonts import printable, text_width
from labels.paper_sheets import Area, Page
from labels.paper_styles import Styles
from labels.pdf import draw_modules
from labels.symbols import code128_modules, qr_rows

BAR_MODULE: Final = 0.25 * mm
BAR_HEIGHT: Final = 7 * mm
QR_MODULE: Final = 0.4 * mm
DRAFT_ROWS: Final = 21  # where a QR will stand, its words stand beside
GAP: Final = 3 * mm  # between the foot's parts, and around the page number
FOOT_LEADING: Final = 8.4  # points: three lines are as high as the QR
SMALLEST: Final = 5.5  # points
TOP_SHARE: Final = 0.62  # of the upper margin, down to the line of the page number
NUMBER_SIZE: Final = 13


class Around:
    """The margins of one print of a paper."""

    def __init__(self, document: Document, issue: Issue, look: Styles) -> None:
        self._look, self._code, self._mark = look, document.code, issue.mark
        self._foot = tuple(_foot_lines(document, issue))

    def draw(self, canvas: Any, area: Area, page: int, copy_name: str) -> None:
        """Draw them around one copy."""
        self._draw_top(canvas, area, page, copy_name)
        self._draw_foot(canvas, area)

    def _draw_top(self, canvas: Any, area: Area, page: int, copy_name: str) -> None:
        left, width = area.margins.left, area.text[0]
        y = area.y + area.height - TOP_SHARE * area.margins.top
        if page > 1:
            canvas.setFont(self._look.serif.regular, NUMBER_SIZE)
            canvas.drawCentredString(left + width / 2, y, str(page))
        beside = width / 2 - GAP
        _line(canvas, self._mark, self._look.mark, (left, y), beside)
        _line(canvas, copy_name, self._look.copy_name, (left + width, y), beside, right=True)

    def _draw_foot(self, canvas: Any, area: Area) -> None:
        """The paper's own code, as QR, words and bars: old scanners read bars only."""
        left, right = area.margins.left, area.width - area.margins.right
        base = area.y + 0.3 * area.margins.bottom
        draft = self._code == NO_CODE
        rows, bars = ((), "") if draft else (qr_rows(self._code), code128_modules(self._code))
        side, bars_left = (len(rows) or DRAFT_ROWS) * QR_MODULE, right - len(bars) * BAR_MODULE
        draw_modules(canvas, rows, (left, base + side), (QR_MODULE, QR_MODULE))
        draw_modules(
            canvas,
            (bars,) if bars else (),
            (bars_left, base + BAR_HEIGHT),
            (BAR_MODULE, BAR_HEIGHT),
        )
        words = left + side + GAP
        for number, text in enumerate(self._foot):
            y = base + side - 0.8 * FOOT_LEADING - number * FOOT_LEADING
            _line(canvas, text, self._look.foot, (words, y), bars_left - GAP - words)


def draw_cut(canvas: Any, page: Page) -> None:
    """Where copies on one sheet are cut apart."""
    canvas.setDash(3, 3)
    canvas.setLineWidth(0.4)
    for area in page.areas[:-1]:
        canvas.line(0, area.y, page.size[0], area.y)
    canvas.setDash()


def _foot_lines(document: Document, issue: Issue) -> Iterator[str]:
    draft = document.code == NO_CODE
    short = NO_CODE if draft else digest(document).hex()[:HASH_DIGITS]
    for line in (*document.foot, *issue.lines):
        yield line.replace("{hash}", short)


def _line(
    canvas: Any,
    text: str,
    style: Any,
    corner: tuple[float, float],
    width: float,
    *,
    right: bool = False,
) -> None:
    """One line that begins or ends at this corner and is no wider than its place."""
    x, y = corner
    shown = printable(text, style.fontName)
    shown, size = fit(shown, style.fontName, style.fontSize, SMALLEST, width / mm)
    canvas.setFont(style.fontName, size)
    canvas.drawString(x - right * text_width(shown, style.fontName, size), y, shown)
