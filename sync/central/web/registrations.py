"""What the programme's app and chat channels bring and ask: gifts, pupils, and how they stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from sync.central.database import reading
from sync.central.problems import Refused, refused
from sync.central.programme import standing
from sync.central.programme.checking import NotRegistered
from sync.central.programme.consents import ConsentMissing, Texts, texts_on
from sync.central.programme.once import Asking, KeyReused, in_one_way
from sync.central.programme.own_withdrawal import (
    TooLate,
    withdraw_application,
    withdraw_offer,
)
from sync.central.programme.registering import Registered
from sync.central.programme.standing import ApplicationStanding, Key, NotKnown, OfferStanding
from sync.central.programme.taking_in import take_application, take_offer
from sync.central.web.asking import Asked, Header, Nowhere, asks
from sync.central.web.registration_messages import (
    AS_SENT,
    ApplicationRequest,
    Choices,
    OfferRequest,
    choices,
    new_application,
    new_offer,
)
from sync.wire import Problem, Scope

ONCE = Header("Idempotency-Key", "drawn anew for each registration, the same when it is sent again")
WORD = Header("Registration-Word", "the secret word that was told with the code")
OF_REGISTRATION = ("bad_registration", "consent_missing", "no_key", "key_reused")
LARGEST = 64 * 2**10


class OfCode(Struct, frozen=True):
    """Which one, by its code."""

    code: str


# ---- bringing ----


@asks(
    "POST",
    "/offers",
    reads=OfferRequest,
    answers=Registered,
    scopes=(Scope.OFFERS,),
    headers=(ONCE,),
    refusals=OF_REGISTRATION,
    largest=LARGEST,
)
def bring_offer(asked: Asked[OfferRequest, Nowhere]) -> Registered:
    """Register what a donor gives; where its point is clear, it is expected there at once."""
    reference = asked.central.words.now()
    with _refusals():
        new = new_offer(asked.message, asked.caller.name, reference.programme.day(asked.now_s))
        asking = _asking(asked, asked.message)
        return take_offer(asked.engine, asked.own, reference, new, asking, assigns=True)


@asks(
    "POST",
    "/applications",
    reads=ApplicationRequest,
    answers=Registered,
    scopes=(Scope.APPLICATIONS,),
    headers=(ONCE,),
    refusals=OF_REGISTRATION,
    largest=LARGEST,
)
def bring_application(asked: Asked[ApplicationRequest, Nowhere]) -> Registered:
    """Register a pupil or student without a machine."""
    reference = asked.central.words.now()
    with _refusals():
        day = reference.programme.day(asked.now_s)
        new = new_application(asked.message, asked.caller.name, day)
        asking = _asking(asked, asked.message)
        return take_application(asked.engine, asked.own, reference, new, asking)


def _asking(asked: Asked[Any, Nowhere], said: Struct) -> Asking:
    """As it was sent: what this day makes of it may be something else tomorrow."""
    key = asked.header(ONCE)
    if not key:
        raise refused("no_key")
    body = in_one_way(type(said).__name__, said)
    return Asking(asked.caller.name, key, body, asked.now_s)


# ---- how it stands ----


@asks(
    "GET",
    "/offers/{code}",
    where=OfCode,
    answers=OfferStanding,
    scopes=(Scope.OFFERS,),
    headers=(WORD,),
    refusals=("unknown_registration",),
)
def offer_standing(asked: Asked[None, OfCode]) -> OfferStanding:
    """Say how an offer stands: one this program brought, or whose word it was told."""
    with _refusals(), reading(asked.engine) as connection:
        return standing.offer(connection, asked.own, asked.central.words.now(), _key(asked))


@asks(
    "GET",
    "/applications/{code}",
    where=OfCode,
    answers=ApplicationStanding,
    scopes=(Scope.APPLICATIONS,),
    headers=(WORD,),
    refusals=("unknown_registration",),
)
def application_standing(asked: Asked[None, OfCode]) -> ApplicationStanding:
    """Say how an application stands: one this program brought, or whose word it was told."""
    with _refusals(), reading(asked.engine) as connection:
        return standing.application(connection, asked.central.words.now(), _key(asked))


def _key(asked: Asked[None, OfCode]) -> Key:
    return Key(asked.where.code, asked.header(WORD), asked.caller.name)


# ---- taking back ----


@asks(
    "POST",
    "/offers/{code}/withdrawal",
    where=OfCode,
    answers=None,
    scopes=(Scope.OFFERS,),
    headers=(WORD,),
    refusals=("unknown_registration", "too_late"),
)
def take_offer_back(asked: Asked[None, OfCode]) -> None:
    """Withdraw an offer, with its donor's word."""
    with _refusals():
        key = Key(asked.where.code, asked.header(WORD))
        withdraw_offer(asked.engine, key, asked.now_s)


@asks(
    "POST",
    "/applications/{code}/withdrawal",
    where=OfCode,
    answers=None,
    scopes=(Scope.APPLICATIONS,),
    headers=(WORD,),
    refusals=("unknown_registration", "too_late"),
)
def take_application_back(asked: Asked[None, OfCode]) -> None:
    """Withdraw an application, with the word of who registered it."""
    with _refusals():
        key = Key(asked.where.code, asked.header(WORD))
        withdraw_application(asked.engine, key, asked.now_s)


# ---- what can be said ----


@asks("GET", "/choices", answers=Choices, scopes=(Scope.OFFERS, Scope.APPLICATIONS))
def what_can_be_chosen(asked: Asked[None, Nowhere]) -> Choices:
    """List what the fields of a registration may say today."""
    reference = asked.central.words.now()
    return choices(reference, reference.programme.day(asked.now_s))


@asks("GET", "/consents", answers=Texts, scopes=(Scope.OFFERS, Scope.APPLICATIONS))
def consent_texts(asked: Asked[None, Nowhere]) -> Texts:
    """Hand out the texts that people agree to, by who agrees and to what."""
    return texts_on(asked.central.words.now().programme.day(asked.now_s))


@contextmanager
def _refusals() -> Iterator[None]:
    """What the programme refuses, as problems."""
    try:
        yield
    except NotRegistered as error:
        field = AS_SENT.get(error.field, error.field)
        raise Refused(Problem("bad_registration", field=field, why=error.why)) from error
    except ConsentMissing as error:
        raise Refused(Problem("consent_missing", field=str(error.givers[0]))) from error
    except KeyReused as error:
        raise refused("key_reused") from error
    except NotKnown as error:
        raise refused("unknown_registration") from error
    except TooLate as error:
        raise refused("too_late") from error


QUESTIONS = (
    bring_offer,
    bring_application,
    offer_standing,
    application_standing,
    take_offer_back,
    take_application_back,
    what_can_be_chosen,
    consent_texts,
)
