"""The approved list: codes and levels, and a commune where nobody stands out."""

from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import Annotated

from msgspec import Meta, Struct

from station.codes import grouped
from station.reference import Reference, Table
from station.sheets import Sheet, as_csv, as_xlsx
from station.words import _
from sync.central.numbers import case_list
from sync.central.numbers.case_list import Case, CaseList
from sync.central.site.visiting import File, NoSuchPage, Page, Shown, Visit, shows

PAGE = 100
CSV = "csv"
MEDIA = {
    CSV: "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Chosen(Struct, frozen=True):
    """What of the list is looked at."""

    cap: str = ""  # level
    xa: str = ""  # commune
    trang: Annotated[int, Meta(ge=1, le=10_000)] = 1


class AsFile(Struct, frozen=True):
    """As what it is taken along."""

    kind: str


@shows("GET", "/danh-sach", where=Chosen)
def approved_list(visit: Visit[Chosen]) -> Shown:
    """Show a page of the list."""
    said, where = _said(visit), visit.where
    fits = [
        case for case in said.cases if where.cap in {"", case.level} and where.xa in {"", case.unit}
    ]
    pages = max(-(-len(fits) // PAGE), 1)
    if where.trang > pages:
        raise NoSuchPage
    cases = fits[(where.trang - 1) * PAGE : where.trang * PAGE]
    values = {
        "said": said,
        "day": visit.reference.programme.day(said.made_s) if said.made_s else None,
        "count": len(fits),
        "page": where.trang,
        "pages": pages,
        "lines": [(case.code, *_words(visit, case)) for case in cases],
        "levels": _levels(visit, said),
        "communes": _communes(visit, said),
        "chosen": where,
    }
    version = f"cases {said.made_s} {where.cap} {where.xa} {where.trang}"
    return Page("case_list.html", values, version=version)


@shows("GET", "/danh-sach/tai-ve/{kind}", where=AsFile)
def approved_list_file(visit: Visit[AsFile]) -> Shown:
    """Hand the whole list out."""
    said, kind = _said(visit), visit.where.kind
    if kind not in MEDIA:
        raise NoSuchPage
    version = f"cases {kind} {said.made_s} {visit.language}"
    return File(_made_once(visit, said), MEDIA[kind], f"danh-sach.{kind}", version)


_making = Lock()
_made: dict[tuple[str, str], tuple[CaseList, Reference, bytes]] = {}


def _made_once(visit: Visit[AsFile], said: CaseList) -> bytes:
    """The bytes of a file: a long list takes seconds, and anybody may ask for it at any time."""
    key, reference = (visit.where.kind, visit.language), visit.reference
    with _making:  # whoever asks meanwhile waits for the same bytes
        kept = _made.get(key)
        if kept is None or kept[0] != said or kept[1] is not reference:
            kept = _made[key] = (said, reference, _file(visit, said))
    return kept[2]


def _file(visit: Visit[AsFile], said: CaseList) -> bytes:
    heads = (_("Case"), _("Level"), _("Commune"))
    sheet = Sheet(_("Approved list"), heads, _lines(visit, said), widths=(18, 28, 32))
    return as_csv(sheet) if visit.where.kind == CSV else as_xlsx([sheet])


def _said(visit: Visit[Chosen] | Visit[AsFile]) -> CaseList:
    return case_list.listed(visit.engine) or CaseList(0, date.min)


def _lines(visit: Visit[AsFile], said: CaseList) -> Iterator[tuple[str, str, str]]:
    for case in said.cases:
        level, unit = _words(visit, case)
        yield grouped(case.code), level, unit


def _words(visit: Visit[Chosen] | Visit[AsFile], case: Case) -> tuple[str, str]:
    return _level(visit, case.level), _commune(visit, case.unit)


def _level(visit: Visit[Chosen] | Visit[AsFile], id_: str) -> str:
    return visit.reference.word(Table.LEVELS, id_, visit.language)


def _commune(visit: Visit[Chosen] | Visit[AsFile], code: str) -> str:
    versions = visit.reference.versions(code) if code else ()
    return versions[0].full_name if versions else ""


def _levels(visit: Visit[Chosen], said: CaseList) -> list[tuple[str, str]]:
    return [(id_, _level(visit, id_)) for id_ in sorted({case.level for case in said.cases})]


def _communes(visit: Visit[Chosen], said: CaseList) -> list[tuple[str, str]]:
    found = [(code, _commune(visit, code)) for code in {case.unit for case in said.cases} if code]
    return sorted(found, key=lambda pair: pair[1])


VIEWS = (approved_list, approved_list_file)
