"""Papers drawn: documents become one PDF, each with its own pages, page numbers and foot.

The form is that of Nghị định 30/2020: margins, the page number centred in the top margin from the
second page on, heads of tables on every page, a signature never alone on a page.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from reportlab.platypus import (
    BaseDocTemplate,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from labels.document import Document, Issue, NewPage, Sheet
from labels.kept import Kept, SignedTable
from labels.paper_blocks import flowables
from labels.paper_margins import Around, draw_cut
from labels.paper_sheets import PAGES, Area, Page
from labels.paper_styles import styles
from labels.pdf import UndatedCanvas

ROUNDING: Final = 0.01  # points

Print = tuple[Document, Issue]


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
    page, names = PAGES[document.sheet], document.copy_names
    if len(page.areas) == 1:
        yield _Setting(printed, page, ())
    elif (shared := _Setting(printed, page, names)).has_room():
        yield shared
    else:
        for name in names or ("",) * len(page.areas):
            yield _Setting(printed, PAGES[Sheet.A4], (name,))


class _Setting:
    """One paper on its way to its pages."""

    def __init__(self, printed: Print, page: Page, copy_names: Sequence[str]) -> None:
        self._document, self._issue = printed
        self.name = ""
        self.page, self._copy_names = page, copy_names
        self._around = Around(*printed, styles(page.scale))
        self._first_page: int | None = None

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
        if any(isinstance(block, NewPage) for block in self._document.blocks):
            return False
        room = self.page.areas[0].text
        needed = _height(self._flowables(self.page.areas[0], self.page), room)
        return needed <= room[1] - ROUNDING

    def _flowables(self, area: Area, page: Page) -> list[Any]:
        return flowables(self._document.blocks, styles(page.scale), area.text)

    def _draw_around(self, canvas: Any, _document: Any) -> None:
        """What stands in the margins of each page and copy."""
        if self._first_page is None:
            self._first_page = canvas.getPageNumber()
        number = canvas.getPageNumber() - self._first_page + 1
        for at, area in enumerate(self.page.areas):
            name = self._copy_names[at] if at < len(self._copy_names) else ""
            self._around.draw(canvas, area, number, name)
        draw_cut(canvas, self.page)


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
