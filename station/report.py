"""A report on a period: what came, went and is there, by point, place, school, level and donor.

Pure sums over counts (`station.counting`). Each section tells the same devices under another
heading, so the rows of each add up to the total. What a closed period would be today and what it
was told as differ by its adjustment, which the next report tells:

    reported before + adjusted + within = up to the end of the period

What there is at a point (in work, ready, at a school, stock) is told likewise: within the period by
how much it grew or shrank, up to its end how many there are. It lies where the point lies on the
last day: a device that came to "Phường 3" and left from "Phường Tân Ninh" is in neither.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from msgspec import Struct

from station.counting import STOCK, Count, Measure
from station.periods import Period
from station.reference import Reference, Unit, UnknownReference


class Figure(StrEnum):
    """What a report tells of each row."""

    RECEIVED = "received"
    ARRIVED = "arrived"
    RETURNED = "returned"
    GIVEN = "given"
    RETIRED = "retired"
    SENT = "sent"
    IN_WORK = "in_work"
    READY = "ready"
    AT_SCHOOL = "at_school"
    STOCK = "stock"  # everything that is at a point or at a school


MADE_OF: Final = {figure: (Measure(figure),) for figure in Figure if figure is not Figure.STOCK} | {
    Figure.STOCK: STOCK
}
ALL: Final = tuple(Figure)
ASKED_FOR: Final = (
    Figure.RECEIVED, Figure.IN_WORK, Figure.READY, Figure.GIVEN, Figure.RETIRED, Figure.STOCK,
)  # fmt: skip
OF_PUPILS: Final = (Figure.GIVEN, Figure.RETURNED)


class By(StrEnum):
    """The headings under which devices are told."""

    POINT = "point"
    UNIT = "unit"
    DISTRICT = "district"
    SCHOOL = "school"
    LEVEL = "level"
    DONOR_KIND = "donor-kind"
    KIND = "kind"


class Sort(NamedTuple):
    """What the devices of a cell have in common."""

    station: int
    measure: Measure
    kind: str
    donor_kind: str
    unit: str
    named_on: date  # a day on which the unit's code meant what it meant then
    school: str
    level: str


class Cell(Struct, frozen=True, array_like=True, gc=False):
    """So many devices of one sort, before, by adjustment and within a period.

    There may be many, and none holds what could hold it: nobody need look for circles.
    """

    sort: Sort
    before: int = 0
    adjusted: int = 0
    within: int = 0


class Amount(Struct, frozen=True, array_like=True):
    """One figure of one row."""

    before: int = 0
    adjusted: int = 0
    within: int = 0

    @property
    def total(self) -> int:
        """Up to the end of the period."""
        return self.before + self.adjusted + self.within


class Row(Struct, frozen=True):
    """One line. `id` is coded, "" where nobody said; a unit is named as on `named_on`."""

    id: str
    amounts: tuple[Amount, ...]  # one for each figure of its section
    named_on: date | None = None
    district: str = ""  # of a unit: where its code lies or lay


class Section(Struct, frozen=True):
    """The same devices under one heading."""

    by: By
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]


class Closing(StrEnum):
    """How final a report is."""

    RUNNING = "running"  # the period is not over
    OPEN = "open"  # it is over, and figures may still change
    CLOSED = "closed"  # it stays as it is


class Report(Struct, frozen=True):
    """A report on a period; `station` is None where it is on the whole programme."""

    period: Period
    station: int | None
    made_on: date
    closing: Closing
    total: tuple[Amount, ...]  # one for each of ALL
    sections: tuple[Section, ...]

    def amount(self, figure: Figure) -> Amount:
        """A figure of the total."""
        return self.total[ALL.index(figure)]

    def section(self, by: By) -> Section:
        """The section under a heading."""
        return next(section for section in self.sections if section.by is by)


# ---- from counts to cells ----


def named_on(day: date, changes: Sequence[date]) -> date:
    """One day for all days on which units were named alike; `changes` are in order."""
    before = [change for change in changes if change <= day]
    if before:
        return before[-1]
    return changes[0] - timedelta(days=1) if changes else date.min


def in_stock(station: int, measure: Measure, kind: str, donor_kind: str) -> Sort:
    """What there is has no place of its own: it lies where its point lies when it is told."""
    return Sort(station, measure, kind, donor_kind, "", date.min, "", "")


def cells(counts: Iterable[Count], period: Period, changes: Sequence[date]) -> tuple[Cell, ...]:
    """What counts add up to, up to the end of a period."""
    sums: dict[Sort, list[int]] = {}
    eras: dict[date, date] = {}
    for count in counts:
        if count.day > period.last:
            continue
        if count.measure in STOCK:
            sort = in_stock(count.station, count.measure, count.kind, count.donor_kind)
        else:
            if count.day not in eras:
                eras[count.day] = named_on(count.day, changes)
            sort = Sort(
                count.station, count.measure, count.kind, count.donor_kind, count.unit,
                eras[count.day], count.school, count.level,
            )  # fmt: skip
        sums.setdefault(sort, [0, 0])[count.day >= period.first] += count.devices
    return tuple(
        Cell(sort, before=before, within=within)
        for sort, (before, within) in sums.items()
        if before or within
    )


def adjusted(now: Iterable[Cell], told: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells as they are now, after a closed period that was told as it was."""
    as_told = {cell.sort: cell.before + cell.adjusted + cell.within for cell in told}
    made = []
    for cell in now:
        before = as_told.pop(cell.sort, 0)
        made.append(Cell(cell.sort, before, cell.before - before, cell.within))
    made += [Cell(sort, before, -before) for sort, before in as_told.items()]
    return tuple(cell for cell in made if cell.before or cell.adjusted or cell.within)


# ---- from cells to a report ----

Key = tuple[str, date | None]
NOWHERE: Final[Key] = ("", None)


def reported(
    all_cells: Iterable[Cell],
    period: Period,
    reference: Reference,
    made_on: date,
    *,
    closing: Closing,
    station: int | None = None,
) -> Report:
    """The report on a period; on one point where `station` says which."""
    kept = [cell for cell in all_cells if station is None or cell.sort.station == station]

    versions = reference.every_version()

    @cache
    def district(unit: str, day: date) -> str:
        return _district_of(unit, day, versions)

    changes = reference.unit_changes()

    @cache
    def last_place(point: int) -> tuple[str, date]:
        unit = _lies_in(point, period.last, reference)
        return unit, named_on(period.last, changes)

    def place(sort: Sort) -> tuple[str, date]:
        if sort.measure in STOCK:
            return last_place(sort.station)
        return sort.unit, sort.named_on

    def unit_of(sort: Sort) -> Key:
        unit, day = place(sort)
        return unit, day if unit else None

    keys: dict[By, Callable[[Sort], Key]] = {
        By.POINT: lambda sort: (f"{sort.station:03d}", None),
        By.UNIT: unit_of,
        By.DISTRICT: lambda sort: (district(*place(sort)), None),
        By.SCHOOL: lambda sort: (sort.school, None),
        By.LEVEL: lambda sort: (sort.level, None),
        By.DONOR_KIND: lambda sort: (sort.donor_kind, None),
        By.KIND: lambda sort: (sort.kind, None),
    }
    sections = tuple(_section(by, kept, key, district) for by, key in keys.items())
    total = _rows(kept, lambda _sort: NOWHERE, ALL)
    nothing = tuple(Amount() for _ in ALL)
    return Report(period, station, made_on, closing, total.get(NOWHERE, nothing), sections)


def _section(
    by: By,
    kept: Iterable[Cell],
    key: Callable[[Sort], Key],
    district: Callable[[str, date], str],
) -> Section:
    figures = OF_PUPILS if by in {By.SCHOOL, By.LEVEL} else ASKED_FOR
    rows = []
    for (id_, day), amounts in sorted(_rows(kept, key, figures).items(), key=_in_order):
        rows.append(Row(id_, amounts, day, district(id_, day) if day else ""))
    return Section(by, figures, tuple(rows))


def _in_order(row: tuple[Key, tuple[Amount, ...]]) -> tuple[bool, date, str]:
    """Names of one time together, what nobody said at the end."""
    (id_, day), _amounts = row
    return (not id_, day or date.min, id_)


def _rows(
    kept: Iterable[Cell], key: Callable[[Sort], Key], figures: tuple[Figure, ...]
) -> dict[Key, tuple[Amount, ...]]:
    """Sums by key; a row in which nothing ever was is left out."""
    where: dict[Measure, list[int]] = {}
    for index, figure in enumerate(figures):
        for measure in MADE_OF[figure]:
            where.setdefault(measure, []).append(3 * index)
    sums: dict[Key, list[int]] = {}
    for cell in kept:
        places = where.get(cell.sort.measure)
        if places is None:
            continue
        row = sums.setdefault(key(cell.sort), [0] * 3 * len(figures))
        for at in places:
            row[at] += cell.before
            row[at + 1] += cell.adjusted
            row[at + 2] += cell.within
    return {
        key: tuple(Amount(*row[at : at + 3]) for at in range(0, len(row), 3))
        for key, row in sums.items()
        if any(row)
    }


def _lies_in(station: int, day: date, reference: Reference) -> str:
    try:
        return reference.point(station, day).unit
    except UnknownReference:
        return ""


# ---- units that are no more ----

Versions = Mapping[str, tuple[Unit, ...]]
"""What each code ever meant, the newest first."""


def old_district(unit: str, named_on: date, reference: Reference) -> str:
    """The district (huyện) of a commune; of a new one, that in which its code lay before.

    "" where there was none: districts ended in 2025, and some codes are new.
    """
    return _district_of(unit, named_on, reference.every_version())


def _district_of(unit: str, named_on: date, versions: Versions) -> str:
    for version in versions.get(unit, ()):  # newest first
        began = version.valid_from or date.min
        if began <= named_on and _lies_in_a_province(version.parent, versions):
            return version.parent
    return ""


def _lies_in_a_province(code: str, versions: Versions) -> bool:
    """Whether this is a district: a province itself lies in nothing."""
    return any(version.parent for version in versions.get(code, ()))
