"""Tables as files for spreadsheets. Whatever somebody typed stays text: no cell is ever run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

Cell = str | int | date | None
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would run when it begins a cell."""

NAME_LIMIT: Final = 31  # characters of a sheet's name, as Excel has it
NO_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no file of an office can hold."""

NOT_IN_NAMES: Final = str.maketrans("", "", "[]:*?/\\'")


class Sheet(Struct, frozen=True):
    """One table: its heads, its lines, and perhaps words above it and below it."""

    name: str
    heads: Sequence[str]
    lines: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    widths: Sequence[int] = ()  # of the columns, in characters
    total: bool = False  # the last line is a sum


def as_csv(sheet: Sheet) -> bytes:
    """With the mark by which Excel knows UTF-8; heads and lines alone."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_plain(head) for head in sheet.heads])
    for line in sheet.lines:
        writer.writerow([_plain(value) for value in line])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> str:
    """A cell that no spreadsheet runs as a formula."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return str(value)
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook; line after line, so that a long one takes little memory."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow to import, needed only here

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name.translate(NOT_IN_NAMES)[:NAME_LIMIT]), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(made: Any, sheet: Sheet) -> None:
    for number, width in enumerate(sheet.widths):
        made.column_dimensions[chr(ord("A") + number)].width = width
    made.freeze_panes = f"A{len(sheet.above) + 2}"
    for words in sheet.above:
        made.append(_row(made, [words], bold=True))
    made.append(_row(made, sheet.heads, bold=True))
    before: Sequence[Cell] | None = None
    for line in sheet.lines:
        if before is not None:
            made.append(_row(made, before))
        before = line
    if before is not None:
        made.append(_row(made, before, bold=sheet.total))
    for words in sheet.below:
        made.append(_row(made, [words]))


def _row(made: Any, values: Sequence[Cell], *, bold: bool = False) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow to import, needed only here
    from openpyxl.styles import Font  # noqa: PLC0415 -- the same

    cells = []
    for value in values:
        if isinstance(value, str):
            cell = WriteOnlyCell(made, value=NO_XML.sub("", value))
            cell.data_type = "s"  # never a formula
        else:
            cell = WriteOnlyCell(made, value=value)
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    return cells
