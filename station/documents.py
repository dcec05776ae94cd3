"""What the service sends that is no event: offers, cases, words of the programme, tasks.

A document is named by kind and id, and each new version replaces the one before; one without a
body was taken back. They hold no person's words: those are people rows, named by a `Ref`. Kinds
that this version does not know are kept as bytes.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from station.coded import CodedId
from station.events import CodedName, Hash, KindName, OfferedItem, Ref
from station.ledger import ChainId

KindOfDocument = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,31}\Z")]
DocumentId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")]
Words = Annotated[str, Meta(max_length=1_000_000)]  # of the programme, not of a person

LARGEST_DOCUMENT = 2**20


class Document(Struct, frozen=True):
    """One document as it travels and stands in the log."""

    kind: KindOfDocument
    id: DocumentId
    version: int
    body: bytes | None  # None: taken back

    @property
    def subject(self) -> str:
        """Under which code or name the log finds it."""
        return self.id if self.kind in {OFFER, CASE} else f"{self.kind}-{self.id}"


class Offer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A donor registered; the devices are expected at this point. The id is the offer's code."""

    items: tuple[OfferedItem, ...] = ()
    donor: Ref | None = None
    note: Ref | None = None
    expected_on: date | None = None
    pick_up: bool = False  # the point fetches it
    unit: CodedId | None = None

    @property
    def count(self) -> int:
        """How many devices were registered."""
        return sum(item.count for item in self.items)


class AllottedCase(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pupil's case that the Department gave to this point. The id is the case's code."""

    level: CodedId
    school: CodedId | None = None
    unit: CodedId | None = None
    wants: CodedId | None = None
    pupil: Ref | None = None
    approved: bool = True


class ReferenceWords(Struct, frozen=True):
    """Organisations, units, policies and templates: the text of a file as resources/ has it."""

    text: Words


class Revocation(Struct, frozen=True):
    """A chain may say nothing more, behind the event at `last_seq`."""

    chain: ChainId
    last_seq: int
    reason: CodedId


class SharedTask(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another point's event contradicts one of ours. The id is the hex of `event`."""

    subject: CodedName
    event: Hash  # the event that is disputed or void
    kind: KindName  # of that event
    outcome: CodedId
    rule: CodedId
    other: bytes = b""  # the event it contradicts
    station: int = 0  # whose event it is
    other_station: int = 0  # whose `other` is
    decision: CodedId | None = None  # what the Department decided: leave, recover, assign


OFFER, CASE, TASK, REVOCATION = "offer", "case", "task", "revocation"
ORGANISATIONS, UNITS, POLICY, TEMPLATE = "organisations", "units", "policy", "template"

KINDS: dict[str, type[Struct]] = {
    OFFER: Offer,
    CASE: AllottedCase,
    TASK: SharedTask,
    REVOCATION: Revocation,
    ORGANISATIONS: ReferenceWords,
    UNITS: ReferenceWords,
    POLICY: ReferenceWords,
    TEMPLATE: ReferenceWords,
}

Body = Offer | AllottedCase | ReferenceWords | Revocation | SharedTask

_encoder = msgspec.msgpack.Encoder()
_decoders = {kind: msgspec.msgpack.Decoder(said) for kind, said in KINDS.items()}


def encode(body: Struct) -> bytes:
    """The bytes of a document's body."""
    return _encoder.encode(body)


def read(document: Document) -> Struct | None:
    """What a document says; None where it was taken back, or is of a newer version."""
    decoder = _decoders.get(document.kind)
    if decoder is None or document.body is None:
        return None
    try:
        return decoder.decode(document.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
