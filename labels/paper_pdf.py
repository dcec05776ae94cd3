"""Papers drawn: documents become one PDF, each with its own pages, page numbers and foot.

The form is that of Nghị định 30/2020: margins, the page number centred in the top margin from the
second page on, heads of tables on every page, a signature never alone on a page.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from msgspec import Struct
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from labels.document import HASH_DIGITS, Document, Issue, Sheet, digest
from labels.fonts import printable, text_width
from labels.kept import Kept, SignedTable
from labels.paper_blocks import flowables
from labels.paper_styles import SMALL, Styles, styles
from labels.pdf import UndatedCanvas, draw_modules
from labels.symbols import code128_modules, qr_rows

FOOT_MODULE: Final = 0.25 * mm  # of the barcode; the QR's are larger
FOOT_QR_MODULE: Final = 0.4 * mm
FOOT_BAR_HEIGHT: Final = 7 * mm
FOOT_LEADING: Final = 10  # points
ROUNDING: Final = 0.01  # points

Print = tuple[Document, Issue]


class _Margins(Struct, frozen=True):
    """In points."""

    top: float
    bottom: float
    left: float
    right: float


_LARGE: Final = _Margins(20 * mm, 20 * mm, 30 * mm, 15 * mm)
_SMALL: Final = _Margins(12 * mm, 17 * mm, 15 * mm, 12 * mm)


class _Area(Struct, frozen=True):
    """Where one copy of a paper stands on a page: the lower left corner and the size, in points."""

    y: float
    width: float
    height: float
    margins: _Margins

    @property
    def text(self) -> tuple[float, float]:
        """Width and height of its text."""
        m = self.margins
        return self.width - m.left - m.right, self.height - m.top - m.bottom

    def frame(self, name: str) -> Any:
        """The frame its text flows through."""
        return Frame(
            self.margins.left, self.y + self.margins.bottom, *self.text, 0, 0, 0, 0, id=name
        )


class _Page(Struct, frozen=True):
    """A page of one paper: its size, the copies on it, how large its type is."""

    size: tuple[float, float]
    areas: tuple[_Area, ...]
    scale: float


def _whole(size: tuple[float, float], margins: _Margins, scale: float) -> _Page:
    return _Page(size, (_Area(0, *size, margins),), scale)


_PAGES: Final = {
    Sheet.A4: _whole(A4, _LARGE, 1.0),
    Sheet.A4_LANDSCAPE: _whole(landscape(A4), _LARGE, 1.0),
    Sheet.A5: _whole(A5, _SMALL, SMALL),
    Sheet.A5_LANDSCAPE: _whole(landscape(A5), _SMALL, SMALL),
    Sheet.TWO_ON_A4: _Page(
        A4,
        (
            _Area(A4[1] / 2, A4[0], A4[1] / 2, _SMALL),
            _Area(0, A4[0], A4[1] / 2, _SMALL),
        ),
        SMALL,
    ),
}


def paper_pdf(prints: Sequence[Print]) -> bytes:
    """Draw papers one after the other. Raises FontMissing."""
    if not prints:
        raise ValueError("a PDF needs at least one page")
    file = BytesIO()
    settings = [setting for each in prints for setting in _settings(each)]
    document = BaseDocTemplate(file, pagesize=settings[0].page.size, title=prints[0][0].code)
    story: list[Any] = []
    for number, setting in enumerate(settings):
        setting.name = f"paper-{number}"
        document.addPageTemplates(setting.page_template())
        story += [NextPageTemplate(setting.name), *([PageBreak()] if number else ())]
        story += setting.story()
    document.build(story, canvasmaker=UndatedCanvas)
    return file.getvalue()


def _settings(printed: Print) -> Iterator["_Setting"]:
    """The paper on one sheet, or each of its copies on pages of its own where that has no room."""
    document, _issue = printed
    page, names = _PAGES[document.sheet], document.copy_names
    if len(page.areas) == 1:
        yield _Setting(printed, page, ())
    elif (shared := _Setting(printed, page, names)).has_room():
        yield shared
    else:
        for name in names or ("",) * len(page.areas):
            yield _Setting(printed, _PAGES[Sheet.A4], (name,))


class _Setting:
    """One paper on its way to its pages."""

    def __init__(self, printed: Print, page: _Page, copy_names: Sequence[str]) -> None:
        self._document, self._issue = printed
        self.name = ""
        self.page, self._copy_names = page, copy_names
        self._first_page: int | None = None

    @property
    def _styles(self) -> Styles:
        return styles(self.page.scale)

    def story(self) -> list[Any]:
        """What flows through the pages, once for each copy on a page."""
        story: list[Any] = []
        for number, area in enumerate(self.page.areas):
            story += [*([FrameBreak()] if number else ()), *self._flowables(area, self.page)]
        return story

    def page_template(self) -> Any:
        """The pages of this paper."""
        frames = [area.frame(f"{self.name}-{n}") for n, area in enumerate(self.page.areas)]
        return PageTemplate(self.name, frames, onPage=self._draw_around, pagesize=self.page.size)

    def has_room(self) -> bool:
        """Whether each copy has room in its own area."""
        room = self.page.areas[0].text
        needed = _height(self._flowables(self.page.areas[0], self.page), room)
        return needed <= room[1] - ROUNDING

    def _flowables(self, area: _Area, page: _Page) -> list[Any]:
        return flowables(self._document.blocks, styles(page.scale), area.text)

    def _draw_around(self, canvas: Any, _document: Any) -> None:
        """What stands in the margins of each page and copy."""
        if self._first_page is None:
            self._first_page = canvas.getPageNumber()
        number = canvas.getPageNumber() - self._first_page + 1
        unnamed = [""] * len(self.page.areas)
        for area, name in zip(self.page.areas, [*self._copy_names, *unnamed], strict=False):
            self._draw_margins(canvas, area, number, name)
        if len(self.page.areas) > 1:
            canvas.setDash(3, 3)
            canvas.setLineWidth(0.4)
            canvas.line(0, self.page.size[1] / 2, self.page.size[0], self.page.size[1] / 2)
            canvas.setDash()

    def _draw_margins(self, canvas: Any, area: _Area, page: int, copy_name: str) -> None:
        look, top = self._styles, area.y + area.height - 0.62 * area.margins.top
        width, _height_of_text = area.text
        if page > 1:
            canvas.setFont(look.serif.regular, 13)
            canvas.drawCentredString(area.margins.left + width / 2, top, str(page))
        _line(canvas, self._issue.mark, look.mark, area.margins.left, top)
        hint = look.copy_name
        right = area.margins.left + width - text_width(copy_name, hint.fontName, hint.fontSize)
        _line(canvas, copy_name, hint, right, top)
        self._draw_foot(canvas, area)

    def _draw_foot(self, canvas: Any, area: _Area) -> None:
        """The paper's own code, as QR, words and bars: old scanners read bars only."""
        left, right = area.margins.left, area.width - area.margins.right
        base = area.y + 0.3 * area.margins.bottom
        rows = qr_rows(self._document.code)
        side = len(rows) * FOOT_QR_MODULE
        draw_modules(canvas, rows, (left, base + side), (FOOT_QR_MODULE, FOOT_QR_MODULE))
        for number, text in enumerate(self._foot_lines()):
            y = base + side - 7 - number * FOOT_LEADING
            _line(canvas, text, self._styles.foot, left + side + 3 * mm, y)
        bars = code128_modules(self._document.code)
        corner = (right - len(bars) * FOOT_MODULE, base + FOOT_BAR_HEIGHT)
        draw_modules(canvas, (bars,), corner, (FOOT_MODULE, FOOT_BAR_HEIGHT))

    def _foot_lines(self) -> Iterator[str]:
        short = digest(self._document).hex()[:HASH_DIGITS]
        for line in (*self._document.foot, *self._issue.lines):
            yield line.replace("{hash}", short)


def _height(story: Sequence[Any], room: tuple[float, float]) -> float:
    """How high the story is at this width, set in one column; gaps overlap as in a frame."""
    nowhere = UndatedCanvas(BytesIO())  # some flowables ask the canvas
    total = gap = 0.0
    for number, flowable in enumerate(story):
        if number:
            total += max(gap, flowable.getSpaceBefore())
        if isinstance(flowable, (Kept, SignedTable)):  # it would tell the height of a page and more
            total += _height(flowable.parts, room)
        else:
            total += flowable.wrapOn(nowhere, *room)[1]
        gap = flowable.getSpaceAfter()
    return total + gap


def _line(canvas: Any, text: str, style: Any, x: float, y: float) -> None:
    canvas.setFont(style.fontName, style.fontSize)
    canvas.drawString(x, y, printable(text, style.fontName))
