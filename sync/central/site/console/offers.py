"""Offers: listed by state, found by code, name or number; assigned to a point, or declined."""

from typing import Any

from msgspec import Struct

from station.reference import ReasonUse
from station.words import _, language
from sync.central.officials.roles import STEERING
from sync.central.programme import assigning, point_rules, seen
from sync.central.programme.assigning import DevicesCame
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.listing import written
from sync.central.programme.nearest import nearest, of_department
from sync.central.programme.offers import OfferForm, OfferPlace, OfferState
from sync.central.site.console import common
from sync.central.site.console.common import OfOne, by
from sync.central.site.console.names import Names
from sync.central.site.visiting import GoTo, NoSuchPage, Page, Shown, Visit, shows

LIST, ONE = "/dieu-phoi/tang-may", "/dieu-phoi/tang-may/ma/{code}"
RULES = "/dieu-phoi/tang-may/quy-tac"


class WhichOffers(Struct, frozen=True):
    """Which list, and where it goes on."""

    trang_thai: str = OfferState.WAITING
    sau: str = ""


class WhichRule(Struct, frozen=True):
    """What was done last."""

    xong: str = ""


def state_words() -> dict[str, str]:
    """How offers stand."""
    return {
        OfferState.WAITING: _("Waiting"),
        OfferState.ASSIGNED: _("Assigned"),
        OfferState.DIRECT: _("Direct gifts"),
        OfferState.DECLINED: _("Declined"),
        OfferState.WITHDRAWN: _("Withdrawn by the donor"),
        OfferState.DONE: _("Done"),
    }


def place_words() -> dict[str, str]:
    """Where devices are handed over."""
    return {
        OfferPlace.DEPARTMENT: _("At the Department"),
        OfferPlace.POINT: _("At a point"),
        OfferPlace.PICK_UP: _("Fetched at the donor's"),
    }


@shows("GET", LIST, where=WhichOffers, roles=STEERING)
def offer_list(visit: Visit[WhichOffers]) -> Shown:
    """List the offers in a state, oldest first."""
    state = visit.where.trang_thai
    if state not in set(OfferState):
        raise NoSuchPage
    page = seen.offers(visit.engine, state, common.place(visit.where.sau))
    return _list(visit, state, page.rows, written(page.after))


@shows("POST", LIST, where=WhichOffers, roles=STEERING)
def find_offers(visit: Visit[WhichOffers]) -> Shown:
    """Find offers; what was looked for stands in no address."""
    words = visit.typed.line("words", required=True, limit=100)
    if visit.typed.errors:
        return _list(visit, "", (), "", status=422)
    found = seen.found_offers(visit.engine, visit.own, words)
    if len(found) == 1:
        return GoTo(common.address(visit, ONE, found[0].code))
    return _list(visit, "", found, "", searched=True)


def _list(
    visit: Visit[Any],
    state: str,
    rows: tuple[Any, ...],
    after: str,
    *,
    searched: bool = False,
    status: int = 200,
) -> Page:
    values = {
        "here": "offers",
        "state": state,
        "states": state_words(),
        "places": place_words(),
        "rows": rows,
        "after": after,
        "searched": searched,
        "names": Names(visit),
    }
    return Page("console/offers.html", values, status=status)


@shows("GET", ONE, where=OfOne, roles=STEERING)
def offer_page(visit: Visit[OfOne]) -> Shown:
    """Show one offer and who gives; that it was looked at is noted."""
    return _one(visit)


def _one(visit: Visit[OfOne], status: int = 200) -> Page:
    try:
        found = seen.offer(visit.engine, visit.own, visit.where.code, by(visit))
    except NothingThere as error:
        raise NoSuchPage from error
    names = Names(visit)
    row = found.row
    movable = row.state in assigning.MOVABLE and row.form == OfferForm.POINT
    values = {
        "here": "offers",
        "offer": row,
        "items": assigning.items_of(row),
        "donor": found.donor,
        "note": found.note,
        "nearest": _nearest(visit, row),
        "movable": movable,
        "reversible": row.state in {OfferState.ASSIGNED, OfferState.DECLINED},
        "reasons": _reasons(visit),
        "states": state_words(),
        "places": place_words(),
        "names": names,
        "done": _done(visit.where.xong, names.point(row.station)),
    }
    return Page("console/offer.html", values, status=status)


def _done(code: str, point: str) -> str:
    return {
        "assigned": _("Assigned to {point}. It stands on that point's list of expected devices."),
        "declined": _("Declined. The donor's channel is told."),
        "taken_back": _("Taken back: the offer waits again."),
    }.get(code, "").format(point=point)


def _nearest(visit: Visit[Any], row: Any) -> int | None:
    """Where the donor wishes to bring it, else what the rule says."""
    if row.wished_station is not None:
        return int(row.wished_station)
    if row.place == OfferPlace.DEPARTMENT:
        return of_department(visit.reference, visit.today)
    return nearest(visit.reference, point_rules.rules(visit.engine), row.unit, visit.today)


def _reasons(visit: Visit[Any]) -> list[tuple[str, str]]:
    reasons = visit.reference.reasons(ReasonUse.DECLINE_OFFER)
    return [(reason.id, reason.word(language())) for reason in reasons]


@shows("POST", f"{ONE}/giao", where=OfOne, roles=STEERING)
def assign_offer(visit: Visit[OfOne]) -> Shown:
    """Assign it to a point."""
    names = Names(visit)
    station = visit.typed.choice("station", [str(n) for n in names.points], required=True)
    if station is None:
        return _one(visit, status=422)
    code = visit.where.code
    return _decided(
        visit,
        "assigned",
        lambda: assigning.assign(visit.engine, code, int(station), common.seen(visit), by(visit)),
    )


@shows("POST", f"{ONE}/tu-choi", where=OfOne, roles=STEERING)
def decline_offer(visit: Visit[OfOne]) -> Shown:
    """Decline it for a coded reason."""
    reason = visit.typed.choice("reason", [id_ for id_, _word in _reasons(visit)], required=True)
    if reason is None:
        return _one(visit, status=422)
    code = visit.where.code
    return _decided(
        visit,
        "declined",
        lambda: assigning.decline(visit.engine, code, reason, common.seen(visit), by(visit)),
    )


@shows("POST", f"{ONE}/lai", where=OfOne, roles=STEERING)
def take_offer_back(visit: Visit[OfOne]) -> Shown:
    """Let it wait again."""
    code = visit.where.code
    return _decided(
        visit,
        "taken_back",
        lambda: assigning.take_back(visit.engine, code, common.seen(visit), by(visit)),
    )


def _decided(visit: Visit[OfOne], what: str, act: common.Deciding) -> Shown:
    try:
        act()
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    except DevicesCame:
        text = _(
            "Some of the devices came in already: the point closes the offer when all is there."
        )
        visit.typed.fail("seen", text)
        return _one(visit, status=409)
    return common.done(visit, ONE.format(code=visit.where.code), what)


# ---- the rule by unit ----


@shows("GET", RULES, where=WhichRule, roles=STEERING)
def point_rules_page(visit: Visit[WhichRule]) -> Shown:
    """Show which point is nearest to each commune, where an official said one."""
    return _rules(visit)


@shows("POST", RULES, where=WhichRule, roles=STEERING)
def set_point_rule(visit: Visit[WhichRule]) -> Shown:
    """Say which point is nearest to a commune; none: what the list says counts."""
    names = Names(visit)
    unit = visit.typed.choice("unit", names.units, required=True)
    station = visit.typed.choice("station", [str(n) for n in names.points])
    if visit.typed.errors or unit is None:
        return _rules(visit, status=422)
    chosen = None if station is None else int(station)
    point_rules.set_rule(visit.engine, unit, chosen, by(visit))
    return common.done(visit, RULES, "set")


def _rules(visit: Visit[WhichRule], status: int = 200) -> Page:
    names = Names(visit)
    values = {
        "here": "offers",
        "rules": sorted(point_rules.rules(visit.engine).items()),
        "names": names,
        "done": _("The rule is set. Offers that come from now on follow it.")
        if visit.where.xong
        else "",
    }
    return Page("console/point_rules.html", values, status=status)


VIEWS = (
    offer_list, find_offers, offer_page, assign_offer, decline_offer, take_offer_back,
    point_rules_page, set_point_rule,
)  # fmt: skip
