"""How an offer or application stands, by its code and word; and taking it back."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from station.device import Stage
from station.words import _
from sync.central.database import reading
from sync.central.programme import standing
from sync.central.programme.applications import ApplicationState
from sync.central.programme.gifts import GiftState
from sync.central.programme.offers import OfferState
from sync.central.programme.own_withdrawal import TooLate, withdraw_application, withdraw_offer
from sync.central.programme.standing import Key, NotKnown
from sync.central.site import ask_form, give_form
from sync.central.site.console.names import Names
from sync.central.site.rendering import linked
from sync.central.site.visiting import GoTo, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

OF_OFFERS, OF_APPLICATIONS = f"{give_form.ADDRESS}/tinh-trang", f"{ask_form.ADDRESS}/tinh-trang"
WITHDRAW = "/rut"
LONGEST_CODE, LONGEST_WORD = 40, 40


@shows("GET", OF_OFFERS)
def offer_asked(_visit: Visit[Nowhere]) -> Shown:
    """Ask for code and word of an offer."""
    return Page("standing_of_offer.html", {"standing": None})


@shows("POST", OF_OFFERS)
def offer_told(visit: Visit[Nowhere]) -> Shown:
    """Say how an offer stands."""
    return _told(visit, "standing_of_offer.html", _offer)


@shows("POST", OF_OFFERS + WITHDRAW)
def offer_withdrawn(visit: Visit[Nowhere]) -> Shown:
    """An offer does not come."""
    return _withdrawn(visit, "standing_of_offer.html", _offer, withdraw_offer)


@shows("GET", OF_OFFERS + WITHDRAW)
def offer_asked_again(visit: Visit[Nowhere]) -> Shown:
    """Whoever comes back to where a form was sent, as for the other language, is asked anew."""
    return GoTo(linked(OF_OFFERS, visit.language))


@shows("GET", OF_APPLICATIONS)
def application_asked(_visit: Visit[Nowhere]) -> Shown:
    """Ask for code and word of an application."""
    return Page("standing_of_application.html", {"standing": None})


@shows("POST", OF_APPLICATIONS)
def application_told(visit: Visit[Nowhere]) -> Shown:
    """Say how an application stands."""
    return _told(visit, "standing_of_application.html", _application)


@shows("POST", OF_APPLICATIONS + WITHDRAW)
def application_withdrawn(visit: Visit[Nowhere]) -> Shown:
    """An application is taken back."""
    return _withdrawn(visit, "standing_of_application.html", _application, withdraw_application)


@shows("GET", OF_APPLICATIONS + WITHDRAW)
def application_asked_again(visit: Visit[Nowhere]) -> Shown:
    """As of offers."""
    return GoTo(linked(OF_APPLICATIONS, visit.language))


def _key(visit: Visit[Nowhere]) -> Key:
    typed = visit.typed
    return Key(typed.raw("code")[:LONGEST_CODE], typed.raw("word")[:LONGEST_WORD])


Telling = Callable[[Visit[Nowhere], Key], dict[str, Any]]


def _told(visit: Visit[Nowhere], template: str, telling: Telling) -> Page:
    visit.central.limits.tries.take(visit.address)  # nobody tries words through
    try:
        return Page(template, telling(visit, _key(visit)))
    except NotKnown:
        return _not_known(visit, template)


def _withdrawn(
    visit: Visit[Nowhere],
    template: str,
    telling: Telling,
    withdraw: Callable[[Any, Key, int], None],
) -> Page:
    visit.central.limits.tries.take(visit.address)
    key = _key(visit)
    try:
        if not visit.typed.ticked("sure"):
            visit.typed.fail("sure", _("Tick the box if you are sure."))
            return Page(template, telling(visit, key), status=422)
        withdraw(visit.engine, key, visit.now_s)
    except NotKnown:
        return _not_known(visit, template)
    except TooLate:
        words = _("It cannot be withdrawn here any more. Please call the point or the Department.")
        visit.typed.fail("sure", words)
        return Page(template, telling(visit, key), status=409)
    return Page(template, telling(visit, key))


def _not_known(visit: Visit[Nowhere], template: str) -> Page:
    visit.typed.fail("word", _("Code and secret word do not belong together."))
    return Page(template, {"standing": None}, status=422)


def _offer(visit: Visit[Nowhere], key: Key) -> dict[str, Any]:
    with reading(visit.engine) as connection:
        told = standing.offer(connection, visit.own, visit.reference, key)
    return _shared(visit, told) | {
        "state": _("It came in. Thank you") if told.came else _offer_word(told.state),
        "gift": _gift_word(told.gift) if told.state == OfferState.DIRECT else "",
        "chooses_again": told.state == OfferState.DIRECT and told.gift == GiftState.REFUSED,
        "stages": {stage: _stage_word(stage) for stage in Stage},
    }


def _application(visit: Visit[Nowhere], key: Key) -> dict[str, Any]:
    with reading(visit.engine) as connection:
        told = standing.application(connection, visit.reference, key)
    word = _application_word(told.counts or told.state)
    return _shared(visit, told) | {"state": _("A computer was given") if told.given else word}


def _shared(visit: Visit[Nowhere], told: Struct) -> dict[str, Any]:
    return {"standing": told, "names": Names(visit)}


def _offer_word(state: str) -> str:
    return {
        OfferState.WAITING: _("Registered; the programme says soon where it goes"),
        OfferState.ASSIGNED: _("A point expects it"),
        OfferState.DIRECT: _("For a pupil whom you chose"),
        OfferState.DECLINED: _("It cannot be taken in"),
        OfferState.WITHDRAWN: _("Withdrawn"),
        OfferState.DONE: _("Done. Thank you"),
    }.get(OfferState(state), state)


def _gift_word(gift: str | None) -> str:
    words = {
        GiftState.CHOSEN: _("The family is being asked."),
        GiftState.AGREED: _("The family agrees. Call whom it named:"),
        GiftState.REFUSED: _("This case is no longer free. You may choose another one."),
    }
    return words.get(GiftState(gift), "") if gift else ""


def _application_word(state: str) -> str:
    return {
        ApplicationState.WAITING: _("Waits for the decision"),
        ApplicationState.APPROVED: _("Approved; waits for a computer"),
        ApplicationState.REFUSED: _("Not approved"),
        ApplicationState.WITHDRAWN: _("Withdrawn"),
    }.get(ApplicationState(state), state)


def _stage_word(stage: Stage) -> str:
    return {
        Stage.RECEIVED: _("taken in"),
        Stage.ON_BENCH: _("being repaired"),
        Stage.READY: _("ready to give"),
        Stage.RESERVED: _("ready to give"),  # that it is kept for somebody is nobody's business
        Stage.HANDED_OVER: _("given"),
        Stage.WITH_SCHOOL: _("with a school"),
        Stage.IN_TRANSIT: _("on its way to another point"),
        Stage.IN_REPAIR_FOR_PUPIL: _("being repaired"),
        Stage.RETIRED: _("could not be given any more"),
    }.get(stage, stage.value)


VIEWS = (
    offer_asked,
    offer_told,
    offer_withdrawn,
    offer_asked_again,
    application_asked,
    application_told,
    application_withdrawn,
    application_asked_again,
)
