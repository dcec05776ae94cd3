"""People's requests by right of the law: by the clock, done here, and their outcome kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from station.reference import ReasonUse
from station.text import BadText
from station.words import _, _n, language
from sync.central.database import writing
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import STEERING, WITH_CASES
from sync.central.programme import persons, rights_requests
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.persons import Corrected, Held
from sync.central.programme.rights import Asking
from sync.central.programme.rights_requests import Request
from sync.central.site.console import common
from sync.central.site.console.common import OfOne, by
from sync.central.site.console.names import Names
from sync.central.site.rights_form import kind_words
from sync.central.site.visiting import File, NoSuchPage, Page, Shown, Visit, shows

LIST, ONE = "/dieu-phoi/quyen", "/dieu-phoi/quyen/ma/{code}"


class WhichRequests(Struct, frozen=True):
    """Those that are open, or those that are done."""

    xong_roi: str = ""
    xong: str = ""


@shows("GET", LIST, where=WhichRequests, roles=WITH_CASES)
def request_list(visit: Visit[WhichRequests]) -> Shown:
    """List requests, what is due first."""
    done = bool(visit.where.xong_roi)
    values = {
        "here": "rights",
        "requests": rights_requests.listed(visit.engine, done=done),
        "is_done": done,
        "most": rights_requests.SHOWN,
        "kinds": kind_words(),
        "left": lambda one: left_words(one, visit.today),
        "today": visit.today,
        "names": Names(visit),
    }
    return Page("console/requests.html", values)


def left_words(one: Request, today: date) -> str:
    """How much time is left."""
    days = one.days_left(today)
    if days < 0:
        return _n("{count} day overdue", "{count} days overdue", -days).format(count=-days)
    if days == 0:
        return _("due today")
    return _n("{count} day left", "{count} days left", days).format(count=days)


@shows("GET", ONE, where=OfOne, roles=WITH_CASES)
def request_page(visit: Visit[OfOne]) -> Shown:
    """Show a request, who asks, and what can be done."""
    return _one(visit)


def _one(visit: Visit[OfOne], status: int = 200) -> Page:
    one, asking = _opened(visit)
    found = _held(visit, one)
    own = next((held for held in found if held.code == one.about), None)
    values = {
        "here": "rights",
        "request": one,
        "asking": asking,
        "kinds": kind_words(),
        "left": left_words(one, visit.today),
        "overdue": one.done_on is None and one.days_left(visit.today) < 0,
        "held": own,
        "others": [held.code for held in found if held is not own],
        "may_act": own is not None and own.names_somebody,
        "phone_fits": own is not None and asking is not None and own.phone == asking.phone,
        "is_offer": one.about is not None and persons.is_offer(one.about),
        "outcomes": _outcomes(visit),
        "names": Names(visit),
        "done": _done(visit.where.xong),
    }
    return Page("console/request.html", values, status=status)


def _opened(visit: Visit[OfOne]) -> tuple[Request, Asking | None]:
    """The request; one about an offer is the Department's alone."""
    try:
        one, asking = rights_requests.one(
            visit.engine, visit.own.people, visit.where.code, by(visit)
        )
    except NothingThere as error:
        raise NoSuchPage from error
    if one.about and persons.is_offer(one.about) and visit.official.role not in STEERING:
        raise NoSuchPage
    return one, asking


def _held(visit: Visit[Any], one: Request) -> tuple[Held, ...]:
    return persons.held(visit.engine, visit.own, one.about) if one.about else ()


def _outcomes(visit: Visit[Any]) -> list[tuple[str, str]]:
    reasons = visit.reference.reasons(ReasonUse.END_REQUEST)
    return [(reason.id, reason.word(language())) for reason in reasons]


def _done(code: str) -> str:
    return {
        "answered": _("Noted: whoever asked was answered."),
        "finished": _("Noted: the request is done."),
        "again": _("The request is open again; its clocks run as they did."),
        "withdrawn": _("The consent is taken back: the offer or case ended, points lose the data."),
        "hidden": _("Nothing of it is published any more."),
        "erased": _("The data are erased here and at every point. Now record the outcome."),
        "corrected": _("Put right, here and at the point that has it. Now record the outcome."),
    }.get(code, "")


# ---- the clocks ----


@shows("POST", f"{ONE}/tra-loi", where=OfOne, roles=WITH_CASES)
def answer_request(visit: Visit[OfOne]) -> Shown:
    """Whoever asked was told what will be done."""
    return _did(
        visit,
        "answered",
        lambda one: rights_requests.answer(visit.engine, one.code, visit.today, by(visit)),
    )


@shows("POST", f"{ONE}/ket-qua", where=OfOne, roles=WITH_CASES)
def finish_request(visit: Visit[OfOne]) -> Shown:
    """Record the outcome."""
    outcome = visit.typed.choice("outcome", [id_ for id_, _word in _outcomes(visit)], required=True)
    if outcome is None:
        return _one(visit, status=422)
    return _did(
        visit,
        "finished",
        lambda one: rights_requests.finish(visit.engine, one.code, outcome, visit.today, by(visit)),
    )


@shows("POST", f"{ONE}/mo-lai", where=OfOne, roles=WITH_CASES)
def open_request_again(visit: Visit[OfOne]) -> Shown:
    """It was ended by mistake."""
    return _did(
        visit, "again", lambda one: rights_requests.open_again(visit.engine, one.code, by(visit))
    )


# ---- what is asked ----


@shows("POST", f"{ONE}/rut", where=OfOne, roles=WITH_CASES)
def withdraw_consent(visit: Visit[OfOne]) -> Shown:
    """Take the consent back: to everything, or to publishing alone."""
    what = visit.typed.choice("what", ("all", "publish"), required=True)
    if what is None:
        return _one(visit, status=422)
    if what == "publish":
        return _did(
            visit,
            "hidden",
            lambda one: persons.withdraw_publishing(
                visit.engine, visit.own, _about(one), by(visit)
            ),
        )
    return _did(
        visit,
        "withdrawn",
        lambda one: persons.withdraw_consent(visit.engine, _about(one), by(visit)),
    )


@shows("POST", f"{ONE}/xoa", where=OfOne, roles=WITH_CASES)
def erase_person(visit: Visit[OfOne]) -> Shown:
    """Erase what is held, here and at every point; nothing brings it back."""
    if not visit.typed.ticked("sure"):
        visit.typed.fail("sure", _("Tick that you are sure: nothing brings the data back."))
        return _one(visit, status=422)
    return _did(
        visit,
        "erased",
        lambda one: persons.erase(visit.engine, visit.own, _about(one), by(visit)),
    )


@shows("POST", f"{ONE}/sua", where=OfOne, roles=WITH_CASES)
def correct_person(visit: Visit[OfOne]) -> Shown:
    """Say it as the person wants it."""
    typed = visit.typed
    new = Corrected(
        name=typed.name("name", required=True),
        phone=typed.phone("phone"),
        address=typed.line("address"),
        school_class=typed.line("school_class"),
        registrant=typed.name("registrant"),
        born_on=typed.day("born_on"),
    )
    if typed.errors:
        return _one(visit, status=422)
    return _did(
        visit,
        "corrected",
        lambda one: persons.correct(
            visit.engine, visit.own, _about(one), new, by(visit), seen=common.seen(visit)
        ),
    )


@shows("POST", f"{ONE}/tep", where=OfOne, roles=WITH_CASES)
def export_person(visit: Visit[OfOne]) -> Shown:
    """A file with everything that is held, for whoever asked."""
    one, _asking = _opened(visit)
    found = _held(visit, one)
    with writing(visit.engine) as connection:
        name = visit.official.name
        acts.note(connection, name, Act.EXPORTED, visit.now_s, about=one.about or one.code)
    lines = [line for held in found for line in _told(held, Names(visit))]
    if not found:
        lines = [_("Nothing is held under this code.")]
    text = "\r\n".join(lines)
    return File(text.encode("utf-8-sig"), "text/plain; charset=utf-8", f"{one.code}.txt")


def _told(held: Held, names: Names) -> Iterator[str]:
    """Everything under one code, a line each."""
    row = held.row
    yield f"{_('Code')}: {held.code}"
    yield f"{_('Registered')}: {names.day(row.created_s)}"
    if held.donor is not None:
        yield f"{_('Donor')}: {held.donor.name}"
        yield f"{_('Phone')}: {held.donor.phone}"
        yield f"{_('Address')}: {held.donor.address}"
        yield f"{_('Devices')}: {row.devices}"
        yield f"{_('Note')}: {held.note}"
    if held.details is not None:
        yield from _told_of_pupil(held, names)
    if row.station is not None:
        yield f"{_('Point')}: {names.point(row.station)}"
    for consent in held.consents:
        withdrawn = names.day(consent.withdrawn_s)
        yield f"{_('Consent')}: {consent.purpose}, {consent.by}, {names.day(consent.given_s)}" + (
            f" – {_('withdrawn {day}').format(day=withdrawn)}" if withdrawn else ""
        )
    yield ""


def _told_of_pupil(held: Held, names: Names) -> Iterator[str]:
    said, row = held.details, held.row
    if said is None:
        return
    yield f"{_('Pupil')}: {said.pupil}"
    yield f"{_('Born on')}: {said.born_on:%d/%m/%Y}" if said.born_on else f"{_('Born on')}:"
    yield f"{_('Personal number ends in')}: {said.number_end}"
    yield f"{_('School')}: {names.school(row.school) if row.school else said.school}"
    yield f"{_('Class')}: {said.school_class}"
    yield f"{_('Level')}: {names.level(row.level)}"
    yield f"{_('Commune')}: {names.unit(row.unit)}"
    yield f"{_('Address')}: {said.address}"
    yield f"{_('Registered by')}: {said.registrant} ({names.relation(row.relation)})"
    yield f"{_('Phone')}: {said.phone}"
    yield f"{_('Need')}: {said.need}"
    yield f"{_('Decision')}: {row.decision or ''}"


def _about(one: Request) -> str:
    if one.about is None:
        raise NoSuchPage
    return one.about


def _did(visit: Visit[OfOne], what: str, act: Any) -> Shown:
    one, _asking = _opened(visit)
    try:
        act(one)
    except BadText:
        visit.typed.fail("name", _("This cannot be kept as it is typed."))
        return _one(visit, status=422)
    except (NothingThere, ChangedMeanwhile) as error:
        if isinstance(error, NothingThere):
            visit.typed.fail("seen", _("Nothing is held under this code."))
        else:
            common.missed(visit, error)
        return _one(visit, status=409)
    return common.done(visit, ONE.format(code=one.code), what)


VIEWS = (
    request_list, request_page, answer_request, finish_request, open_request_again,
    withdraw_consent, erase_person, correct_person, export_person,
)  # fmt: skip
