"""The type of papers: Times New Roman or its twin, in the sizes that Nghị định 30/2020 gives."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Paragraph

from labels.document import TextStyle
from labels.fonts import printable, register_serif, system_font_folders
from labels.phrase import NO_BREAK

LEADING: Final = 1.16
INDENT: Final = 28.3  # points: one centimetre
SMALL: Final = 0.82  # of the sizes, on a sheet smaller than A4


class Styles:
    """Every style of one size of paper; `scale` is 1 on A4."""

    def __init__(self, scale: float) -> None:
        self.serif = register_serif(system_font_folders())
        self.scale = scale
        regular, bold, italic = self.serif.regular, self.serif.bold, self.serif.italic
        self.agency_above = self._style(regular, 12, alignment=TA_CENTER)
        self.agency = self._style(bold, 12, alignment=TA_CENTER)
        self.motto = self._style(bold, 13, alignment=TA_CENTER)
        self.number = self._style(regular, 13, alignment=TA_CENTER)
        self.dated = self._style(italic, 13, alignment=TA_CENTER)
        self.title = self._style(bold, 15, alignment=TA_CENTER, before=12)
        self.slip_title = self._style(bold, 15, alignment=TA_CENTER)
        self.subject = self._style(bold, 13, alignment=TA_CENTER, after=5)
        self.head_cell = self._style(bold, 11, alignment=TA_CENTER)
        self.cells: Mapping[str, Any] = {
            "left": self._style(regular, 11),
            "centre": self._style(regular, 11, alignment=TA_CENTER),
            "right": self._style(regular, 11, alignment=TA_RIGHT),
        }
        self.total: Mapping[str, Any] = {
            "left": self._style(bold, 11),
            "centre": self._style(bold, 11, alignment=TA_CENTER),
            "right": self._style(bold, 11, alignment=TA_RIGHT),
        }
        self.tick = self._style(regular, 12, after=2)
        self.signer = self._style(bold, 13, alignment=TA_CENTER)
        self.hint = self._style(italic, 12, alignment=TA_CENTER)
        self.recipients_title = self._style(self.serif.bold, 12)
        self.recipients = self._style(regular, 11)
        self.code = self._style(regular, 9, alignment=TA_CENTER)
        self.foot = self._style(regular, 8, scaled=False)
        self.copy_name = self._style(italic, 10, scaled=False)
        self.mark = self._style(bold, 11, scaled=False)
        self.texts: Mapping[TextStyle, Any] = {
            TextStyle.TEXT: self._style(regular, 13, alignment=TA_JUSTIFY, after=6),
            TextStyle.INDENTED: self._style(
                regular, 13, alignment=TA_JUSTIFY, after=6, indent=INDENT
            ),
            TextStyle.FACT: self._style(regular, 13, after=2),
            TextStyle.BEFORE_TABLE: self._style(
                regular, 13, alignment=TA_JUSTIFY, before=6, after=6
            ),
            TextStyle.PARTY: self._style(bold, 13, before=4, after=2),
            TextStyle.GROUNDS: self._style(
                italic, 13, alignment=TA_JUSTIFY, after=4, indent=INDENT
            ),
            TextStyle.HEADING: self._style(bold, 13, before=6, after=4),
            TextStyle.CENTRED: self._style(regular, 13, alignment=TA_CENTER, after=4),
            TextStyle.SMALL: self._style(italic, 11, alignment=TA_JUSTIFY, after=3),
            TextStyle.SALUTATION: self._style(bold, 14, alignment=TA_CENTER, before=6, after=10),
            TextStyle.DATED: self._style(italic, 13, alignment=TA_RIGHT, before=4, after=4),
            TextStyle.LINE: self._style(regular, 13, after=3),
            TextStyle.ANSWER: self._style(regular, 13, after=4),
        }

    def _style(
        self,
        face: str,
        size: float,
        *,
        before: float = 0,
        after: float = 0,
        indent: float = 0,
        scaled: bool = True,
        **options: Any,
    ) -> Any:
        scale = self.scale if scaled else 1
        return ParagraphStyle(
            f"{face} {size} {scale}",
            fontName=face,
            fontSize=size * scale,
            leading=LEADING * size * scale,
            spaceBefore=before * scale,
            spaceAfter=after * scale,
            firstLineIndent=indent * scale,
            **options,
        )


@cache
def styles(scale: float = 1.0) -> Styles:
    """The styles, once the fonts are found; raises FontMissing."""
    return Styles(scale)


def paragraph(text: str, style: Any) -> Any:
    """A paragraph of plain text; it may hold any character, and no line breaks within a code."""
    unbroken = (printable(part, style.fontName) for part in text.split(NO_BREAK))
    return Paragraph(escape(NO_BREAK.join(unbroken)), style)


def balanced(text: str, style: Any, width: float) -> Any:
    """A centred paragraph of lines about as long as each other: no last word stands alone."""
    shown = printable(text, style.fontName)

    def lines(room: float) -> int:
        return len(simpleSplit(shown, style.fontName, style.fontSize, room))

    narrow, wide, least = 0.0, width, lines(width)
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (middle, wide) if lines(middle) > least else (narrow, middle)
    spare = (width - wide - 1) / 2
    if least < 2 or spare <= 0:
        return paragraph(text, style)
    return paragraph(text, style.clone(style.name, leftIndent=spare, rightIndent=spare))
