"""The stock as a table for Excel: every row of the filter, chunk after chunk, no person in it."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from station.codes import grouped
from station.device import Device
from station.ports import DeviceFilter, DeviceRow, PointStore
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded, listed
from ui.gate_words import standing

CHUNK: Final = 1_000
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What Excel would run when it begins a cell."""

Column = tuple[str, Callable[[Device, Reference], str | date | None]]


class Format(StrEnum):
    """What is written."""

    XLSX = "xlsx"
    CSV = "csv"


def columns() -> tuple[Column, ...]:
    """The columns of the file: more than the page has room for."""
    return (
        (_("Device code"), lambda d, _r: grouped(d.code)),
        (_("Kind"), lambda d, r: coded(Table.KINDS, d.kind, r)),
        (_("Maker"), lambda d, _r: d.maker),
        (_("Model"), lambda d, _r: d.model),
        (_("Serial number"), lambda d, _r: d.serial),
        (_("Stage"), lambda d, r: standing(d, r)[1]),
        (_("On hold"), lambda d, r: coded(Table.REASONS, d.hold, r) if d.hold else None),
        (_("Grade"), lambda d, r: coded(Table.GRADES, d.grade, r) if d.grade else None),
        (
            _("Condition"),
            lambda d, r: coded(Table.CONDITIONS, d.condition, r) if d.condition else None,
        ),
        (_("Kit"), lambda d, r: listed(coded(Table.KIT_ITEMS, item, r) for item in d.kit)),
        (_("Lot"), lambda d, _r: grouped(d.lot) if d.lot else None),
        (_("Case"), lambda d, _r: grouped(d.case) if d.case else None),
        (_("Shelf"), lambda d, _r: grouped(d.shelf) if d.shelf else None),
        (_("Received on"), lambda d, _r: d.received_on),
        (_("In this stage since"), lambda d, _r: d.since),
    )


def next_rows(wanted: DeviceFilter, before: int | None, store: PointStore) -> tuple[DeviceRow, ...]:
    """The next chunk of rows behind that position."""
    return store.devices(wanted, before=before, limit=CHUNK)


def cells(device: Device, reference: Reference) -> tuple[str | date | None, ...]:
    """One line of the file."""
    return tuple(value(device, reference) for _name, value in columns())


def written(
    lines: Iterable[Sequence[str | date | None]], heads: Sequence[str], how: Format
) -> bytes:
    """The bytes of the whole file."""
    return _xlsx(lines, heads) if how is Format.XLSX else _csv(lines, heads)


def _csv(lines: Iterable[Sequence[str | date | None]], heads: Sequence[str]) -> bytes:
    """With the mark by which Excel knows UTF-8; codes keep their spaces and so stay text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    for line in lines:
        writer.writerow([_plain(value) for value in line])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: str | date | None) -> str:
    """A cell that no spreadsheet runs as a formula."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA) else text


def _xlsx(lines: Iterable[Sequence[str | date | None]], heads: Sequence[str]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- slow to import, needed only here
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Devices"))
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for line in lines:
        row = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            row.append(cell)
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
