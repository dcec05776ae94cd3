"""Direct gifts: officials ask the guardian, and record what came of it."""

from functools import partial

from msgspec import Struct

from station.words import _
from sync.central.officials.roles import WITH_CASES
from sync.central.programme import assigning, giving_directly
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.gifts import GiftState
from sync.central.programme.giving_directly import CaseTaken
from sync.central.programme.listing import written
from sync.central.site.console import common
from sync.central.site.console.common import OfOne, by
from sync.central.site.console.names import Names
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows

LIST, ONE = "/dieu-phoi/tang-truc-tiep", "/dieu-phoi/tang-truc-tiep/ma/{code}"


class WhichGifts(Struct, frozen=True):
    """Which list, and where it goes on."""

    trang_thai: str = GiftState.CHOSEN
    sau: str = ""


def state_words() -> dict[str, str]:
    """How direct gifts stand."""
    return {
        GiftState.CHOSEN: _("To ask the guardian"),
        GiftState.AGREED: _("Agreed"),
        GiftState.REFUSED: _("Did not come about"),
        GiftState.GIVEN: _("Given"),
    }


@shows("GET", LIST, where=WhichGifts, roles=WITH_CASES)
def gift_list(visit: Visit[WhichGifts]) -> Shown:
    """List direct gifts in a state, oldest first."""
    state = visit.where.trang_thai
    if state not in set(GiftState):
        raise NoSuchPage
    page = giving_directly.listed(visit.engine, GiftState(state), common.place(visit.where.sau))
    values = {
        "here": "offers",
        "state": state,
        "states": state_words(),
        "rows": page.rows,
        "after": written(page.after),
        "names": Names(visit),
    }
    return Page("console/gifts.html", values)


@shows("GET", ONE, where=OfOne, roles=WITH_CASES)
def gift_page(visit: Visit[OfOne]) -> Shown:
    """Show a donor and the family they chose; that it was looked at is noted."""
    return _one(visit)


def _one(visit: Visit[OfOne], status: int = 200) -> Page:
    try:
        found = giving_directly.seen(visit.engine, visit.own, visit.where.code, by(visit))
    except NothingThere as error:
        raise NoSuchPage from error
    values = {
        "here": "offers",
        "gift": found,
        "items": assigning.items_of(found.offer),
        "states": state_words(),
        "names": Names(visit),
        "today": visit.today,
        "done": _done(visit.where.xong),
    }
    return Page("console/gift.html", values, status=status)


def _done(code: str) -> str:
    return {
        "agreed": _("Agreed. The donor now sees the contact you wrote down, and nobody else does."),
        "refused": _("The donor is told to choose another case. This one is free again."),
        "given": _("Recorded as given."),
    }.get(code, "")


@shows("POST", f"{ONE}/dong-y", where=OfOne, roles=WITH_CASES)
def agree_gift(visit: Visit[OfOne]) -> Shown:
    """The guardian wants it, and this contact told."""
    contact = visit.typed.line("contact", required=True)
    visit.typed.choice("asked", ("1",), required=True)
    if visit.typed.errors:
        return _one(visit, status=422)
    code, engine, own = visit.where.code, visit.engine, visit.own
    agree = partial(giving_directly.agree, engine, own, code, by(visit), contact=contact)
    return _decided(visit, "agreed", partial(agree, seen=common.seen(visit)))


@shows("POST", f"{ONE}/khong", where=OfOne, roles=WITH_CASES)
def refuse_gift(visit: Visit[OfOne]) -> Shown:
    """It does not come about."""
    code = visit.where.code
    return _decided(
        visit,
        "refused",
        lambda: giving_directly.refuse(visit.engine, code, common.seen(visit), by(visit)),
    )


@shows("POST", f"{ONE}/da-trao", where=OfOne, roles=WITH_CASES)
def record_gift(visit: Visit[OfOne]) -> Shown:
    """The pupil has it."""
    day = visit.typed.day("day", required=True)
    if day is not None and day > visit.today:
        visit.typed.fail("day", _("This day is yet to come."))
    if day is None or visit.typed.errors:
        return _one(visit, status=422)
    code = visit.where.code
    return _decided(
        visit,
        "given",
        lambda: giving_directly.give(visit.engine, code, day, common.seen(visit), by(visit)),
    )


def _decided(visit: Visit[OfOne], what: str, act: common.Deciding) -> Shown:
    try:
        act()
    except CaseTaken:
        visit.typed.fail(
            "contact",
            _("This pupil has a device, or is to get one: the donor must choose another case."),
        )
        return _one(visit, status=409)
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    return common.done(visit, ONE.format(code=visit.where.code), what)


VIEWS = (gift_list, gift_page, agree_gift, refuse_gift, record_gift)
