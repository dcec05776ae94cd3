"""The programme in numbers, by point and month, as the last snapshot says."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from markupsafe import Markup
from msgspec import Meta, Struct

from station.reference import Reference, Table, UnknownReference
from station.words import _
from sync.central.numbers import showing
from sync.central.numbers.showing import Holding, Numbers
from sync.central.site.charts import Series, bars
from sync.central.site.rendering import month as written_month
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows

CHART = 12  # months side by side
PAGE = 40  # points


class OfMonth(Struct, frozen=True):
    """Which month is looked at, "" being everything so far; and which page of the points."""

    thang: str = ""
    trang: Annotated[int, Meta(ge=1, le=1_000)] = 1


class Line(Struct, frozen=True):
    """One line of a table."""

    word: str
    figures: tuple[int, ...]


@shows("GET", "/so-lieu", where=OfMonth)
def numbers(visit: Visit[OfMonth]) -> Shown:
    """Show all figures, or those of one month."""
    said = showing.shown(visit.engine) or Numbers(0, visit.today)
    month = _month(visit.where.thang)
    if month is not None and all(one.month != month for one in said.months):
        raise NoSuchPage
    words = _Words(visit.reference, visit.language, said.day)
    points = _points(said, month, words)
    page, pages = visit.where.trang, max(-(-len(points) // PAGE), 1)
    if page > pages:
        raise NoSuchPage
    values = {
        "said": said,
        "month": month,
        "chart": _chart(said),
        "totals": _totals(said, month),
        "points": points[(page - 1) * PAGE : page * PAGE],
        "page": page,
        "pages": pages,
        "communes": _cells(said.communes, month, words.commune),
        "levels": _cells(said.levels, month, words.level),
        "rest": (said.communes_rest, said.levels_rest),
    }
    version = f"numbers {said.made_s} {visit.where.thang} {page} {visit.today}"
    return Page("numbers.html", values, version=version)


def _month(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise NoSuchPage from error


def _totals(said: Numbers, month: date | None) -> tuple[int, int, int]:
    """Received, given, and ready now; of a month without the last one."""
    if month is None:
        return said.received, said.given, sum(point.ready for point in said.points)
    its = next(one for one in said.months if one.month == month)
    return its.received, its.given, 0


def _points(said: Numbers, month: date | None, words: "_Words") -> list[Line]:
    if month is None:
        return [Line(words.point(one.point), _so_far(one)) for one in said.points]
    return [
        Line(words.point(flow.point), (flow.received, flow.given, flow.retired))
        for flow in said.flows
        if flow.month == month
    ]


def _so_far(one: Holding) -> tuple[int, ...]:
    return one.received, one.in_work, one.ready, one.at_school, one.given, one.retired


def _cells(
    cells: tuple[showing.Shown, ...], month: date | None, word: Callable[[str], str]
) -> list[Line]:
    told = [
        Line(word(cell.id), (cell.given if month is None else cell.in_month(month),))
        for cell in cells
    ]
    return sorted((line for line in told if line.figures[0]), key=lambda line: line.word)


def _chart(said: Numbers) -> Markup:
    months = said.months[:CHART][::-1]
    if not months:
        return Markup("")
    return bars(
        "months",
        _("Received and given by month"),
        _("The same figures stand in the table of months below."),
        [written_month(one.month) for one in months],
        [
            Series(_("Received"), tuple(one.received for one in months)),
            Series(_("Given"), tuple(one.given for one in months)),
        ],
    )


class _Words:
    """Names as they are on the day of the snapshot; a code that is not known stays a code."""

    def __init__(self, reference: Reference, language: str, day: date) -> None:
        self._reference, self._language, self._day = reference, language, day

    def point(self, number: int) -> str:
        """Its name."""
        try:
            return self._reference.point(number, self._day).word(self._language)
        except UnknownReference:
            return _("Point {number}").format(number=f"{number:03d}")

    def commune(self, code: str) -> str:
        """As it is called now, or was called last."""
        versions = self._reference.versions(code)
        return versions[0].full_name if versions else code

    def level(self, id_: str) -> str:
        """Of school."""
        try:
            return self._reference.word(Table.LEVELS, id_, self._language)
        except UnknownReference:
            return id_


VIEWS = (numbers,)
