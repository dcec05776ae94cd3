"""Offers: what donors register, and how each stands on its way to a point."""

from enum import StrEnum


class OfferState(StrEnum):
    """How an offer stands."""

    WAITING = "waiting"  # for an official to say where it goes
    ASSIGNED = "assigned"  # it is a document for a point
    DIRECT = "direct"  # the donor chose a case: see `gifts`
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the donor
    DONE = "done"


class OfferForm(StrEnum):
    """How it is to be given."""

    POINT = "point"
    DIRECT = "direct"


class OfferPlace(StrEnum):
    """Where it is handed over."""

    DEPARTMENT = "department"
    POINT = "point"
    PICK_UP = "pick-up"
