"""What the programme holds of a person, by the code of an offer or case: shown, corrected, erased.

An application that was merged into another one is of the same pupil: both are meant.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, Row, Table, or_, select, update

from station import documents
from station.documents import CASE, OFFER
from station.people import Content, Donor, Pupil, Text
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, written
from sync.central.feeds import person_rows
from sync.central.feeds.documents import Order, give
from sync.central.feeds.people import Kept as PersonKept
from sync.central.feeds.people import Row as PersonRow
from sync.central.feeds.people import announce
from sync.central.officials.acts import Act
from sync.central.programme import allotting, assigning, consents, finding, likenesses
from sync.central.programme.applications import Details
from sync.central.programme.consents import Purpose
from sync.central.programme.deciding import By, NothingThere, change, note, require, taken
from sync.central.programme.opened import content, details, row_of, sealed_details
from sync.central.programme.withdrawing import withdraw_application, withdraw_offer
from sync.wire import DEPARTMENT

OF_OFFERS = "M"  # with which their codes begin


class Held(Struct, frozen=True):
    """What is held under one code; None where it was erased."""

    code: str
    row: Any
    donor: Donor | None = None
    note: str = ""
    details: Details | None = None
    pupil: Pupil | None = None
    consents: tuple[Any, ...] = ()

    @property
    def names_somebody(self) -> bool:
        """Whether anything of a person is left: an erasure may have ended in the middle."""
        return any(said is not None for said in (self.donor, self.details, self.pupil))

    @property
    def phone(self) -> str:
        """By which whoever asks may be known."""
        if self.donor is not None:
            return self.donor.phone
        return self.details.phone if self.details is not None else ""


class Corrected(Struct, frozen=True):
    """What a person wants to stand; what an offer or a case does not have stays empty."""

    name: str
    phone: str = ""
    address: str = ""
    school_class: str = ""
    registrant: str = ""
    born_on: date | None = None


def is_offer(code: str) -> bool:
    """Whether a code is an offer's; else it is a case's."""
    return code.startswith(OF_OFFERS)


def held(engine: Engine, own: Secrets, code: str) -> tuple[Held, ...]:
    """Everything under a code, that of merged applications too; nothing where there is none."""
    with reading(engine) as connection:
        if is_offer(code):
            rows = connection.execute(select(t.offer).where(t.offer.c.code == code)).all()
            return tuple(_held_offer(connection, own, row) for row in rows)
        return tuple(
            _held_application(connection, own, row) for row in _applications(connection, code)
        )


def _held_offer(connection: Connection, own: Secrets, row: Row[Any]) -> Held:
    donor = content(connection, own.people, row.donor)
    said = content(connection, own.people, row.note)
    return Held(
        row.code,
        row,
        donor=donor if isinstance(donor, Donor) else None,
        note=said.text if isinstance(said, Text) else "",
        consents=_consents(connection, row.code),
    )


def _held_application(connection: Connection, own: Secrets, row: Row[Any]) -> Held:
    pupil = content(connection, own.people, row.pupil)
    return Held(
        row.code,
        row,
        details=details(own.people, row.code, row.sealed),
        pupil=pupil if isinstance(pupil, Pupil) else None,
        consents=_consents(connection, row.code),
    )


def _consents(connection: Connection, code: str) -> tuple[Any, ...]:
    given = select(t.consent).where(t.consent.c.code == code).order_by(t.consent.c.given_s)
    return tuple(connection.execute(given).all())


def _applications(connection: Connection, code: str) -> list[Row[Any]]:
    """The application and all that were merged with it, one into another, however often."""
    table = t.application.c
    found: dict[str, Row[Any]] = {}
    wanted, asked = {code}, {code}
    while wanted:
        of_them = or_(table.code.in_(wanted), table.merged_into.in_(wanted))
        rows = connection.execute(select(t.application).where(of_them)).all()
        found |= {row.code: row for row in rows}
        wanted = {one for row in rows for one in (row.code, row.merged_into) if one} - asked
        asked |= wanted
    return [found[one] for one in sorted(found)]


# ---- consent ----


def withdraw_consent(engine: Engine, code: str, by: By) -> None:
    """Nothing may be used any more: the offer or case ends. Raises NothingThere."""

    def work(connection: Connection) -> None:
        for table, row in _taken(connection, code):
            end = withdraw_offer if table is t.offer else withdraw_application
            end(connection, row, by.now_s)
            note(connection, by, Act.RIGHTS_ANSWERED, row.code, "consent-withdrawn")

    written(engine, work)


def withdraw_publishing(engine: Engine, own: Secrets, code: str, by: By) -> None:
    """Nothing may be published any more; all else goes on. Raises NothingThere."""

    def work(connection: Connection) -> list[PersonKept]:
        kept = []
        for table, row in _taken(connection, code):
            consents.withdraw(connection, row.code, by.now_s, Purpose.PUBLISH)
            if table is t.application:
                change(connection, table, row, by.now_s, public=False)
            else:
                donor = content(connection, own.people, row.donor)
                if isinstance(donor, Donor):
                    said = structs.replace(donor, may_publish=False)
                    kept.append(_say_anew(connection, own, row, table, said))
            note(connection, by, Act.RIGHTS_ANSWERED, row.code, "publishing-withdrawn")
        return kept

    announce(engine, written(engine, work))


# ---- erasing ----


def erase(engine: Engine, own: Secrets, code: str, by: By) -> None:
    """End it, and forget the person: here, and at every point that has the row.

    Ended in the middle it is done once more. Raises NothingThere.
    """

    def work(connection: Connection) -> list[tuple[bytes, str]]:
        rows: list[tuple[bytes, str]] = []
        for table, row in _taken(connection, code):
            end = withdraw_offer if table is t.offer else withdraw_application
            end(connection, row, by.now_s)
            forgotten = _NO_KEYS_OF_OFFER if table is t.offer else _NO_KEYS_OF_APPLICATION
            connection.execute(update(table).where(table.c.code == row.code), forgotten)
            rows += _people_of(table, row)
            note(connection, by, Act.PERSON_PURGED, row.code)
        return rows

    rows = written(engine, work)
    purged = [PersonRow(id_, 1, kind, None) for id_, kind in rows]
    person_rows.keep_departments(engine, own.people, purged)


_NO_KEYS_OF_OFFER = {"name_key": None, "phone_key": None}
_NO_KEYS_OF_APPLICATION = {
    "sealed": None, "number_key": None, "name_key": None, "pupil_key": None, "phone_key": None,
}  # fmt: skip


def _people_of(table: Table, row: Row[Any]) -> list[tuple[bytes, str]]:
    if table is t.application:
        return [(row.pupil, "pupil")]
    return [(row.donor, "donor"), *([(row.note, "text")] if row.note else [])]


# ---- correcting ----


def correct(engine: Engine, own: Secrets, code: str, new: Corrected, by: By, *, seen: int) -> None:
    """Say it as the person wants it, here and at the point that has it: all of it or nothing.

    Raises NothingThere, ChangedMeanwhile or BadText.
    """

    def work(connection: Connection) -> PersonKept:
        table = t.offer if is_offer(code) else t.application
        row = taken(connection, table, code)
        require(row.changed_s == seen)
        if table is t.offer:
            keys, said = _corrected_offer(connection, own, row, new)
        else:
            keys, said = _corrected_application(connection, own, row, new)
        kept = _say_anew(connection, own, row, table, said)
        change(connection, table, row, by.now_s, **keys)
        if table is t.application:
            likenesses.ask_about(connection, code, row.number_key, keys["name_key"])
        note(connection, by, Act.RIGHTS_ANSWERED, code, "corrected")
        return kept

    announce(engine, [written(engine, work)])


Keys = dict[str, Any]


def _corrected_offer(
    connection: Connection, own: Secrets, row: Row[Any], new: Corrected
) -> tuple[Keys, Content]:
    donor = content(connection, own.people, row.donor)
    if not isinstance(donor, Donor):
        raise NothingThere(row.code)
    said = structs.replace(donor, name=new.name, phone=new.phone, address=new.address)
    keys = {
        "name_key": finding.name_key(own.finding, new.name),
        "phone_key": finding.phone_key(own.finding, said.phone),
    }
    return keys, said


def _corrected_application(
    connection: Connection, own: Secrets, row: Row[Any], new: Corrected
) -> tuple[Keys, Content]:
    before = details(own.people, row.code, row.sealed)
    if before is None:
        raise NothingThere(row.code)
    said = structs.replace(
        before,
        pupil=new.name,
        phone=new.phone,
        address=new.address,
        school_class=new.school_class,
        registrant=new.registrant,
        born_on=new.born_on,
    )
    held_pupil = content(connection, own.people, row.pupil)
    pupil = structs.replace(
        held_pupil if isinstance(held_pupil, Pupil) else Pupil(name=new.name),
        name=new.name,
        school_class=new.school_class,
        guardian=new.registrant,
        guardian_phone=new.phone,
    )
    child = None
    if new.born_on is not None:
        school = row.school or said.school
        child = finding.child_key(own.finding, new.name, new.born_on, school)
    keys = {
        "sealed": sealed_details(own.people, row.code, said),
        "name_key": child,
        "pupil_key": finding.name_key(own.finding, new.name),
        "phone_key": finding.phone_key(own.finding, new.phone),
    }
    return keys, pupil


def _say_anew(
    connection: Connection, own: Secrets, row: Row[Any], table: Table, said: Content
) -> PersonKept:
    """The next version of a person's row; a point that has the document gets it anew.

    Raises NothingThere where the row was purged: nothing brings erased data back.
    """
    is_case = table is t.application
    id_ = row.pupil if is_case else row.donor
    person = t.person.c
    its = (person.station == DEPARTMENT, person.id == id_)
    before = connection.execute(
        select(person.version, person.sealed).where(*its).with_for_update()
    ).first()
    if before is None or before.sealed is None:
        raise NothingThere(row.code)
    next_row, ref = row_of(said, before.version + 1, id_)
    person_rows.keep_new(connection, own.people, [next_row])
    column = "pupil_digest" if is_case else "donor_digest"
    connection.execute(update(table).where(table.c.code == row.code), {column: ref.digest})
    if row.station is not None:
        now = taken(connection, table, row.code)
        document_of: Callable[[Row[Any]], Struct] = (
            allotting.document_of if is_case else assigning.document_of
        )
        body = documents.encode(document_of(now))
        give(connection, Order(row.station, CASE if is_case else OFFER, row.code, body))
    return PersonKept(DEPARTMENT, id_, next_row.version, purged=False)


def _taken(connection: Connection, code: str) -> Iterator[tuple[Table, Row[Any]]]:
    """Every row under a code, held; raises NothingThere."""
    if is_offer(code):
        yield t.offer, taken(connection, t.offer, code)
        return
    codes = [row.code for row in _applications(connection, code)]
    if not codes:
        raise NothingThere(code)
    for one in codes:
        yield t.application, taken(connection, t.application, one)
