"""A journey as it is shown: with the donor's name only as long as its donor lets it be told."""

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Engine, Row, Select, and_, bindparam, exists, select

from station import people
from station.codes import BadCode, CodeKind, parse
from station.journey import Journey
from station.people import Donor
from sync.central import tables as t
from sync.central.database import reading
from sync.central.feeds.people import label
from sync.sealing import Cipher
from sync.wire import DEPARTMENT

SALT_BYTES = 16
PUBLISH = "publish"  # purpose of a consent

_decoder = msgspec.msgpack.Decoder(Journey)


class ShownJourney(Struct, frozen=True):
    """What everybody may read of a device."""

    journey: Journey
    donor: str | None = None  # by name, where its donor agreed to that


def shown_journey(engine: Engine, seal: Cipher, code: str) -> ShownJourney | None:
    """The journey of a device; None for a code that nobody took in, or that is none."""
    if not is_device_code(code):
        return None
    with reading(engine) as connection:
        row = connection.execute(_WANTED, {"wanted": code}).first()
    return None if row is None else ShownJourney(_decoder.decode(row.state), _donor(seal, row))


def is_device_code(code: str) -> bool:
    """Whether it is the code of a device, written as everywhere."""
    try:
        read = parse(code)
    except BadCode:
        return False
    return read.kind is CodeKind.DEVICE and read.text == code


def _donor(seal: Cipher, row: Row[*tuple[object, ...]]) -> str | None:
    """The name, while the row is there, says that it may be told, and no consent was withdrawn."""
    if row.sealed is None or row.withdrawn:
        return None
    salted = seal.open(label(row.station, row.donor), row.sealed)
    said = people.decode(salted[SALT_BYTES:])
    return said.name if isinstance(said, Donor) and said.may_publish else None


def _wanted() -> Select[Any]:
    """A device's journey, with the sealed row of its donor and whether its consent was withdrawn.

    Of two rows of one name the Department's counts: it gave it to the point that names it.
    """
    device, person, consent = t.journey.c, t.person.c, t.consent.c
    of_donor = and_(
        person.id == device.donor,
        person.station.in_([DEPARTMENT, device.donor_of]),
        person.sealed.is_not(None),
    )
    withdrawn = exists().where(
        consent.code == device.offer,
        consent.purpose == PUBLISH,
        consent.withdrawn_s.is_not(None),
    )
    shown = (device.state, device.donor, person.station, person.sealed)
    return (
        select(*shown, withdrawn.label("withdrawn"))
        .select_from(t.journey.outerjoin(t.person, of_donor))
        .where(device.code == bindparam("wanted"))
        .order_by(person.station)
        .limit(1)
    )


_WANTED = _wanted()
