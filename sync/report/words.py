"""What people read of a report: its tables with every name and heading, in the language spoken."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from station import words
from station.periods import Period, PeriodKind
from station.reference import Organisation, Reference, Table, UnknownReference
from station.report import ALL, Amount, By, Closing, Figure, Report, Row, Section
from station.words import _, _c

_TABLES = {By.LEVEL: Table.LEVELS, By.KIND: Table.KINDS}
ROMAN = ("I", "II", "III", "IV")
NOBODY_SAID = "—"


class ToldRow(Struct, frozen=True):
    """One line: its name, what stands beside it, and its figures."""

    name: str
    amounts: tuple[Amount, ...]
    beside: str = ""


class Told(Struct, frozen=True):
    """A table of a report; the last line is the total."""

    by: By
    title: str
    first: str  # what heads the names
    beside: str  # what heads what stands beside them; "" = nothing does
    figures: tuple[str, ...]
    rows: tuple[ToldRow, ...]
    total: tuple[Amount, ...]


# ---- the report as a whole ----


def title() -> str:
    """What the report is on."""
    return _("Report on devices received, repaired and given")


def whose(report: Report, reference: Reference) -> str:
    """Whose figures they are."""
    if report.station is None:
        return reference.programme.name(words.language())
    return point_name(report.station, report.period.last, reference)


def period_name(period: Period) -> str:
    """Month 11/2026, as it is spoken of."""
    match period.kind.months:
        case 1:
            text = _("Month {month}/{year}")
        case 3:
            text = _("Quarter {roman} of {year}")
        case 6 if period.number == 1:
            text = _("First half of {year}")
        case 6:
            text = _("Second half of {year}")
        case _:
            text = _("Year {year}")
    roman = ROMAN[period.number - 1] if period.kind.months == 3 else ""
    month = f"{period.last.month:02d}"
    return text.format(month=month, roman=roman, year=period.year)


def period_days(period: Period) -> str:
    """From which day to which."""
    return _("from {first} to {last}").format(
        first=written_day(period.first), last=written_day(period.last)
    )


def kind_word(kind: PeriodKind) -> str:
    """Name a kind of period."""
    return {
        PeriodKind.MONTH: _("Month, from the 15th to the 14th"),
        PeriodKind.QUARTER: _("Quarter, from the 15th to the 14th"),
        PeriodKind.HALF_YEAR: _("Half-year, from the 15th to the 14th"),
        PeriodKind.YEAR: _("Year, from the 15th to the 14th"),
        PeriodKind.CALENDAR_MONTH: _("Month of the calendar"),
        PeriodKind.CALENDAR_QUARTER: _("Quarter of the calendar"),
        PeriodKind.CALENDAR_HALF_YEAR: _("Half-year of the calendar"),
        PeriodKind.CALENDAR_YEAR: _("Year of the calendar"),
    }[kind]


def closing_words(report: Report) -> str:
    """How final the figures are."""
    day = written_day(report.made_on)
    return {
        Closing.RUNNING: _("The period is not over: figures as of {day}."),
        Closing.OPEN: _("Not closed yet: figures as of {day} may still change."),
        Closing.CLOSED: _("Closed on {day}: these figures stay as they are."),
    }[report.closing].format(day=day)


def written_day(day: date) -> str:
    """31/12/2026."""
    return f"{day:%d/%m/%Y}"


# ---- figures ----


def figure_word(figure: Figure) -> str:
    """Name a figure, as it heads a column."""
    return {
        Figure.RECEIVED: _c("report", "Received"),
        Figure.ARRIVED: _c("report", "Come from another point"),
        Figure.RETURNED: _c("report", "Taken back"),
        Figure.GIVEN: _c("report", "Given"),
        Figure.RETIRED: _c("report", "Retired"),
        Figure.SENT: _c("report", "Gone to another point"),
        Figure.IN_WORK: _c("report", "In repair"),
        Figure.READY: _c("report", "Ready to give"),
        Figure.AT_SCHOOL: _c("report", "At a school, not signed yet"),
        Figure.STOCK: _c("report", "In stock"),
    }[figure]


def column_words() -> tuple[str, str, str, str]:
    """The columns of the total: reported before, adjustment, in the period, up to its end."""
    return (
        _("Up to the period before"),
        _("Adjustment of earlier periods"),
        _("In the period"),
        _("Up to the end"),
    )


def lines_of_total(report: Report) -> Iterator[tuple[str, Amount]]:
    """Every figure of the whole, by name."""
    for figure, amount in zip(ALL, report.total, strict=True):
        yield figure_word(figure), amount


def notes(report: Report) -> tuple[str, ...]:
    """What must be known to read the figures."""
    told = [
        _(
            "In stock, in repair, ready to give and at a school: in the period, by how many they "
            "grew or shrank; up to the end, how many there are on the last day."
        ),
        _(
            "In stock = received + come from another point + taken back − given − retired − gone "
            "to another point."
        ),
        _(
            "By commune: what was given counts where the pupil lives, everything else where the "
            "point lies. Each commune bears the name that it had on the day; what is there on the "
            "last day lies in the commune of that day."
        ),
        _(
            "Districts ended on 01/07/2025: a new commune stands under the district in which its "
            "code lay before, and under “—” where it had none."
        ),
    ]
    if any(amount.adjusted for amount in report.total):
        told.append(
            _(
                "Adjustment: what became known of closed periods after their reports. A closed "
                "report stays as it was."
            )
        )
    return tuple(told)


# ---- tables ----


def tables(report: Report, reference: Reference) -> tuple[Told, ...]:
    """Each section with its names."""
    names = _Names(report.period.last, reference)
    return tuple(_told(section, report, names) for section in report.sections)


def heading(by: By) -> str:
    """What a section is told by."""
    return {
        By.POINT: _("By point"),
        By.UNIT: _("By commune"),
        By.DISTRICT: _("By former district"),
        By.SCHOOL: _("By school"),
        By.LEVEL: _("By level of school"),
        By.DONOR_KIND: _("By kind of donor"),
        By.KIND: _("By kind of device"),
    }[by]


def _told(section: Section, report: Report, names: "_Names") -> Told:
    first = {
        By.POINT: _("Point"),
        By.UNIT: _("Commune"),
        By.DISTRICT: _("Former district"),
        By.SCHOOL: _("School"),
        By.LEVEL: _("Level of school"),
        By.DONOR_KIND: _("Donor"),
        By.KIND: _("Kind"),
    }[section.by]
    beside = _("Former district") if section.by is By.UNIT else ""
    rows = tuple(
        ToldRow(
            names.of_row(section.by, row),
            row.amounts,
            names.district(row.district) if beside else "",
        )
        for row in names.in_order(section)
    )
    total = tuple(report.amount(figure) for figure in section.figures)
    figures = tuple(map(figure_word, section.figures))
    return Told(section.by, heading(section.by), first, beside, figures, rows, total)


class _Names:
    """Names of one report, each list looked through once: there may be thousands of schools."""

    def __init__(self, last: date, reference: Reference) -> None:
        self._last, self._reference = last, reference
        self._versions = reference.every_version()
        named = reference.every_organisation
        self._organisations = {one.id: one for one in named}  # as they were called last
        self._organisations |= {one.id: one for one in named if _held(one, last)}

    def in_order(self, section: Section) -> tuple[Row, ...]:
        """Levels and kinds as their tables have them, everything else as it stands."""
        table = _TABLES.get(section.by)
        if table is None:
            return section.rows
        places = {entry.id: at for at, entry in enumerate(self._reference.entries(table))}
        return tuple(sorted(section.rows, key=lambda row: places.get(row.id, len(places))))

    def of_row(self, by: By, row: Row) -> str:
        """Name a line; an id that nobody knows any more stands for itself."""
        match by:
            case By.POINT:
                return point_name(int(row.id), self._last, self._reference)
            case By.UNIT:
                return self._unit(row)
            case By.DISTRICT:
                return self.district(row.id)
            case By.SCHOOL:
                return self._school(row.id)
            case By.LEVEL:
                return _coded(Table.LEVELS, row.id, self._reference)
            case By.DONOR_KIND:
                return _donor(row.id)
        return _coded(Table.KINDS, row.id, self._reference)

    def district(self, code: str) -> str:
        """A district that is no more, by its last name."""
        versions = self._versions.get(code, ())
        return versions[0].full_name if versions else code or NOBODY_SAID

    def _unit(self, row: Row) -> str:
        if row.named_on is None:
            return _("Not known")
        begun = [
            unit
            for unit in self._versions.get(row.id, ())
            if unit.valid_from is None or unit.valid_from <= row.named_on
        ]
        if not begun:
            return row.id
        unit = begun[0]  # a code that ended stands for what it meant last
        if unit.valid_to is not None and unit.valid_to < self._last:
            until = written_day(unit.valid_to)
            return _("{unit} (until {day})").format(unit=unit.full_name, day=until)
        return unit.full_name

    def _school(self, id_: str) -> str:
        if not id_:
            return _("Not one of the list")
        known = self._organisations.get(id_)
        return id_ if known is None else known.word(words.language())


def _held(one: Organisation, on: date) -> bool:
    begun = one.valid_from is None or one.valid_from <= on
    return begun and (one.valid_to is None or on <= one.valid_to)


def point_name(number: int, on: date, reference: Reference) -> str:
    """Name a point as on a day, else as it was called last."""
    try:
        return reference.point(number, on).word(words.language())
    except UnknownReference:
        named = [point for point in reference.every_point if point.number == number]
        return named[-1].word(words.language()) if named else f"{number:03d}"


def _donor(kind: str) -> str:
    return {
        "organisation": _("Organisations"),
        "person": _("Persons"),
    }.get(kind, _("Not known"))


def _coded(table: Table, id_: str, reference: Reference) -> str:
    if not id_:
        return _("Not known")
    try:
        return reference.word(table, id_, words.language())
    except UnknownReference:
        return id_


def file_name(report: Report, ending: str) -> str:
    """A name for the file, of plain ASCII: which point, and until which day."""
    whose_ = "" if report.station is None else f"-{report.station:03d}"
    return f"bao-cao{whose_}-{report.period.kind}-{report.period.last}.{ending}"
