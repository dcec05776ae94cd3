"""The test codes on paper, for scanners that cannot read a screen."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter

from station.words import _
from ui.prints.scan_back import CODE
from ui.scan_check.judging import TEST_TEXT

DPI: Final = 300
MODULE: Final = 5  # dots: 0.42 mm, which every scanner reads
BAR: Final = 200
MARGIN: Final = 150


def write_sheet(file: Path) -> Path:
    """Draw the sheet as a PDF."""
    file.parent.mkdir(parents=True, exist_ok=True)
    paper = QPdfWriter(str(file))
    paper.setResolution(DPI)
    paper.setPageSize(QPageSize(QSizeF(148, 105), QPageSize.Unit.Millimeter))
    painter = QPainter(paper)
    painter.setFont(QFont("Inter", 12))
    top = 0
    for text, about in (
        (TEST_TEXT, _("Test code: letters and figures that input methods rewrite")),
        (CODE, _("Test label: no device has this code")),
    ):
        painter.drawText(QRectF(0, top, paper.width(), 80), Qt.AlignmentFlag.AlignLeft, about)
        _bars(painter, text, top + 90)
        painter.drawText(QRectF(0, top + 100 + BAR, paper.width(), 80), 0, text)
        top += 2 * BAR + MARGIN
    painter.end()
    return file


def _bars(painter: QPainter, text: str, top: int) -> None:
    from labels.symbols import code128_modules  # noqa: PLC0415 -- loads the QR maker too

    for place, dark in enumerate(code128_modules(text)):
        if dark == "1":
            painter.fillRect(MODULE * (10 + place), top, MODULE, BAR, QColor("black"))
