"""How an offer or application stands, for who registered it: by code and word, or its channel.

What is not there, of another channel, or asked with a wrong word is answered alike.
"""

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, Table, select

from station.codes import BadCode, CodeKind, parse_scan
from station.journey import Journey
from station.reference import Reference
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.judging.states import Case, unpacked
from sync.central.programme import gifts, secrets_told
from sync.central.programme.applications import ApplicationState
from sync.central.programme.offers import OfferState

MOST_DEVICES = 200  # of one offer that are told one by one
OPEN_OFFERS = (OfferState.WAITING, OfferState.ASSIGNED, OfferState.DIRECT)
OPEN_APPLICATIONS = (ApplicationState.WAITING, ApplicationState.APPROVED)

_journey = msgspec.msgpack.Decoder(Journey)


class NotKnown(Exception):
    """Nothing that whoever asks may know of has this code."""


class Key(Struct, frozen=True):
    """By what somebody asks: the word they were told, or the channel that brought it."""

    code: str
    word: str = ""
    channel: str = ""


class DeviceStanding(Struct, frozen=True):
    """One device that came under an offer; its code opens the public page."""

    code: str
    kind: str
    stage: str


class OfferStanding(Struct, frozen=True):
    """How an offer stands. `contact` is told once the guardian of a direct gift agreed."""

    code: str
    state: str
    registered_on: date
    form: str
    place: str
    devices: int
    station: int | None
    gift: str | None
    contact: str | None
    came: tuple[DeviceStanding, ...]
    may_withdraw: bool


class ApplicationStanding(Struct, frozen=True):
    """How an application stands; which device was given is not told.

    Of one that was merged into another of the same pupil, `counts` is the state of that one, and
    decision, point and gift are that one's, too.
    """

    code: str
    state: str
    registered_on: date
    level: str
    decision: str | None
    decided_on: date | None
    reason: str | None
    station: int | None
    given: bool
    may_withdraw: bool
    counts: str | None = None


def offer(connection: Connection, own: Secrets, reference: Reference, key: Key) -> OfferStanding:
    """How an offer stands; raises NotKnown."""
    row = known(connection, t.offer, CodeKind.OFFER, key)
    came = came_of(connection, row.code)
    return OfferStanding(
        code=row.code,
        state=row.state,
        registered_on=reference.programme.day(row.created_s),
        form=row.form,
        place=row.place,
        devices=row.devices,
        station=row.station,
        gift=row.gift,
        contact=gifts.contact(connection, own, row) or None,
        came=came,
        may_withdraw=row.state in OPEN_OFFERS and not came,
    )


def application(connection: Connection, reference: Reference, key: Key) -> ApplicationStanding:
    """How an application stands; raises NotKnown."""
    row = known(connection, t.application, CodeKind.CASE, key)
    counting = _counting(connection, row)
    state = _case(connection, counting.code)
    given = bool(state.given) or gifts.is_given(connection, counting.code)
    return ApplicationStanding(
        code=row.code,
        state=row.state,
        registered_on=reference.programme.day(row.created_s),
        level=row.level,
        decision=counting.decision,
        decided_on=counting.decided_on,
        reason=counting.reason,
        station=counting.station,
        given=given,
        may_withdraw=row.state in OPEN_APPLICATIONS and not (given or state.claims),
        counts=counting.state if counting.code != row.code else None,
    )


def _counting(connection: Connection, row: Row[Any]) -> Row[Any]:
    """The application of the pupil that counts: itself, or that into which it was merged."""
    while row.merged_into is not None:
        wanted = select(t.application).where(t.application.c.code == row.merged_into)
        row = connection.execute(wanted).one()
    return row


def known(connection: Connection, table: Table, kind: CodeKind, key: Key) -> Row[Any]:
    """The row of whoever holds its word or brought it; raises NotKnown."""
    try:
        code = parse_scan(key.code)
    except BadCode as error:
        raise NotKnown from error
    wanted = select(table).where(table.c.code == code.text)
    row = connection.execute(wanted).first() if code.kind is kind else None
    if row is None:
        raise NotKnown
    theirs = bool(key.channel) and row.channel == key.channel
    if not (theirs or secrets_told.is_word(key.word, bytes(row.secret_hash))):
        raise NotKnown
    return row


def came_of(connection: Connection, code: str) -> tuple[DeviceStanding, ...]:
    """The devices that came under an offer."""
    table = t.journey.c
    wanted = select(table.code, table.state).where(table.offer == code).order_by(table.code)
    rows = connection.execute(wanted.limit(MOST_DEVICES)).all()
    journeys = [(row.code, _journey.decode(row.state)) for row in rows]
    return tuple(
        DeviceStanding(device, journey.kind, journey.stage)
        for device, journey in journeys
        if not journey.mistaken
    )


def _case(connection: Connection, code: str) -> Case:
    table = t.subject.c
    packed = connection.execute(select(table.state).where(table.code == code)).scalar()
    state = unpacked(code, packed or b"")
    return state if isinstance(state, Case) else Case()
