"""The ledger's bytes: how an event is written once, hashed, chained and read again.

An entry is `core` (who wrote what kind of event about which subject, when) and `data` (what was
said). The header is core ‖ prev ‖ data_hash; its SHA-256 is the event's id. Data is bound only
through its salted hash, so it can be withheld or purged while the chain still verifies. Bytes are
never encoded again: what was written first is stored, hashed and shipped.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

FORMAT = 1
NO_HASH = bytes(32)
HASH_LENGTH = 32
SALT_LENGTH = 16


Plain = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*\Z", max_length=500)]
"""Text without control characters; PostgreSQL holds no NUL, and no code has one."""
Station = Annotated[int, Meta(ge=0, le=999)]
Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]  # what both engines hold
Milliseconds = Annotated[int, Meta(ge=0, le=253_370_764_800_000)]  # before the year 9999
OffsetMinutes = Annotated[int, Meta(ge=-1_080, le=1_080)]


Hash32 = Annotated[bytes, Meta(min_length=HASH_LENGTH, max_length=HASH_LENGTH)]
Salt16 = Annotated[bytes, Meta(min_length=SALT_LENGTH, max_length=SALT_LENGTH)]


class BrokenLedger(Exception):
    """The ledger does not hold together; `code` says how."""

    code = "broken_ledger"

    def __init__(self, chain: "ChainId", seq: int) -> None:
        super().__init__(f"{self.code} in chain {chain} at seq {seq}")
        self.chain, self.seq = chain, seq


class Gap(BrokenLedger):
    """A seq is missing."""

    code = "gap"


class Fork(BrokenLedger):
    """Two different events claim the same place in a chain."""

    code = "fork"


class ChangedEvent(BrokenLedger):
    """The bytes of an event do not give the hash that was noted for it."""

    code = "changed_event"


class UnreadableEntry(Exception):
    """These bytes are not an entry of a ledger."""

    code = "unreadable_entry"


class ChainId(Struct, frozen=True, array_like=True, order=True):
    """One key, one chain, one writer."""

    station: Station
    number: Number

    def __str__(self) -> str:
        return f"{self.station:03d}-{self.number}"


class Source(StrEnum):
    """Where the time something happened is known from."""

    NOW = "now"
    PAPER = "paper"
    TOLD = "told"


class Occurred(Struct, frozen=True, array_like=True):
    """The local day something happened, when it was entered later than that."""

    day: date
    minute: Annotated[int, Meta(ge=0, lt=1_440)] | None = None  # of the day
    source: Source = Source.PAPER


class Moment(Struct, frozen=True):
    """When a person acts: the clock's time, and the day it speaks of when that is another."""

    at: datetime  # aware
    occurred: Occurred | None = None  # None: now

    @property
    def day(self) -> date:
        """The local day this speaks of."""
        return self.occurred.day if self.occurred else self.at.date()


class Header(Struct, frozen=True, array_like=True):
    """What everyone may know of an event."""

    format: int
    chain: ChainId
    seq: Number
    subject: Plain  # the code of a device, lot, case, part or point
    seen: bytes  # hash of the last event of this subject that the writer knew, or empty
    kind: Plain
    at_ms: Milliseconds  # milliseconds since 1970, UTC
    offset_min: OffsetMinutes  # local time minus UTC
    occurred: Occurred | None = None  # None: the local day of `at_ms`

    @property
    def at(self) -> datetime:
        """The clock's local time when this was written."""
        here = timezone(timedelta(minutes=self.offset_min))
        epoch = datetime.fromtimestamp(0, UTC)
        return (epoch + timedelta(milliseconds=self.at_ms)).astimezone(here)

    @property
    def day(self) -> date:
        """The local day this speaks of: what papers and reports go by."""
        return self.occurred.day if self.occurred else self.at.date()


class Entry(Struct, frozen=True):
    """One event as bytes. `salt` and `data` are None when data was withheld or purged."""

    core: bytes
    prev: bytes
    data_hash: bytes
    salt: bytes | None
    data: bytes | None

    @property
    def hash(self) -> bytes:
        """The event's id."""
        return sha256(self.core + self.prev + self.data_hash).digest()

    @property
    def header(self) -> Header:
        """What the core says; raises UnreadableEntry."""
        return read_header(self.core)

    @property
    def header_bytes(self) -> bytes:
        """Core, prev and data hash in one piece, as it is stored."""
        return self.core + self.prev + self.data_hash


_encoder = msgspec.msgpack.Encoder()
_headers = msgspec.msgpack.Decoder(Header)


def read_header(core: bytes) -> Header:
    """Read a core; what a newer version appended is left standing in the bytes."""
    try:
        return _headers.decode(core)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableEntry(str(error)) from error


def hash_data(salt: bytes, data: bytes) -> bytes:
    """Bind data to its header without telling what it says."""
    return sha256(salt + data).digest()


def write(header: Header, data: bytes, prev: bytes, salt: bytes) -> Entry:
    """Make the bytes of a new event."""
    return Entry(_encoder.encode(header), prev, hash_data(salt, data), salt, data)


def chained(core: bytes, salt: bytes, data: bytes, prev: bytes) -> Entry:
    """Rebuild an entry that came without its hashes: the receiver computes them itself."""
    return Entry(core, prev, hash_data(salt, data), salt, data)


def from_header_bytes(header: bytes, salt: bytes | None, data: bytes | None) -> Entry:
    """Take stored header bytes apart again."""
    core, prev, data_hash = header[:-64], header[-64:-32], header[-32:]
    return Entry(core, prev, data_hash, salt, data)


def in_time(moment: Moment) -> tuple[int, int]:
    """The header's `at_ms` and `offset_min` for a moment."""
    offset = moment.at.utcoffset() or timedelta()
    since = moment.at - datetime.fromtimestamp(0, UTC)
    return since // timedelta(milliseconds=1), int(offset.total_seconds() // 60)


def verified(entries: Iterable[Entry], after: tuple[int, bytes] = (0, NO_HASH)) -> Iterator[Entry]:
    """Pass on the entries of one chain while they follow each other; raise where they do not."""
    seq, prev = after
    for entry in entries:
        header = entry.header
        if header.seq != seq + 1:
            raise Gap(header.chain, header.seq)
        if entry.prev != prev:
            raise Fork(header.chain, header.seq)
        if not data_is_intact(entry):
            raise ChangedEvent(header.chain, header.seq)
        seq, prev = header.seq, entry.hash
        yield entry


def data_is_intact(entry: Entry) -> bool:
    """Whether the data, where it is still there, is the data that was hashed."""
    if entry.data is None or entry.salt is None:
        return True
    return hash_data(entry.salt, entry.data) == entry.data_hash
