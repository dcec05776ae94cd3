"""Offers and applications as officials list, find and read them.

Lists name nobody: who an offer or application is of shows on its own page, and each look is noted.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Table,
    false,
    or_,
    select,
)

from station.codes import BadCode, parse_scan
from station.people import Donor, Pupil, Text
from station.phone import phone_number
from station.text import NotAPhone
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.officials.acts import Act
from sync.central.programme import finding, likenesses, listing
from sync.central.programme.applications import Details
from sync.central.programme.deciding import By, NothingThere, note
from sync.central.programme.gifts import GiftState
from sync.central.programme.likenesses import Pair
from sync.central.programme.listing import Place, Rows
from sync.central.programme.offers import OfferState
from sync.central.programme.opened import content, details

MOST_FOUND = 50

_OFFER = t.offer.c
_APPLICATION = t.application.c
OFFER_LINE = (
    _OFFER.code, _OFFER.created_s, _OFFER.changed_s, _OFFER.state, _OFFER.form, _OFFER.place,
    _OFFER.devices, _OFFER.unit, _OFFER.station, _OFFER.wished_station, _OFFER.donor_kind,
    _OFFER.expected_on, _OFFER.gift,
)  # fmt: skip
APPLICATION_LINE = (
    _APPLICATION.code, _APPLICATION.created_s, _APPLICATION.changed_s, _APPLICATION.state,
    _APPLICATION.level, _APPLICATION.school, _APPLICATION.unit, _APPLICATION.wants,
    _APPLICATION.relation, _APPLICATION.station, _APPLICATION.channel,
)  # fmt: skip


class Among(Struct, frozen=True):
    """Which applications are listed; of school and unit the first that is named counts."""

    state: str
    school: str = ""
    unit: str = ""
    unallotted: bool = False  # those that no point has


class OfferSeen(Struct, frozen=True):
    """An offer with who gives; None where that was purged."""

    row: Any
    donor: Donor | None
    note: str


class ApplicationSeen(Struct, frozen=True):
    """An application with the pupil; None where that was purged."""

    row: Any
    details: Details | None
    pupil: Pupil | None
    likenesses: tuple[Pair, ...]
    consents: tuple[Any, ...]


# ---- lists ----


def offers(engine: Engine, state: str, after: Place | None) -> Rows:
    """Offers in a state; those given directly that wait for a word are their own list."""
    wanted = select(*OFFER_LINE).where(_OFFER.state == state)
    with reading(engine) as connection:
        return listing.page(connection, wanted, t.offer, after)


def applications(engine: Engine, among: Among, after: Place | None) -> Rows:
    """Applications in a state, of a school or commune."""
    wanted = select(*APPLICATION_LINE).where(_APPLICATION.state == among.state)
    if among.unallotted:
        wanted = wanted.where(_APPLICATION.station.is_(None))
    if among.school:
        wanted = wanted.where(_APPLICATION.school == among.school)
    elif among.unit:
        wanted = wanted.where(_APPLICATION.unit == among.unit)
    with reading(engine) as connection:
        return listing.page(connection, wanted, t.application, after)


def found_offers(engine: Engine, own: Secrets, words: str) -> tuple[Row[Any], ...]:
    """By its code, or by the whole name or telephone number of who gives."""
    alike = _alike(own, words, _OFFER.code, _OFFER.name_key, _OFFER.phone_key)
    return _found(engine, t.offer, select(*OFFER_LINE), alike)


def found_applications(engine: Engine, own: Secrets, words: str) -> tuple[Row[Any], ...]:
    """By its code, by the pupil's whole name or number, or by a telephone number."""
    table = _APPLICATION
    alike = list(_alike(own, words, table.code, table.pupil_key, table.phone_key))
    if (number := finding.number_key(own.finding, words)) is not None:
        alike.append(table.number_key == number)
    return _found(engine, t.application, select(*APPLICATION_LINE), alike)


def _found(
    engine: Engine, table: Table, wanted: Select[Any], alike: Iterable[ColumnElement[bool]]
) -> tuple[Row[Any], ...]:
    ordered = wanted.where(or_(false(), *alike)).order_by(table.c.created_s.desc())
    with reading(engine) as connection:
        return tuple(connection.execute(ordered.limit(MOST_FOUND)).all())


def _alike(
    own: Secrets, words: str, code: Column[Any], name: Column[Any], phone: Column[Any]
) -> Iterator[ColumnElement[bool]]:
    """The ways in which words can name somebody's row."""
    with suppress(BadCode):
        yield code == parse_scan(words).text
    with suppress(NotAPhone):
        yield phone == finding.phone_key(own.finding, phone_number(words))
    if (name_key := finding.name_key(own.finding, words)) is not None:
        yield name == name_key


# ---- one ----


def offer(engine: Engine, own: Secrets, code: str, by: By) -> OfferSeen:
    """One offer and who gives, noted as seen. Raises NothingThere."""
    with writing(engine) as connection:
        row = _row(connection, t.offer, code)
        donor = content(connection, own.people, row.donor)
        said = content(connection, own.people, row.note)
        note(connection, by, Act.SAW_PERSON, code)
    words = said.text if isinstance(said, Text) else ""
    return OfferSeen(row, donor if isinstance(donor, Donor) else None, words)


def application(engine: Engine, own: Secrets, code: str, by: By) -> ApplicationSeen:
    """One application and the pupil, noted as seen. Raises NothingThere."""
    with writing(engine) as connection:
        row = _row(connection, t.application, code)
        note(connection, by, Act.SAW_PERSON, code)
        return _application(connection, own, row)


def pair(
    engine: Engine, own: Secrets, codes: tuple[str, str], by: By
) -> tuple[ApplicationSeen, ApplicationSeen]:
    """Two applications side by side, both noted as seen. Raises NothingThere."""
    with writing(engine) as connection:
        first, second = (_row(connection, t.application, code) for code in codes)
        for code in codes:
            note(connection, by, Act.SAW_PERSON, code)
        return _application(connection, own, first), _application(connection, own, second)


def _application(connection: Connection, own: Secrets, row: Row[Any]) -> ApplicationSeen:
    pupil = content(connection, own.people, row.pupil)
    given = select(t.consent).where(t.consent.c.code == row.code).order_by(t.consent.c.given_s)
    return ApplicationSeen(
        row,
        details(own.people, row.code, row.sealed),
        pupil if isinstance(pupil, Pupil) else None,
        tuple(likenesses.of(connection, row.code)),
        tuple(connection.execute(given).all()),
    )


def _row(connection: Connection, table: Table, code: str) -> Row[Any]:
    row = listing.one_of(connection, table, code)
    if row is None:
        raise NothingThere(code)
    return row


# ---- what waits ----


def gifts_to_ask(connection: Connection) -> listing.Counted:
    """Direct gifts whose guardian nobody has asked yet."""
    chosen = (_OFFER.gift == GiftState.CHOSEN, _OFFER.state == OfferState.DIRECT)
    return listing.counted(connection, t.offer, *chosen)
