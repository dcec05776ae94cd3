"""What point and service say to each other, as msgpack: one vocabulary for both ends.

Fields may be added with a default, never renamed: a reader skips what it does not know. Events
travel as the bytes first written; `prev` and `hash` of each are computed by the receiver.
"""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from station.events import Hash, Verdict
from station.ledger import NO_HASH, SALT_LENGTH, ChainId, Entry, chained

CONTENT_TYPE = "application/vnd.msgpack"
VERSION = "v1"
MAX_BODY = 8 * 2**20
MAX_EVENTS = 1_000  # of one batch

StationNumber = Annotated[int, Meta(ge=1, le=899)]
ChainNumber = Annotated[int, Meta(ge=1, le=2**62)]
Seq = Annotated[int, Meta(ge=1, le=2**62)]
Core = Annotated[bytes, Meta(min_length=1, max_length=4096)]
# a salt of any other length could lend bytes to the data beside it under the same hash
Salt = Annotated[bytes, Meta(min_length=SALT_LENGTH, max_length=SALT_LENGTH)]

T = TypeVar("T")


class UnreadableBody(Exception):
    """These bytes are not the message that was expected."""

    code = "unreadable_body"


class Sent(Struct, frozen=True, array_like=True):
    """One event on its way."""

    core: Core
    salt: Salt | None
    data: bytes | None
    data_hash: Hash | None = None  # sent only where salt and data were withheld or purged

    def __post_init__(self) -> None:
        whole = self.salt is not None and self.data is not None
        bare = self.salt is None and self.data is None
        if not (whole if self.data_hash is None else bare):
            raise ValueError("either salt and data, or the data's hash")


class PushRequest(Struct, frozen=True):
    """Events of one chain in seq order, between the hash before them and the hash of the last."""

    station: StationNumber
    number: ChainNumber
    first_seq: Seq
    prev: Hash
    head: Hash
    events: Annotated[tuple[Sent, ...], Meta(min_length=1, max_length=MAX_EVENTS)]

    @property
    def chain(self) -> ChainId:
        """The chain the events are of."""
        return ChainId(self.station, self.number)


class Answered(Struct, frozen=True, array_like=True):
    """The service's verdict on one event, and the hash it computed for it."""

    seq: int
    hash: Hash
    outcome: str
    number: int
    rule: str | None = None
    other: bytes = b""

    @property
    def verdict(self) -> Verdict:
        """The verdict as the ledger notes it."""
        return Verdict(self.hash, self.outcome, self.number, self.rule, self.other)


class PushAnswer(Struct, frozen=True):
    """One verdict for each event of the batch, in its order."""

    verdicts: tuple[Answered, ...]


class Problem(Struct, frozen=True, omit_defaults=True):
    """Why the service did not do what it was asked; nothing of it was done."""

    code: str
    seq: int | None = None  # the event it is about
    expected: int | None = None  # the seq the service waits for


class ChainHead(Struct, frozen=True):
    """The last event of a chain that the service holds."""

    seq: int
    hash: Hash


class Held(Struct, frozen=True):
    """Events of one chain as the service holds them, in seq order."""

    entries: tuple[Entry, ...]


def push_request(batch: tuple[Entry, ...]) -> PushRequest:
    """Pack entries that follow each other in one chain."""
    first, last = batch[0], batch[-1]
    header = first.header
    return PushRequest(
        station=header.chain.station,
        number=header.chain.number,
        first_seq=header.seq,
        prev=first.prev,
        head=last.hash,
        events=tuple(map(_sent, batch)),
    )


def received(request: PushRequest) -> tuple[Entry, ...]:
    """Rebuild the entries, computing every hash anew."""
    entries: list[Entry] = []
    prev = request.prev
    for sent in request.events:
        entries.append(_entry(sent, prev))
        prev = entries[-1].hash
    return tuple(entries)


def write(message: Struct) -> bytes:
    """The bytes of a message."""
    return msgspec.msgpack.encode(message)


def read(body: bytes, kind: type[T]) -> T:
    """Read a message; raises UnreadableBody."""
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody from error


def _sent(entry: Entry) -> Sent:
    if entry.salt is None or entry.data is None:
        return Sent(entry.core, None, None, entry.data_hash)
    return Sent(entry.core, entry.salt, entry.data)


def _entry(sent: Sent, prev: bytes) -> Entry:
    if sent.salt is None or sent.data is None:
        return Entry(sent.core, prev, sent.data_hash or NO_HASH, None, None)
    return chained(sent.core, sent.salt, sent.data, prev)
