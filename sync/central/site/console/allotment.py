"""Allotment: approved cases school by school, what each school may be given, what points have."""

from typing import Any

from msgspec import Struct

from station.reference import ReasonUse
from station.text import fold
from station.words import _, _n, language
from sync.central.officials.roles import STEERING
from sync.central.programme import allotting
from sync.central.programme.allotted import (
    NO_SCHOOL,
    PointLine,
    SchoolLine,
    one_school,
    standing,
)
from sync.central.programme.allotting import MOST_AT_ONCE, OverQuota, Wish
from sync.central.programme.deciding import ChangedMeanwhile
from sync.central.site.console import common
from sync.central.site.console.common import by
from sync.central.site.console.names import Names
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows

LIST, ONE = "/dieu-phoi/phan-bo", "/dieu-phoi/phan-bo/truong/{school}"
PAGE = 50
OF_NO_SCHOOL = "-"  # in addresses
MOST_QUOTA = 100_000


class WhichSchools(Struct, frozen=True):
    """Where the list goes on."""

    trang: str = "1"


class OfSchool(Struct, frozen=True):
    """One school, and what was done last."""

    school: str
    xong: str = ""
    so: str = ""  # of how many cases
    con: str = ""  # how many stayed

    @property
    def id(self) -> str:
        """As the database has it."""
        return NO_SCHOOL if self.school == OF_NO_SCHOOL else self.school


@shows("GET", LIST, where=WhichSchools, roles=STEERING)
def school_list(visit: Visit[WhichSchools]) -> Shown:
    """List schools with approved cases: those with most waiting first."""
    page = common.whole(visit.where.trang, least=1)
    names = Names(visit)
    found = standing(visit.engine)
    lines = sorted(found.schools, key=lambda one: (-one.waiting, fold(names.school(one.school))))
    first = (page - 1) * PAGE
    values = {
        "here": "allotment",
        "lines": lines[first : first + PAGE],
        "total": _total(lines),
        "next": page + 1 if first + PAGE < len(lines) else None,
        "points": _points(found.points, names),
        "none": OF_NO_SCHOOL,
        "names": names,
    }
    return Page("console/allotment.html", values)


def _total(lines: list[SchoolLine]) -> SchoolLine:
    return SchoolLine(
        "",
        None,
        sum(one.approved for one in lines),
        sum(one.allotted for one in lines),
        sum(one.given for one in lines),
    )


def _points(found: dict[int, PointLine], names: Names) -> list[PointLine]:
    """Every point, those that lack devices first."""
    every = [found.get(n, PointLine(n, 0, 0, 0)) for n in sorted({*names.points, *found})]
    return sorted(every, key=lambda one: (-one.lacking, one.station))


@shows("GET", ONE, where=OfSchool, roles=STEERING)
def school_page(visit: Visit[OfSchool]) -> Shown:
    """Show how one school stands, and what can be done."""
    return _one(visit)


def _one(visit: Visit[OfSchool], status: int = 200) -> Page:
    names = Names(visit)
    found = one_school(visit.engine, visit.where.id)
    line = found.line
    if not line.approved and line.quota is None and line.school not in names.schools:
        raise NoSuchPage
    values = {
        "here": "allotment",
        "line": line,
        "address": ONE.format(school=visit.where.school),
        "most": min(MOST_AT_ONCE, max(line.waiting, 1)),
        "with_cases": found.with_cases,
        "ready": found.ready,
        "overrides": _overrides(visit),
        "names": names,
        "done": _done(visit.where),
    }
    return Page("console/school.html", values, status=status)


def _overrides(visit: Visit[Any]) -> list[tuple[str, str]]:
    reasons = visit.reference.reasons(ReasonUse.OVER_QUOTA)
    return [(reason.id, reason.word(language())) for reason in reasons]


def _done(where: OfSchool) -> str:
    count, stayed = common.whole(where.so), common.whole(where.con)
    match where.xong:
        case "quota":
            return _("The quota is set.")
        case "allotted":
            given = _n(
                "{count} case was given to the point.",
                "{count} cases were given to the point.",
                count,
            )
            return given.format(count=count)
        case "freed":
            freed = _n("{count} case was taken back.", "{count} cases were taken back.", count)
            kept = _n("{count} stays: a device is kept.", "{count} stay: devices are kept.", stayed)
            told = freed.format(count=count)
            return f"{told} {kept.format(count=stayed)}" if stayed else told
    return ""


@shows("POST", f"{ONE}/chi-tieu", where=OfSchool, roles=STEERING)
def set_quota(visit: Visit[OfSchool]) -> Shown:
    """Say how many devices the school may be given."""
    devices = visit.typed.number("quota", 0, MOST_QUOTA, required=True)
    school = visit.where.id
    if school not in Names(visit).schools:
        raise NoSuchPage
    if devices is None:
        return _one(visit, status=422)
    allotting.set_quota(visit.engine, school, devices, by(visit))
    return common.done(visit, ONE.format(school=visit.where.school), "quota")


@shows("POST", f"{ONE}/giao", where=OfSchool, roles=STEERING)
def allot(visit: Visit[OfSchool]) -> Shown:
    """Give so many cases of the school to a point, the oldest first."""
    names = Names(visit)
    cases = visit.typed.number("cases", 1, MOST_AT_ONCE, required=True)
    station = visit.typed.choice("station", [str(n) for n in names.points], required=True)
    reason = visit.typed.choice("override", [id_ for id_, _word in _overrides(visit)])
    if cases is None or station is None or visit.typed.errors:
        return _one(visit, status=422)
    try:
        wish = Wish(visit.where.id, int(station), cases, reason, seen=common.seen(visit))
        given = allotting.allot(visit.engine, wish, by(visit))
    except OverQuota as error:
        text = _("The school may be given {count} more. Raise its quota, or name why it gets more.")
        visit.typed.fail("override", text.format(count=error.left))
        return _one(visit, status=409)
    except ChangedMeanwhile as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    return common.done(visit, ONE.format(school=visit.where.school), "allotted", so=str(given))


@shows("POST", f"{ONE}/thu-hoi", where=OfSchool, roles=STEERING)
def free(visit: Visit[OfSchool]) -> Shown:
    """Take back from a point what nothing is kept for there."""
    found = one_school(visit.engine, visit.where.id)
    here = [str(station) for station, _count in found.with_cases]
    station = visit.typed.choice("from", here, required=True)
    if station is None:
        return _one(visit, status=422)
    freed, stayed = allotting.take_back_all(visit.engine, visit.where.id, int(station), by(visit))
    address = ONE.format(school=visit.where.school)
    return common.done(visit, address, "freed", so=str(freed), con=str(stayed))


VIEWS = (school_list, school_page, set_quota, allot, free)
