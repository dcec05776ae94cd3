"""A PDF's pages as pictures, drawn by Qt: on any thread, but on one at a time."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

POINTS_PER_MM: Final = 72 / 25.4

Size = tuple[float, float]  # millimetres


class NotAPdf(Exception):
    """These bytes are no PDF that can be shown."""

    code = "not_a_pdf"


class PdfPages:
    """The pages of one PDF, drawn when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = QBuffer()  # must live as long as the document reads from it
        self._content.setData(QByteArray(content))
        self._content.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._content)
        if self._document.error() != QPdfDocument.Error.None_ or not self._document.pageCount():
            raise NotAPdf(self._document.error().name)
        self.sizes: tuple[Size, ...] = tuple(map(self._size, range(self._document.pageCount())))

    def picture(self, page: int, dots: QSize, clip: QRect | None = None) -> QImage:
        """The page, or a part of it, on white, where the whole page has this many dots."""
        part = clip or QRect(0, 0, dots.width(), dots.height())
        how = QPdfDocumentRenderOptions()
        how.setScaledSize(dots)
        how.setScaledClipRect(part)
        drawn = self._document.render(page, part.size(), how)
        if drawn.isNull():
            raise NotAPdf(f"page {page + 1}")
        return _on_white(drawn)

    def _size(self, page: int) -> Size:
        points = self._document.pagePointSize(page)
        return points.width() / POINTS_PER_MM, points.height() / POINTS_PER_MM


def dots_of(size: Size, per_mm: float) -> QSize:
    """How many dots such a page has; at least one."""
    width, height = (max(1, round(length * per_mm)) for length in size)
    return QSize(width, height)


def _on_white(drawn: QImage) -> QImage:
    """Paper is white where nothing is drawn; Qt leaves it transparent."""
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper
