"""A journey as it is shown: with the donor's name only as long as its donor lets it be told."""

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, select

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
    table = t.journey.c
    wanted = select(table.state, table.offer, table.donor, table.donor_of)
    with reading(engine) as connection:
        row = connection.execute(wanted.where(table.code == code)).first()
        if row is None:
            return None
        return ShownJourney(_decoder.decode(row.state), _donor(connection, seal, row))


def is_device_code(code: str) -> bool:
    """Whether it is the code of a device, written as everywhere."""
    try:
        read = parse(code)
    except BadCode:
        return False
    return read.kind is CodeKind.DEVICE and read.text == code


def _donor(connection: Connection, seal: Cipher, row: Row[*tuple[object, ...]]) -> str | None:
    """The name, while the row is there, says that it may be told, and no consent was withdrawn."""
    if row.donor is None:
        return None
    table = t.person.c
    owners = (DEPARTMENT, row.donor_of)  # a point's event may name a row that the Department gave
    wanted = select(table.station, table.sealed).where(
        table.id == row.donor, table.station.in_(owners), table.sealed.is_not(None)
    )
    kept = connection.execute(wanted.order_by(table.station)).first()
    if kept is None or _withdrew(connection, row.offer):
        return None
    salted = seal.open(label(kept.station, row.donor), kept.sealed)
    said = people.decode(salted[SALT_BYTES:])
    return said.name if isinstance(said, Donor) and said.may_publish else None


def _withdrew(connection: Connection, offer: str | None) -> bool:
    if offer is None:
        return False
    table = t.consent.c
    its = (table.code == offer, table.purpose == PUBLISH, table.withdrawn_s.is_not(None))
    return connection.execute(select(table.code).where(*its).limit(1)).first() is not None
