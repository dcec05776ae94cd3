"""Registrations as families and donors bring them: everything that is needed, and true."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from station.events import OfferedItem
from station.people import Donor
from station.reference import load
from sync.central.access.secrets import Secrets
from sync.central.database import written
from sync.central.programme import registering
from sync.central.programme.applications import Details
from sync.central.programme.checking import NewApplication, NewOffer
from sync.central.programme.consents import Consented, Given, Giver, Purpose, Way
from sync.central.programme.offers import OfferForm, OfferPlace
from sync.central.programme.registering import Registered

NOW_S = 1_790_000_000  # 2026-09-21
TEXT = "2026-01-01"
EVERYBODY = frozenset(Given(purpose, giver) for purpose in Purpose for giver in Giver)


def agreed(*givers: Giver, purposes: tuple[Purpose, ...] = (Purpose.PROCESS,)) -> Consented:
    """These agreed to these."""
    given = frozenset(Given(purpose, giver) for purpose in purposes for giver in givers)
    return Consented(given, TEXT, Way.FORM)


def an_offer(**changes: Any) -> NewOffer:
    """Two laptops that a person brings to a point."""
    said: dict[str, Any] = {
        "donor": Donor(name="Trần Thị Hạnh", phone="0912 345 678"),
        "items": (OfferedItem("laptop", 2),),
        "form": OfferForm.POINT,
        "place": OfferPlace.POINT,
        "consented": agreed(Giver.DONOR),
        "channel": "form",
        "unit": "25654",
    }
    return NewOffer(**said | changes)


def some_details(**changes: Any) -> Details:
    """A pupil of nine years and her mother."""
    said: dict[str, Any] = {
        "pupil": "Lê Ngọc Ánh",
        "born_on": date(2017, 5, 20),
        "school_class": "4B",
        "address": "12 Hùng Vương, Gò Dầu",
        "registrant": "Phạm Thị Hoa",
        "phone": "0987 654 321",
    }
    return Details(**said | changes)


def an_application(details: Details | None = None, **changes: Any) -> NewApplication:
    """Hers, with every consent that her age needs."""
    said: dict[str, Any] = {
        "details": details or some_details(),
        "level": "primary",
        "relation": "parent",
        "consented": agreed(Giver.CHILD, Giver.REPRESENTATIVE),
        "channel": "form",
        "school": "truong-th-go-dau",
        "unit": "25654",
    }
    return NewApplication(**said | changes)


def register_offer(engine: Engine, own: Secrets, **changes: Any) -> Registered:
    """Keep an offer."""
    new = an_offer(**changes)
    return written(engine, lambda c: registering.register_offer(c, own, load(), new, NOW_S))


def register_application(
    engine: Engine, own: Secrets, details: Details | None = None, **changes: Any
) -> Registered:
    """Keep an application."""
    new = an_application(details, **changes)
    return written(engine, lambda c: registering.register_application(c, own, load(), new, NOW_S))
