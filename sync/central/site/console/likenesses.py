"""Applications that may be of one pupil: side by side, until a person says."""

from typing import Any

from msgspec import Struct

from station.words import _
from sync.central.officials.roles import WITH_CASES
from sync.central.programme import likenesses, seen
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.likenesses import LikenessState, Pair
from sync.central.programme.seen import ApplicationSeen
from sync.central.site.console import common
from sync.central.site.console.applications import state_words
from sync.central.site.console.common import by
from sync.central.site.console.names import Names
from sync.central.site.rendering import day
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows

LIST = "/dieu-phoi/ho-so/trung"
ONE = "/dieu-phoi/ho-so/trung/{code}/{other}"


class WhichPairs(Struct, frozen=True):
    """Where the list goes on, and what was done last."""

    sau: str = ""
    xong: str = ""


class OfPair(Struct, frozen=True):
    """Two applications."""

    code: str
    other: str
    xong: str = ""


@shows("GET", LIST, where=WhichPairs, roles=WITH_CASES)
def likeness_list(visit: Visit[WhichPairs]) -> Shown:
    """List what nobody decided yet."""
    first, _dash, second = visit.where.sau.partition("-")
    pairs, more = likenesses.open_pairs(visit.engine, (first, second))
    values = {
        "here": "applications",
        "pairs": pairs,
        "after": f"{pairs[-1].code}-{pairs[-1].other}" if more else "",
        "by_words": by_words(),
        "done": "",
    }
    return Page("console/likenesses.html", values)


def by_words() -> dict[str, str]:
    """By what two applications are alike."""
    return {
        "number": _("the same personal number"),
        "name": _("the same name, birth date and school"),
    }


@shows("GET", ONE, where=OfPair, roles=WITH_CASES)
def likeness_page(visit: Visit[OfPair]) -> Shown:
    """Show two applications side by side; what they share is marked."""
    return _one(visit)


def _one(visit: Visit[OfPair], status: int = 200) -> Page:
    where = visit.where
    try:
        later, earlier = seen.pair(visit.engine, visit.own, (where.code, where.other), by(visit))
    except NothingThere as error:
        raise NoSuchPage from error
    pair = next(
        (p for p in later.likenesses if (p.code, p.other) == (where.code, where.other)), None
    )
    if pair is None:
        raise NoSuchPage
    names = Names(visit)
    heads, first = _fields(earlier, names)
    _heads, second = _fields(later, names)
    alike = likenesses.alike(first, second)
    values = {
        "here": "applications",
        "pair": pair,
        "is_open": pair.state == LikenessState.OPEN,
        "is_same": pair.state == LikenessState.SAME,
        "earlier": earlier.row,
        "later": later.row,
        "lines": list(zip(heads, first, second, alike, strict=True)),
        "by_words": by_words(),
        "states": state_words(),
        "done": _done(where.xong),
    }
    return Page("console/likeness.html", values, status=status)


def _done(code: str) -> str:
    return {
        "same": _("Said: one pupil. One application goes on, with the consents of both."),
        "different": _("Said: two pupils. Each application goes its own way."),
        "taken_back": _("Taken back: nothing is said yet."),
    }.get(code, "")


def _fields(found: ApplicationSeen, names: Names) -> tuple[list[str], list[str]]:
    row, said, pupil = found.row, found.details, found.pupil
    said_of: dict[str, str] = {
        _("Pupil"): said.pupil if said else (pupil.name if pupil else ""),
        _("Born on"): day(said.born_on) if said else "",
        _("Personal number ends in"): said.number_end if said else "",
        _("School"): names.school(row.school) if row.school else (said.school if said else ""),
        _("Class"): said.school_class if said else "",
        _("Level"): names.level(row.level),
        _("Commune"): names.unit(row.unit),
        _("Address"): said.address if said else "",
        _("Registered by"): said.registrant if said else "",
        _("Relation"): names.relation(row.relation),
        _("Phone"): said.phone if said else "",
        _("Registered"): names.day(row.created_s),
    }
    return list(said_of), list(said_of.values())


@shows("POST", ONE, where=OfPair, roles=WITH_CASES)
def decide_likeness(visit: Visit[OfPair]) -> Shown:
    """Say whether they are one pupil's."""
    said = visit.typed.choice("said", ("same", "different"), required=True)
    if said is None:
        return _one(visit, status=422)
    pair = Pair(visit.where.code, visit.where.other, "")
    return _decided(
        visit, said, lambda: likenesses.decide(visit.engine, pair, said == "same", by(visit))
    )


@shows("POST", f"{ONE}/lai", where=OfPair, roles=WITH_CASES)
def take_likeness_back(visit: Visit[OfPair]) -> Shown:
    """Nothing is said yet."""
    pair = Pair(visit.where.code, visit.where.other, "")
    return _decided(
        visit, "taken_back", lambda: likenesses.take_back(visit.engine, pair, by(visit))
    )


def _decided(visit: Visit[Any], what: str, act: common.Deciding) -> Shown:
    try:
        act()
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    address = ONE.format(code=visit.where.code, other=visit.where.other)
    return common.done(visit, address, what)


VIEWS = (likeness_list, likeness_page, decide_likeness, take_likeness_back)
