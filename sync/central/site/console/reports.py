"""Reports: looked at under any heading, taken along as files, and closed by the Department."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from station.periods import Period, PeriodKind, of
from station.report import By
from station.words import _
from sync.central.database import reading, writing
from sync.central.numbers import closing, reporting
from sync.central.numbers.closing import AlreadyClosed, NotOver, OutOfOrder
from sync.central.numbers.reporting import Brought
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import EVERYBODY, STEERING
from sync.central.site.charts import Series, bars
from sync.central.site.rendering import linked
from sync.central.site.visiting import File, GoTo, NoSuchPage, Page, Shown, Visit, shows
from sync.report import words
from sync.report.document import document
from sync.report.workbook import workbook

REPORTS: Final = "/dieu-phoi/bao-cao"
MOST_ROWS: Final = 120  # of a table on the page; a file holds all
FILES: Final = {
    "docx": (
        document,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class Asked(Struct, frozen=True):
    """Which report, and under which heading."""

    loai: str = PeriodKind.MONTH  # kind of period
    ky: str = ""  # a day of it; "": the last that is over
    muc: str = By.POINT  # heading
    dang: str = ""  # of the file
    xong: str = ""  # what was done a moment ago


@shows("GET", REPORTS, where=Asked, roles=EVERYBODY)
def reports(visit: Visit[Asked]) -> Shown:
    """Show a report."""
    return _page(visit, _period(visit.where.loai, visit.where.ky, visit))


@shows("GET", f"{REPORTS}/tai-ve", where=Asked, roles=EVERYBODY)
def download(visit: Visit[Asked]) -> Shown:
    """Give the report as a file; who took it is noted."""
    if visit.where.dang not in FILES:
        raise NoSuchPage
    write, media = FILES[visit.where.dang]
    period = _period(visit.where.loai, visit.where.ky, visit)
    with reading(visit.engine) as connection:
        report, _closed = reporting.report_on(connection, period, visit.reference, visit.today)
    body = write(report, visit.reference)
    with writing(visit.engine) as connection:
        what = f"{period.kind} {period.first} {visit.where.dang}"
        acts.note(connection, visit.official.name, Act.EXPORTED, visit.now_s, detail=what)
    return File(body, media, words.file_name(report, visit.where.dang))


@shows("POST", f"{REPORTS}/chot", where=Asked, roles=STEERING)
def close(visit: Visit[Asked]) -> Shown:
    """Close a period."""
    typed = visit.typed
    period = _period(typed.raw("loai"), typed.raw("ky"), visit)
    if not typed.ticked("checked"):
        typed.fail("checked", _("Tick that the figures were checked."))
        return _page(visit, period, status=422)
    reference = visit.reference
    try:
        closing.close(
            visit.engine,
            period,
            reference.unit_changes(),
            visit.official.name,
            today=visit.today,
            now_s=visit.now_s,
        )
    except AlreadyClosed:
        pass  # somebody was quicker, or the form came twice: it is as was wished
    except NotOver:
        typed.fail("checked", _("The period is not over yet."))
    except OutOfOrder as error:
        first = words.period_name(of(period.kind, error.next_first))
        typed.fail("checked", _("{period} is to be closed first.").format(period=first))
    if typed.errors:
        return _page(visit, period, status=422)
    query = {"loai": period.kind.value, "ky": period.first.isoformat(), "xong": "chot"}
    return GoTo(linked(REPORTS, visit.language, query))


VIEWS = (reports, download, close)


# ---- what the page is given ----


def _period(kind: str, day: str, visit: Visit[Asked]) -> Period:
    """The period that was asked for; raises NoSuchPage."""
    try:
        asked = PeriodKind(kind)
        if not day:
            return reporting.usual(asked, visit.today, visit.reference)
        began_on = visit.reference.programme.began_on
        return of(asked, max(began_on, min(date.fromisoformat(day), visit.today)))
    except ValueError as error:
        raise NoSuchPage from error


def _page(visit: Visit[Asked], period: Period, status: int = 200) -> Page:
    try:
        by = By(visit.where.muc)
    except ValueError as error:
        raise NoSuchPage from error
    with reading(visit.engine) as connection:
        report, closed = reporting.report_on(connection, period, visit.reference, visit.today)
        brought = reporting.brought(connection, period, visit.reference)
        closable = reporting.may_be_closed(connection, report)
    told = next(one for one in words.tables(report, visit.reference) if one.by is by)
    query = {"loai": period.kind.value, "ky": period.first.isoformat()}
    values = {
        "here": "reports",
        "report": report,
        "title": words.title(),
        "period": words.period_name(period),
        "days": words.period_days(period),
        "closing": words.closing_words(report),
        "closed_by": closed.official if closed else "",
        "closable": closable and visit.official.role in STEERING,
        "done": visit.where.xong == "chot",
        "lines": tuple(words.lines_of_total(report)),
        "columns": words.column_words(),
        "told": told,
        "rows": told.rows[:MOST_ROWS],
        "more": max(len(told.rows) - MOST_ROWS, 0),
        "notes": words.notes(report),
        "headings": [(one.value, words.heading(one)) for one in By],
        "kinds": [(kind.value, words.kind_word(kind)) for kind in PeriodKind],
        "periods": _choice(period, visit),
        "query": query,
        "chart": _chart(brought),
        "brought": [(words.period_name(b.period), b.received, b.given) for b in brought],
    }
    return Page("console/reports.html", values, status=status)


def _choice(period: Period, visit: Visit[Asked]) -> list[tuple[str, str]]:
    there = reporting.choice(period.kind, visit.today, visit.reference)
    listed = there if period in there else (*there, period)
    return [(one.first.isoformat(), words.period_name(one)) for one in listed]


def _chart(brought: Sequence[Brought]) -> str:
    received, given = _("Received"), _("Given")
    series = (
        Series(received, tuple(one.received for one in brought)),
        Series(given, tuple(one.given for one in brought)),
    )
    labels = [_label(one.period) for one in brought]
    told = _("Devices received and given, period by period; the table below holds the figures.")
    return bars("brought", _("Received and given by period"), told, labels, series)


def _label(period: Period) -> str:
    """Short, for below a bar."""
    year = f"{period.year % 100:02d}"
    match period.kind.months:
        case 1:
            return f"{period.last.month}/{year}"
        case 3:
            return f"{words.ROMAN[period.number - 1]}/{year}"
        case 6:
            return f"{period.number}/{year}"
    return str(period.year)
