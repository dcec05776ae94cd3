"""A PDF that depends on what it shows alone: the same description gives the same bytes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas


class _UndatedInfo(PDFInfo):  # type: ignore[misc] # reportlab ships no types
    """The title only: reportlab would add a date, which on a reprint would differ or be untrue."""

    def format(self, document: Any) -> Any:
        return PDFDictionary({"Title": PDFString(self.title)}).format(document)


class UndatedCanvas(Canvas):  # type: ignore[misc] # reportlab ships no types
    """A canvas whose file carries neither the time nor the program it was made with."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "invariant": 1, "pageCompression": 1})
        self._doc.info = _UndatedInfo()


def draw_modules(
    canvas: Any, rows: Sequence[str], corner: tuple[float, float], module: tuple[float, float]
) -> None:
    """Fill a symbol's modules below and right of its upper left corner, in points.

    They are one path, so that no viewer shows seams between them.
    """
    (left, top), (width, height) = corner, module
    path = canvas.beginPath()
    for number, row in enumerate(rows, 1):
        for start, length in runs(row):
            path.rect(left + start * width, top - number * height, length * width, height)
    canvas.drawPath(path, stroke=0, fill=1)


def runs(row: str) -> Iterator[tuple[int, int]]:
    """Where each run of black modules starts, and how long it is."""
    start = 0
    for module, run in groupby(row):
        length = len(tuple(run))
        if module == "1":
            yield start, length
        start += length
