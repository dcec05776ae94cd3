"""Offers and applications come in: each with a code, a word that is told once, and its consents.

Everything of one registration is written in one transaction. What a person typed lies sealed; what
officials search by is a keyed hash. Nothing here trusts its caller: choices are looked up, consents
asked for, whoever brings it.
"""

from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert

from station.codes import CodeKind
from station.people import Pupil, Text, donor_kind
from station.reference import Reference
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.feeds import person_rows
from sync.central.programme import checking, consents, finding, likenesses, secrets_told
from sync.central.programme.applications import (
    OWN_CONSENT_FROM,
    ApplicationState,
    Details,
    age_on,
)
from sync.central.programme.checking import NewApplication, NewOffer, digits
from sync.central.programme.consents import Giver, Purpose
from sync.central.programme.gifts import GiftState
from sync.central.programme.nearest import nearest, of_department
from sync.central.programme.numbering import new_code
from sync.central.programme.offers import OfferForm, OfferPlace, OfferState
from sync.central.programme.opened import row_of, sealed_details

COUNTING = (ApplicationState.WAITING, ApplicationState.APPROVED)
NUMBER_END = 4  # digits of a personal number that are kept


class Registered(Struct, frozen=True):
    """What whoever registered is told; the word is told this once."""

    code: str
    word: str
    station: int | None = None


# ---- offers ----


def register_offer(
    connection: Connection, own: Secrets, reference: Reference, new: NewOffer, now_s: int
) -> Registered:
    """Keep an offer; raises NotRegistered, ConsentMissing or BadText."""
    day = reference.programme.day(now_s)
    checking.check_offer(reference, new, day)
    givers = (Giver.DONOR,)
    consents.require(new.consented, givers)
    publishes = new.consented.to(Purpose.PUBLISH, givers)
    kept = msgspec.structs.replace(new.donor, may_process=True, may_publish=publishes)
    row, ref = row_of(kept, 1)
    note_row, note_ref = row_of(Text(new.note), 1) if new.note else (None, None)
    person_rows.keep_new(connection, own.people, [row, *([note_row] if note_row else [])])
    code, word = new_code(connection, CodeKind.OFFER, t.offer), secrets_told.made()
    direct = new.form is OfferForm.DIRECT
    columns = {
        "code": code,
        "created_s": now_s,
        "changed_s": now_s,
        "channel": new.channel,
        "state": OfferState.DIRECT if direct else OfferState.WAITING,
        "form": new.form,
        "place": new.place,
        "wished_station": new.station,
        "unit": new.unit,
        "donor_kind": donor_kind(new.donor),
        "items": msgspec.msgpack.encode(new.items),
        "devices": sum(item.count for item in new.items),
        "donor": ref.id,
        "donor_digest": ref.digest,
        "note": note_ref.id if note_ref else None,
        "note_digest": note_ref.digest if note_ref else None,
        "expected_on": new.expected_on,
        "part": new.part,
        "chosen_case": new.chosen_case,
        "gift": GiftState.CHOSEN if direct else None,
        "secret_hash": secrets_told.hashed(word),
        "phone_key": finding.phone_key(own.finding, kept.phone),
        "name_key": finding.name_key(own.finding, kept.name),
    }
    connection.execute(insert(t.offer), columns)
    consents.keep(connection, code, new.consented, givers, now_s)
    return Registered(code, word)


def suggested(
    reference: Reference, rules: dict[str, int], offer: NewOffer, day: date
) -> int | None:
    """The point an offer goes to if no official says otherwise; None where one must."""
    if offer.form is OfferForm.DIRECT:
        return None
    if offer.place is OfferPlace.DEPARTMENT:
        return of_department(reference, day)
    return offer.station or nearest(reference, rules, offer.unit, day)


# ---- applications ----


def register_application(
    connection: Connection, own: Secrets, reference: Reference, new: NewApplication, now_s: int
) -> Registered:
    """Keep an application; raises NotRegistered, ConsentMissing or BadText."""
    day = reference.programme.day(now_s)
    checking.check_application(reference, new, day)
    givers = consents.needed(new.details.born_on, day)
    consents.require(new.consented, givers)
    said = new.details
    kept = msgspec.structs.replace(said, number_end=digits(new.number)[-NUMBER_END:])
    row, ref = row_of(_pupil(kept, new.relation, day), 1)
    person_rows.keep_new(connection, own.people, [row])
    code, word = new_code(connection, CodeKind.CASE, t.application), secrets_told.made()
    keys = {
        "number_key": finding.number_key(own.finding, new.number),
        "name_key": _child_key(own, new),
        "pupil_key": finding.name_key(own.finding, said.pupil),
        "phone_key": finding.phone_key(own.finding, said.phone),
    }
    columns = {
        "code": code,
        "created_s": now_s,
        "changed_s": now_s,
        "channel": new.channel,
        "state": ApplicationState.WAITING,
        "level": new.level,
        "school": new.school,
        "unit": new.unit,
        "wants": new.wants,
        "relation": new.relation,
        "pupil": ref.id,
        "pupil_digest": ref.digest,
        "sealed": sealed_details(own.people, code, kept),
        "public": new.consented.to(Purpose.PUBLISH, givers),
        "secret_hash": secrets_told.hashed(word),
    }
    connection.execute(insert(t.application), columns | keys)
    consents.keep(connection, code, new.consented, givers, now_s)
    likenesses.ask_about(connection, code, keys["number_key"], keys["name_key"])
    return Registered(code, word)


def _pupil(said: Details, relation: str, day: date) -> Pupil:
    """What a point needs to give a machine to the right child, and nothing more."""
    own = said.born_on is not None and age_on(said.born_on, day) >= OWN_CONSENT_FROM
    guardian = "" if own and said.registrant == said.pupil else said.registrant
    return Pupil(
        name=said.pupil,
        school_class=said.school_class,
        guardian=guardian,
        guardian_phone=said.phone,
        relation=relation,
    )


def _child_key(own: Secrets, new: NewApplication) -> bytes | None:
    said = new.details
    if said.born_on is None:
        return None
    return finding.child_key(own.finding, said.pupil, said.born_on, new.school or said.school)
