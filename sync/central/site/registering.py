"""What open forms share: the word against a second sending, consents, what is refused."""

import secrets
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from station.text import BadText
from station.words import _
from sync.central.programme.checking import Fault, NotRegistered
from sync.central.programme.consents import (
    Consented,
    ConsentMissing,
    Given,
    Giver,
    Purpose,
    Texts,
    UnknownConsentText,
    Way,
    texts_of,
    texts_on,
)
from sync.central.programme.once import Asking, in_one_way
from sync.central.site.forms import Typed
from sync.central.site.visiting import Visit

CHANNEL = "form"  # the service's own forms
ONCE_FIELD, TEXTS_FIELD = "lan", "ban"
LONGEST_ONCE = 64


def texts(visit: Visit[Any]) -> Texts:
    """The consent texts of this page."""
    return texts_on(visit.today)


def shared(visit: Visit[Any]) -> dict[str, Any]:
    """What both templates are given: the word of this form, and the version of its texts."""
    return once_fields(visit) | {"texts": texts(visit), "texts_field": TEXTS_FIELD}


def once_fields(visit: Visit[Any]) -> dict[str, Any]:
    """The word by which this form is known again when it is sent a second time."""
    typed = visit.typed.raw(ONCE_FIELD)
    fits = 16 <= len(typed) <= LONGEST_ONCE and typed.isascii() and typed.isprintable()
    return {"once": typed if fits else secrets.token_urlsafe(18), "once_field": ONCE_FIELD}


def consent_field(purpose: Purpose, giver: Giver) -> str:
    """The box of one consent."""
    return f"{giver}-{purpose}"


def consented(visit: Visit[Any], givers: Iterable[Giver]) -> Consented:
    """What these ticked, of the texts that they were shown."""
    typed = visit.typed
    version = typed.raw(TEXTS_FIELD)
    try:
        texts_of(version, visit.today)
    except UnknownConsentText:  # whatever was ticked, nobody knows to which words
        version, boxes = texts(visit).id, frozenset[Given]()
    else:
        boxes = frozenset(
            Given(purpose, giver)
            for giver in givers
            for purpose in Purpose
            if typed.ticked(consent_field(purpose, giver))
        )
    return Consented(boxes, version, Way.FORM)


def asking(visit: Visit[Any], new: Struct) -> Asking:
    """Under which word this form came; sent again by the same browser it means the same.

    What else it says then does not matter: whoever went back and changed something is told so.
    """
    key = f"{visit.form_token[:16]}.{once_fields(visit)['once']}"
    return Asking(CHANNEL, key, in_one_way(type(new).__name__, new), visit.now_s)


def look_over(typed: Typed, faults: Iterable[Fault], lacking: tuple[Giver, ...]) -> None:
    """Say of every field at once what is not as it must be: nobody sends a form five times."""
    for field, why in faults:
        refuse(typed, NotRegistered(field, why))
    if lacking:
        refuse(typed, ConsentMissing(lacking))


def refuse(typed: Typed, error: NotRegistered | ConsentMissing | BadText) -> None:
    """Say beside its field what is not as it must be."""
    match error:
        case ConsentMissing():
            for giver in error.givers:
                words = _("Without this consent nothing can be registered.")
                typed.fail(consent_field(Purpose.PROCESS, giver), words)
        case NotRegistered():
            typed.fail(error.field, sentence(error.field, error.why))
        case BadText():
            typed.fail("name", _("This cannot be read as text. Type it anew."))


def sentence(field: str, why: str) -> str:
    """What is wrong, in words."""
    told = {
        ("items", "count"): _("Give at least one device, and at most 10,000 in all."),
        ("expected_on", "past"): _("This day is over."),
        ("address", "missing"): _("To fetch devices the address is needed."),
        ("chosen_case", "missing"): _("A direct gift needs the code of a case from the list."),
        ("chosen_case", "unwanted"): _("A code belongs to a direct gift alone. Choose that above."),
        ("chosen_case", "no_code"): _("This is no code of a case: H and ten digits."),
        ("born_on", "age"): _("From 3 to 60 years. Look at the day again."),
        ("number", "length"): _("A personal number has 12 digits."),
    }
    general = {
        "missing": _("This is needed."),
        "unknown": _("Choose one."),
    }
    return told.get((field, why)) or general.get(why) or _("Look at this again.")
