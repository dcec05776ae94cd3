"""The rows of a file: whatever stands in a cell becomes text, and no formula is ever run."""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec import Struct

from station.lists.encodings import decode, vn3_to_unicode
from station.lists.problems import (
    EmptyList,
    ListTooLarge,
    LockedList,
    OldExcelFile,
    OtherOfficeFile,
    UnreadableList,
)

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 60_000_000  # of an XLSX; it is a zip, and a zip of nothing is small
MOST_PARTS: Final = 500
MOST_ROWS: Final = 2_100  # that hold something
MOST_WALKED: Final = 20_000  # Excel keeps rows that only have a colour
MOST_SHEETS: Final = 50
MOST_COLUMNS: Final = 40
MOST_CELL: Final = 500  # characters
EXACT: Final = 10**15  # a larger number lost digits when Excel made a number of it
SEPARATORS: Final = ",;\t|"
SNIFFED: Final = 20  # lines

Row = tuple[str, ...]
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
_ROUNDED: Final = "…"  # after a number that is not whole any more
_POWER: Final = re.compile(r"\d([.,]\d+)?E\+\d+")  # how Excel writes a long one into a CSV


class Sheet(Struct, frozen=True):
    """The sheet of a file that holds most; empty rows stand in it, so each keeps its number."""

    rows: tuple[Row, ...]
    name: str = ""  # "" for a text file
    others: int = 0  # sheets that hold something too and were not read


def read_sheet(data: bytes) -> Sheet:
    """Every row up to the last that holds something; raises UnreadableList."""
    if len(data) > MOST_BYTES:
        raise ListTooLarge
    sheets = [(name, rows) for name, rows in _sheets(data) if rows]
    if not sheets:
        raise EmptyList
    name, rows = max(sheets, key=lambda sheet: sum(map(len, sheet[1])))
    return Sheet(rows, name, len(sheets) - 1)


def read_rows(data: bytes) -> tuple[Row, ...]:
    """The rows alone."""
    return read_sheet(data).rows


def is_rounded(cell: str) -> bool:
    """Whether Excel kept a long number as a rounded one."""
    return cell.endswith(_ROUNDED) or bool(_POWER.fullmatch(cell))


def _sheets(data: bytes) -> Iterator[tuple[str, tuple[Row, ...]]]:
    if data.startswith(_OLE):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
            raise LockedList
        raise OldExcelFile
    if data.startswith(_PDF):
        raise OtherOfficeFile
    if data.startswith(_ZIP):
        return iter(_of_workbook(data))
    return iter([("", _counted(_of_text(data)))])


def _counted(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without the empty ones behind the last; raises ListTooLarge."""
    kept, full = list[Row](), 0
    for number, row in enumerate(rows, 1):
        full += any(row)
        if full > MOST_ROWS or number > MOST_WALKED:
            raise ListTooLarge
        kept.append(row)
    while kept and not any(kept[-1]):
        kept.pop()
    return tuple(kept)


# ---- CSV ----


def _of_text(data: bytes) -> Iterator[Row]:
    text = decode(data)
    if "\0" in text:
        raise UnreadableList
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row in reader:
            yield _cells(row)
    except csv.Error as error:
        raise UnreadableList from error


def _separator(text: str) -> str:
    """What stands equally often in most lines; Excel here writes semicolons."""
    lines = [line for line in text.splitlines()[:SNIFFED] if line.strip()]

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        often = max(counts.values(), default=0)
        return often, max((n for n, times in counts.items() if times == often), default=0)

    return max(SEPARATORS, key=agreement)


# ---- XLSX ----


def _of_workbook(data: bytes) -> list[tuple[str, tuple[Row, ...]]]:
    """Every sheet that people see: the list may stand behind a letter."""
    _guard_zip(data)
    from openpyxl import load_workbook  # noqa: PLC0415 -- with the first list

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [(sheet.title, _of_worksheet(sheet)) for sheet in seen[:MOST_SHEETS]]
    except ListTooLarge:
        raise
    except Exception as error:  # a damaged file ends openpyxl in many ways
        raise UnreadableList from error


def _of_worksheet(sheet: Any) -> tuple[Row, ...]:
    """A sheet may say that it is larger or smaller than it is: what counts is what it holds."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return _counted(_cells(row) for row in rows)


def _guard_zip(data: bytes) -> None:
    """No bomb, no other office's file, and no XML that makes up entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise ListTooLarge
            if "[Content_Types].xml" not in packed.namelist() or not _has_sheet(parts):
                raise OtherOfficeFile
            for part in parts:
                _guard_part(packed, part)
    except _DAMAGE as error:
        raise UnreadableList from error


def _has_sheet(parts: Sequence[zipfile.ZipInfo]) -> bool:
    return any(part.filename.startswith("xl/worksheets/") for part in parts)


def _guard_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part may be longer than it says: read no more than that, and one byte."""
    with packed.open(part) as opened:
        head = opened.read(4_096)
        left = part.file_size - len(head)
        while left >= 0 and (piece := opened.read(65_536)):
            left -= len(piece)
    if left < 0:
        raise ListTooLarge
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableList


# ---- cells ----


def _cells(row: Sequence[Any]) -> Row:
    cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _text(cell: Any) -> str:
    """A number as it was typed: 12345.0 is a serial number that Excel took for one."""
    match cell:
        case None:
            return ""
        case bool():
            return "x" if cell else ""
        case float() if cell.is_integer() and abs(cell) < EXACT:
            return str(int(cell))
        case int() | float():
            return f"{cell:.0f}{_ROUNDED}" if abs(cell) >= EXACT else str(cell)
        case datetime():
            return f"{cell:%d/%m/%Y}"
        case date():
            return f"{cell:%d/%m/%Y}"
    return " ".join(vn3_to_unicode(str(cell)[:MOST_CELL]).split())
