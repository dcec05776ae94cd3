"""What lies sealed of people, opened for an official: each look is noted by whoever shows it."""

import secrets
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, select

from station import people
from station.events import Ref
from station.people import Content
from sync.central import tables as t
from sync.central.feeds.people import Row, label
from sync.central.programme.applications import Details, sealed_label
from sync.sealing import Cipher
from sync.wire import DEPARTMENT

SALT_BYTES = 16

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Details)


def content(connection: Connection, seal: Cipher, row_id: bytes | None) -> Content | None:
    """What a people row of the Department says; None where there is none, or it was purged."""
    table = t.person.c
    its = (table.station == DEPARTMENT, table.id == row_id)
    sealed = connection.execute(select(table.sealed).where(*its)).scalar() if row_id else None
    if sealed is None:
        return None
    salted = seal.open(label(DEPARTMENT, row_id or b""), sealed)
    return people.decode(salted[SALT_BYTES:])


def details(seal: Cipher, code: str, sealed: bytes | None) -> Details | None:
    """What a family or teacher said; None once it was purged."""
    return None if sealed is None else _decoder.decode(seal.open(sealed_label(code), sealed))


def sealed_details(seal: Cipher, code: str, said: Details) -> bytes:
    """The details of an application as they lie in its row."""
    return seal.seal(sealed_label(code), _encoder.encode(said))


def row_of(said: Content, version: int, row_id: bytes | None = None) -> tuple[Row, Ref]:
    """A row of the Department with this content, new or the next version of one; and its name.

    Raises BadText.
    """
    salted = secrets.token_bytes(SALT_BYTES) + people.encode(people.cleaned(said))
    id_ = row_id or secrets.token_bytes(16)
    kind = str(said.__struct_config__.tag)
    return Row(id_, version, kind, salted), Ref(id_, sha256(salted).digest())
