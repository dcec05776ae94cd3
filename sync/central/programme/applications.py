"""Applications: pupils and students without a machine, from registration to allotment."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class ApplicationState(StrEnum):
    """How an application stands. Whether it is allotted to a point is a column of its own."""

    WAITING = "waiting"  # to be approved
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # the same pupil's other application counts


class Details(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a family or teacher said, as it lies sealed; only the programme's officials see it.

    Points get the people row of the pupil, and that only of a case that is allotted to them.
    """

    pupil: str
    born_on: date | None = None  # None: of a list that does not say it
    number_end: str = ""  # the last four digits of the personal number; the rest is a keyed hash
    school: str = ""  # as it was written
    school_class: str = ""
    address: str = ""
    registrant: str = ""
    phone: str = ""
    need: str = ""
    guardian_contact: str = ""  # what a donor may be told, as the guardian wants it


CHILD_CONSENTS_FROM, OWN_CONSENT_FROM = 7, 16  # years: Luật 91/2025/QH15 điều 24; Luật Trẻ em


def age_on(born_on: date, day: date) -> int:
    """Full years."""
    before = (day.month, day.day) < (born_on.month, born_on.day)
    return day.year - born_on.year - before


def sealed_label(code: str) -> bytes:
    """What the details of an application are bound to."""
    return b"application " + code.encode()
