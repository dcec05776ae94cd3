"""Officials ask the guardian of a case that a donor chose, and record what came of it."""

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, Select, select

from station.people import Donor
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing, written
from sync.central.officials.acts import Act
from sync.central.programme import allotting, gifts, listing, notices
from sync.central.programme.applications import ApplicationState, Details
from sync.central.programme.deciding import By, NothingThere, change, note, require, taken
from sync.central.programme.gifts import AT_STAKE, STANDING, GiftState, counts
from sync.central.programme.listing import Place, Rows
from sync.central.programme.notices import NoticeKind
from sync.central.programme.offers import OfferState
from sync.central.programme.opened import content, details, sealed_details


class CaseTaken(Exception):
    """The pupil has a machine or is to get one, or the case is not approved any more."""


class Gift(Struct, frozen=True):
    """A direct gift as an official sees it; None where data were purged or no case is there."""

    offer: Any
    donor: Donor | None
    case: Any
    details: Details | None
    is_free: bool  # nothing is kept for the case, nothing was given to it, nobody else gives
    by_point: bool  # a point recorded that the pupil got a machine
    rivals: int  # other donors who chose the same case and wait


def listed(engine: Engine, state: GiftState, after: Place | None) -> Rows:
    """Direct gifts in a state, oldest first."""
    table = t.offer.c
    wanted: Select[Any] = select(
        table.code, table.created_s, table.chosen_case, table.devices, table.donor_kind, table.gift
    ).where(table.gift == state, table.state.in_(STANDING))
    with reading(engine) as connection:
        return listing.page(connection, wanted, t.offer, after)


def seen(engine: Engine, own: Secrets, code: str, by: By) -> Gift:
    """One direct gift with both sides, noted as seen. Raises NothingThere."""
    with writing(engine) as connection:
        offer = _gift(listing.one_of(connection, t.offer, code), code)
        case = listing.one_of(connection, t.application, offer.chosen_case)
        donor = content(connection, own.people, offer.donor)
        gift = Gift(
            offer,
            donor if isinstance(donor, Donor) else None,
            case,
            details(own.people, case.code, case.sealed) if case is not None else None,
            is_free=case is not None and _is_free(connection, case, code),
            by_point=case is not None and allotting.is_given(connection, case.code),
            rivals=len(connection.execute(_rivals_of(offer)).all()),
        )
        note(connection, by, Act.SAW_PERSON, code)
        if case is not None:
            note(connection, by, Act.SAW_PERSON, case.code)
        return gift


def agree(engine: Engine, own: Secrets, code: str, by: By, *, contact: str, seen: int) -> None:
    """The guardian wants it, and that the donor is told this contact.

    Whoever else chose the case is to choose another; a point that had it has it no more.
    Raises NothingThere, ChangedMeanwhile or CaseTaken.
    """

    def work(connection: Connection) -> None:
        allotting.alone(connection)
        case = taken(connection, t.application, _chosen(connection, code))
        offer = _gift(taken(connection, t.offer, code), code)
        require(offer.changed_s == seen and offer.gift == GiftState.CHOSEN)
        said = details(own.people, case.code, case.sealed)
        if said is None or not _is_free(connection, case, code):
            raise CaseTaken(case.code)
        if case.station is not None:  # nothing is kept for it there, and nothing shall be
            allotting.take_case_back(connection, case, by)
        told = msgspec.structs.replace(said, guardian_contact=contact)
        change(
            connection, t.application, case, by.now_s,
            sealed=sealed_details(own.people, case.code, told),
        )  # fmt: skip
        _decide(connection, offer, GiftState.AGREED, by)
        for rival in _rivals(connection, offer):
            _decide(connection, rival, GiftState.REFUSED, by)

    written(engine, work)


def refuse(engine: Engine, code: str, seen: int, by: By) -> None:
    """It does not come about: the donor is to choose another, and the case is free for others.

    Also where it was agreed and nothing came of it. Raises NothingThere or ChangedMeanwhile.
    """

    def work(connection: Connection) -> None:
        offer = _gift(taken(connection, t.offer, code), code)
        require(offer.changed_s == seen and offer.gift in AT_STAKE)
        _decide(connection, offer, GiftState.REFUSED, by)

    written(engine, work)


def give(engine: Engine, code: str, day: date, seen: int, by: By) -> None:
    """The pupil has it since this day. Raises NothingThere or ChangedMeanwhile."""

    def work(connection: Connection) -> None:
        case = taken(connection, t.application, _chosen(connection, code))
        offer = _gift(taken(connection, t.offer, code), code)
        require(offer.changed_s == seen and offer.gift == GiftState.AGREED)
        change(
            connection, t.offer, offer, by.now_s,
            gift=GiftState.GIVEN, state=OfferState.DONE, expected_on=day,
        )  # fmt: skip
        note(connection, by, Act.GIFT_DECIDED, code, GiftState.GIVEN)
        told = (case.channel, NoticeKind.APPLICATION_GIVEN, case.code, by.now_s)
        notices.put(connection, *told, once=True)

    written(engine, work)


def _decide(connection: Connection, offer: Row[Any], state: GiftState, by: By) -> None:
    gifts.decide(connection, offer, state, by.now_s)
    note(connection, by, Act.GIFT_DECIDED, offer.code, state)


def _is_free(connection: Connection, case: Row[Any], code: str) -> bool:
    table = t.offer.c
    others = (table.chosen_case == case.code, counts(), table.code != code)
    return (
        case.state == ApplicationState.APPROVED
        and not allotting.is_used(connection, case.code)
        and connection.execute(select(table.code).where(*others)).first() is None
    )


def _rivals(connection: Connection, offer: Row[Any]) -> list[Row[Any]]:
    """Others who chose the same case and were not answered, held."""
    return list(connection.execute(_rivals_of(offer).with_for_update()))


def _rivals_of(offer: Row[Any]) -> Select[Any]:
    table = t.offer.c
    its = (table.chosen_case == offer.chosen_case, table.gift == GiftState.CHOSEN)
    wanted = select(t.offer).where(*its, table.code != offer.code, table.state == OfferState.DIRECT)
    return wanted.order_by(table.code)


def _chosen(connection: Connection, code: str) -> str:
    """The case is taken before the offer, by everybody: it is what two donors may want."""
    return str(_gift(listing.one_of(connection, t.offer, code), code).chosen_case)


def _gift(row: Row[Any] | None, code: str) -> Row[Any]:
    """Raises NothingThere: an offer that is no direct gift is none here."""
    if row is None or row.gift is None or row.state not in STANDING:
        raise NothingThere(code)
    return row
