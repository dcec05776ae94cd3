"""Tables of a Word document as its own XML: cell after cell through python-docx takes minutes.

Times New Roman stands in the document's style; a table says only what differs from it.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final
from xml.sax.saxutils import escape

from msgspec import Struct

from station.sheets import NO_XML

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TWIPS: Final = 1440 / 25.4  # a millimetre
HALF_POINTS: Final = 22  # letters of a table: 11 points


class Side(StrEnum):
    """Where the words of a cell stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Cell(Struct, frozen=True):
    """One cell; `over` says how many columns it takes."""

    text: str
    side: Side = Side.LEFT
    bold: bool = False
    over: int = 1
    begins: bool = False  # it goes on in the row below
    goes_on: bool = False  # it began in the row above


class Line(Struct, frozen=True):
    """One row; a head stands again on each page that the table reaches."""

    cells: tuple[Cell, ...]
    head: bool = False


def table(widths: Sequence[float], lines: Iterable[Line]) -> Any:
    """The element of a table whose columns are so many millimetres wide."""
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow to import, needed only here

    twips = [round(width * TWIPS) for width in widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    rows = "".join(_row(line, twips) for line in lines)
    return parse_xml(
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(line: Line, twips: Sequence[int]) -> str:
    cells, at = [], 0
    for cell in line.cells:
        cells.append(_cell(cell, sum(twips[at : at + cell.over])))
        at += cell.over
    head = "<w:tblHeader/>" if line.head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.over}"/>' if cell.over > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if cell.begins else "<w:vMerge/>" * cell.goes_on
    bold = "<w:b/>" * cell.bold
    text = escape(NO_XML.sub("", cell.text))
    letters = f'<w:rPr>{bold}<w:sz w:val="{HALF_POINTS}"/></w:rPr>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{cell.side}"/></w:pPr>'
        f'<w:r>{letters}<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )
