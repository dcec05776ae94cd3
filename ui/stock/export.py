"""The stock as a table for Excel: every row of the filter, chunk after chunk, no person in it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from station.codes import grouped
from station.device import Device
from station.ports import DeviceFilter, DeviceRow, PointStore
from station.reference import Reference, Table
from station.sheets import Sheet, as_csv, as_xlsx
from station.words import _
from ui.coded_words import coded, listed
from ui.gate_words import standing

CHUNK: Final = 1_000
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
    sheet = Sheet(_("Devices"), heads, lines)
    return as_xlsx([sheet]) if how is Format.XLSX else as_csv(sheet)
