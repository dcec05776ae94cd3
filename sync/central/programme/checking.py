"""What a registration must be: choices that there are, days to come, people who can be reached."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from station.codes import BadCode, CodeKind, parse
from station.events import OfferedItem
from station.people import Donor
from station.reference import OrganisationKind, Reference, Table, UnknownReference
from sync.central.programme.applications import Details, age_on
from sync.central.programme.consents import Consented
from sync.central.programme.offers import OfferForm, OfferPlace

MOST_DEVICES = 10_000
MOST_ITEMS = 20
YOUNGEST, OLDEST = 3, 60  # years of whom a machine for lessons is asked for
NUMBER_DIGITS = 12
LIST = "list"  # the channel of an approved list: what it does not say nobody was asked

Fault = tuple[str, str]  # field, why


class NotRegistered(Exception):
    """Something in a registration is not as it must be; `field` and `why` name it by code."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.field, self.why = field, why


class NewOffer(Struct, frozen=True, kw_only=True):
    """What a donor registers."""

    donor: Donor
    items: tuple[OfferedItem, ...]
    form: OfferForm
    place: OfferPlace
    consented: Consented
    channel: str
    station: int | None = None  # the point that the donor chose
    unit: str | None = None
    expected_on: date | None = None
    part: str | None = None
    note: str = ""
    chosen_case: str | None = None  # of a direct gift


class NewApplication(Struct, frozen=True, kw_only=True):
    """What a family, a teacher or a list says of one pupil."""

    details: Details
    level: str
    relation: str
    consented: Consented
    channel: str
    school: str | None = None  # id of an organisation; None: only as it is written in `details`
    unit: str | None = None
    wants: str | None = None
    number: str = ""  # the personal number; only a keyed hash and its end are kept


# ---- offers ----


def check_offer(reference: Reference, new: NewOffer, day: date) -> None:
    """Raises NotRegistered."""
    for field, why in faults_of_offer(reference, new, day):
        raise NotRegistered(field, why)


def faults_of_offer(reference: Reference, new: NewOffer, day: date) -> Iterator[Fault]:
    """Everything that is not as it must be, field by field."""
    yield from _faults_of_items(reference, new.items)
    yield from _faults_of_donor(new)
    if new.station is not None and all(p.number != new.station for p in reference.points(day)):
        yield "station", "unknown"
    if new.expected_on is not None and new.expected_on < day:
        yield "expected_on", "past"
    yield from _unknown(reference, Table.DAY_PARTS, new.part, "part")
    yield from _unknown_unit(reference, new.unit, day)
    yield from _faults_of_case(new)


def _faults_of_items(reference: Reference, items: tuple[OfferedItem, ...]) -> Iterator[Fault]:
    if not 1 <= len(items) <= MOST_ITEMS or sum(one.count for one in items) > MOST_DEVICES:
        yield "items", "count"
    for item in items:
        yield from _unknown(reference, Table.KINDS, item.kind, "items")


def _faults_of_donor(new: NewOffer) -> Iterator[Fault]:
    if not new.donor.name.strip():
        yield "name", "missing"
    if not new.donor.phone.strip():
        yield "phone", "missing"
    if new.place is OfferPlace.PICK_UP and not new.donor.address.strip():
        yield "address", "missing"


def _faults_of_case(new: NewOffer) -> Iterator[Fault]:
    direct = new.form is OfferForm.DIRECT
    if direct != (new.chosen_case is not None):
        yield "chosen_case", "missing" if direct else "unwanted"
    if new.chosen_case is not None:
        try:
            known = parse(new.chosen_case).kind is CodeKind.CASE
        except BadCode:
            known = False
        if not known:
            yield "chosen_case", "no_code"


# ---- applications ----


def check_application(reference: Reference, new: NewApplication, day: date) -> None:
    """Raises NotRegistered."""
    for field, why in faults_of_application(reference, new, day):
        raise NotRegistered(field, why)


def faults_of_application(reference: Reference, new: NewApplication, day: date) -> Iterator[Fault]:
    """Everything that is not as it must be, field by field."""
    yield from _faults_of_pupil(new, day)
    yield from _unknown(reference, Table.LEVELS, new.level, "level")
    yield from _unknown(reference, Table.RELATIONS, new.relation, "relation")
    yield from _unknown(reference, Table.KINDS, new.wants, "wants")
    yield from _unknown_unit(reference, new.unit, day)
    yield from _faults_of_school(reference, new, day)


def _faults_of_pupil(new: NewApplication, day: date) -> Iterator[Fault]:
    said, asked = new.details, new.channel != LIST
    if not said.pupil.strip():
        yield "pupil", "missing"
    if asked and said.born_on is None:
        yield "born_on", "missing"
    if said.born_on is not None and not YOUNGEST <= age_on(said.born_on, day) <= OLDEST:
        yield "born_on", "age"
    if asked and not said.phone.strip():
        yield "phone", "missing"
    if new.number and len(digits(new.number)) != NUMBER_DIGITS:
        yield "number", "length"


def _faults_of_school(reference: Reference, new: NewApplication, day: date) -> Iterator[Fault]:
    schools = {one.id for one in reference.organisations(OrganisationKind.SCHOOL, day)}
    if new.school is not None and new.school not in schools:
        yield "school", "unknown"
    if new.school is None and not new.details.school.strip():
        yield "school", "missing"


# ---- both ----


def _unknown(reference: Reference, table: Table, id_: str | None, field: str) -> Iterator[Fault]:
    try:
        if id_ is not None:
            reference.entry(table, id_)
    except UnknownReference:
        yield field, "unknown"


def _unknown_unit(reference: Reference, unit: str | None, day: date) -> Iterator[Fault]:
    try:
        if unit is not None:
            reference.unit(unit, day)
    except UnknownReference:
        yield "unit", "unknown"


def digits(text: str) -> str:
    """The figures of a number, however it was spaced."""
    return "".join(c for c in text if c.isascii() and c.isdigit())
