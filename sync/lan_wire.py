"""What a laptop and a station say to each other on the LAN, as JSON: one vocabulary for both ends.

`GET /v1/station` tells the salt; `POST /v1/offers` says what would be sent and proves the code;
`PUT /v1/reports/<sha256>` sends the bytes, once the answer to the offer was "send". Fields may be
added with a default, never renamed: a reader skips what it does not know.
"""

import hashlib
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from station.events import DeviceWords
from station.files import MAX_REPORT
from station.machine import Machine
from station.text import BadText, serial_word

PORT: Final = 8471
"""Where a station listens unless another program does; a typed address needs no port then."""
SERVICE: Final = "_refurb-station._tcp.local."
CONTENT_TYPE: Final = "application/json"
STATION_PATH: Final = "/v1/station"
OFFERS_PATH: Final = "/v1/offers"
REPORTS_PATH: Final = "/v1/reports/"
MAX_OFFER: Final = 4096
MAX_ANSWER: Final = 4096

HexDigest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
HexName = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
ProblemCode = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}\Z")]
PointNumber = Annotated[int, Meta(ge=1, le=899)]

T = TypeVar("T")


class UnreadableMessage(Exception):
    """These bytes are not the message that was expected."""

    code = "unreadable_message"


class Greeting(Struct, frozen=True):
    """Who listens here; asked for first."""

    salt: HexName
    point: PointNumber | None = None
    version: int = 1


class Offer(Struct, frozen=True, omit_defaults=True):
    """A report that would be sent, and the proof that its sender knows a code."""

    digest: HexDigest
    size_bytes: Annotated[int, Meta(ge=1, le=MAX_REPORT)]
    code_name: HexName
    proof: HexDigest
    maker: DeviceWords | None = None
    model: DeviceWords | None = None
    serial: DeviceWords | None = None


class Standing(StrEnum):
    """Where an offered report stands with the station."""

    SEND = "send"  # the bytes are wanted now
    WAITING = "waiting"  # a person must first scan the code or pick the report
    ACCEPTED = "accepted"  # it is on the station's disk


class Answer(Struct, frozen=True):
    """What the station says of a report."""

    standing: Standing


class Problem(Struct, frozen=True):
    """Why the station did not do what it was asked; nothing of it was done."""

    code: ProblemCode


class MachineLine(Struct, frozen=True):
    """How people recognise the machine in a list; what is no plain word is left out."""

    maker: str | None = None
    model: str | None = None
    serial: str | None = None


class _Told(Struct):
    """What an offer needs of a report, whatever its format."""

    machine: Machine = Machine()


def write(message: Struct) -> bytes:
    """The bytes of a message."""
    return msgspec.json.encode(message)


def read(body: bytes, kind: type[T]) -> T:
    """Read a message; raises UnreadableMessage."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise UnreadableMessage from error


def digest_of(data: bytes) -> bytes:
    """The SHA-256 by which both ends know a report."""
    return hashlib.sha256(data).digest()


def machine_line(data: bytes) -> MachineLine:
    """How a report names its machine; nothing where it cannot be read."""
    try:
        system = read(data, _Told).machine.system
    except UnreadableMessage:
        return MachineLine()
    return MachineLine(_word(system.manufacturer), _word(system.model), _word(system.serial_number))


def _word(text: str | None) -> str | None:
    try:
        return serial_word(text) if text else None
    except BadText:
        return None
