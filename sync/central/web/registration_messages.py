"""What channels say of gifts and pupils, as messages; a field that nobody knows is refused.

A misspelt one would else be lost without a word, and with it what a family said.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from station.coded import CodedId
from station.events import OfferedItem
from station.people import Donor, person_name
from station.phone import phone_number
from station.reference import OrganisationKind, Reference, Table
from station.text import BadText, clean
from sync.central.programme.applications import Details
from sync.central.programme.checking import NewApplication, NewOffer, NotRegistered
from sync.central.programme.communes import communes
from sync.central.programme.consents import (
    Consented,
    Given,
    Giver,
    Purpose,
    UnknownConsentText,
    Way,
    texts_of,
)
from sync.central.programme.offers import OfferForm, OfferPlace

LINE, WORDS, SHORT = 200, 2_000, 40  # characters
AS_SENT = {"chosen_case": "case"}  # fields that are named otherwise once they came in

Line = Annotated[str, Meta(max_length=LINE)]
Words = Annotated[str, Meta(max_length=WORDS)]
Short = Annotated[str, Meta(max_length=SHORT)]


class ConsentGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody agreed to one thing."""

    purpose: Purpose
    by: Giver


class ConsentsGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Every consent, the version of the texts that were shown, and how they were given."""

    text_version: Short
    given: Annotated[tuple[ConsentGiven, ...], Meta(max_length=8)]
    way: Way = Way.APP


class OfferRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a donor gives. A direct gift names the case that was chosen; others, where it comes."""

    name: Line
    organisation: bool = False
    phone: Short
    address: Line = ""
    items: Annotated[tuple[OfferedItem, ...], Meta(min_length=1, max_length=20)]
    form: OfferForm = OfferForm.POINT
    place: OfferPlace = OfferPlace.POINT
    station: Annotated[int, Meta(ge=1, le=899)] | None = None
    unit: CodedId | None = None
    expected_on: date | None = None
    part: CodedId | None = None
    note: Words = ""
    case: Short | None = None
    consents: ConsentsGiven


class ApplicationRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pupil or student without a machine. `school` is one of the list, else it is written."""

    pupil: Line
    born_on: date
    number: Short = ""  # the personal number
    level: CodedId
    school: CodedId | None = None
    school_written: Line = ""
    school_class: Short = ""
    unit: CodedId | None = None
    address: Line = ""
    wants: CodedId | None = None
    need: Words = ""
    relation: CodedId
    registrant: Line = ""
    phone: Short
    consents: ConsentsGiven


class Choice(Struct, frozen=True):
    """One thing that can be chosen, and its words."""

    id: str
    vi: str
    en: str


class PointChoice(Struct, frozen=True):
    """A point that takes devices in, and the commune it lies in."""

    station: int
    unit: str
    vi: str
    en: str


class Choices(Struct, frozen=True):
    """What the fields of a registration may say today."""

    kinds: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    relations: tuple[Choice, ...]
    parts: tuple[Choice, ...]
    schools: tuple[Choice, ...]
    communes: tuple[Choice, ...]
    points: tuple[PointChoice, ...]


def new_offer(said: OfferRequest, channel: str, day: date) -> NewOffer:
    """What is to be registered; raises NotRegistered."""
    return NewOffer(
        donor=Donor(
            name=_name("name", said.name),
            organisation=said.organisation,
            phone=_phone(said.phone),
            address=_text("address", said.address, LINE),
        ),
        items=said.items,
        form=said.form,
        place=said.place,
        consented=_consented(said.consents, day),
        channel=channel,
        station=said.station,
        unit=said.unit,
        expected_on=said.expected_on,
        part=said.part,
        note=_text("note", said.note, WORDS, multiline=True),
        chosen_case=said.case,
    )


def new_application(said: ApplicationRequest, channel: str, day: date) -> NewApplication:
    """What is to be registered; raises NotRegistered."""
    details = Details(
        pupil=_name("pupil", said.pupil),
        born_on=said.born_on,
        school=_text("school_written", said.school_written, LINE),
        school_class=_text("school_class", said.school_class, SHORT),
        address=_text("address", said.address, LINE),
        registrant=_name("registrant", said.registrant),
        phone=_phone(said.phone),
        need=_text("need", said.need, WORDS, multiline=True),
    )
    return NewApplication(
        details=details,
        level=said.level,
        relation=said.relation,
        consented=_consented(said.consents, day),
        channel=channel,
        school=said.school,
        unit=said.unit,
        wants=said.wants,
        number=said.number,
    )


def choices(reference: Reference, day: date) -> Choices:
    """What can be chosen on a day."""
    return Choices(
        kinds=_table(reference, Table.KINDS),
        levels=_table(reference, Table.LEVELS),
        relations=_table(reference, Table.RELATIONS),
        parts=_table(reference, Table.DAY_PARTS),
        schools=tuple(
            Choice(school.id, school.vi, school.en)
            for school in reference.organisations(OrganisationKind.SCHOOL, day)
        ),
        communes=tuple(
            Choice(unit.code, unit.full_name, unit.full_name) for unit in communes(reference, day)
        ),
        points=tuple(
            PointChoice(point.number, point.unit, point.vi, point.en)
            for point in reference.points(day)
        ),
    )


def _table(reference: Reference, table: Table) -> tuple[Choice, ...]:
    return tuple(Choice(entry.id, entry.vi, entry.en) for entry in reference.entries(table))


def _consented(said: ConsentsGiven, day: date) -> Consented:
    try:
        texts_of(said.text_version, day)
    except UnknownConsentText as error:
        raise NotRegistered("text_version", "unknown") from error
    given = frozenset(Given(one.purpose, one.by) for one in said.given)
    return Consented(given, said.text_version, said.way)


def _text(field: str, typed: str, limit: int, *, multiline: bool = False) -> str:
    try:
        return clean(typed, limit, multiline=multiline)
    except BadText as error:
        raise NotRegistered(field, error.code) from error


def _name(field: str, typed: str) -> str:
    name = _text(field, typed, LINE)
    try:
        return person_name(name)
    except BadText as error:
        raise NotRegistered(field, error.code) from error


def _phone(typed: str) -> str:
    try:
        return phone_number(typed)
    except BadText as error:
        raise NotRegistered("phone", error.code) from error
