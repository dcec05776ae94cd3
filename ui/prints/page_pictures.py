"""Pictures of a document's pages, drawn off the window's thread: those that are looked at only."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from ui.background import Background
from ui.prints.pdf_pages import PdfPages, Size

MOST_BYTES: Final = 96 * 1024 * 1024

Key = tuple[int, int]  # a page and how wide it is drawn


@dataclass
class _Document:
    """What the worker knows of the document; the window's thread only carries it about."""

    pages: PdfPages | None = None


class PagePictures(QObject):
    """One page is drawn at a time: whoever scrolls on asks for what is seen by then."""

    opened = Signal(tuple)  # the pages' sizes in millimetres
    drawn = Signal(int)
    failed = Signal(object)  # Exception

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._document = self._opening = _Document()
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._under_way = False

    def open(self, make: Callable[[], bytes]) -> None:
        """Show another document once it is made; one that is still being made is dropped."""
        self._opening = opening = _Document()

        def opened(sizes: tuple[Size, ...]) -> None:
            if opening is self._opening:
                self._document = opening
                self._kept.clear()
                self.opened.emit(sizes)

        def failed(error: Exception) -> None:
            if opening is self._opening:
                self.failed.emit(error)

        self._background.run(partial(_open, opening, make), opened, failed, self)

    def picture(self, page: int, dots: QSize) -> QPixmap | None:
        """The page at this size if it is there, else at another size until it is."""
        exact = self._kept.get((page, dots.width()))
        if exact is not None:
            self._kept.move_to_end((page, dots.width()))
            return exact
        return next((kept for key, kept in reversed(self._kept.items()) if key[0] == page), None)

    def want(self, pages: Sequence[tuple[int, QSize]]) -> None:
        """These are looked at: draw the first that is missing; `drawn` asks again for the rest."""
        if self._under_way:
            return
        for page, dots in pages:
            if (page, dots.width()) not in self._kept:
                self._draw(page, dots)
                return

    def _draw(self, page: int, dots: QSize) -> None:
        self._under_way = True
        document = self._document

        def put(picture: QImage) -> None:
            self._under_way = False
            if document is self._document:
                self._keep((page, dots.width()), QPixmap.fromImage(picture))
            self.drawn.emit(page)

        def failed(error: Exception) -> None:
            self._under_way = False
            if document is self._document:
                self.failed.emit(error)

        self._background.run(partial(_drawn, document, page, dots), put, failed, self)

    def _keep(self, key: Key, picture: QPixmap) -> None:
        self._kept[key] = picture
        while len(self._kept) > 1 and sum(map(_bytes, self._kept.values())) > MOST_BYTES:
            self._kept.popitem(last=False)


def _open(document: _Document, make: Callable[[], bytes]) -> tuple[Size, ...]:
    document.pages = PdfPages(make())
    return document.pages.sizes


def _drawn(document: _Document, page: int, dots: QSize) -> QImage:
    if document.pages is None:
        return QImage()
    return document.pages.picture(page, dots)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
