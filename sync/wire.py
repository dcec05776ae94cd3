"""What point and service say to each other, as msgpack: one vocabulary for both ends.

Fields may be added with a default, never renamed: a reader skips what it does not know. Events
travel as the bytes first written; `prev` and `hash` of each are computed by the receiver.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from station.coded import CodedId
from station.documents import DocumentId, KindOfDocument
from station.events import Hash, Verdict
from station.ledger import (
    HASH_LENGTH,
    NO_HASH,
    SALT_LENGTH,
    ChainId,
    Entry,
    Salt16,
    chained,
)
from station.signing import ChainGrant, PublicKey, Signature

CONTENT_TYPE = "application/vnd.msgpack"
VERSION = "v1"
MAX_BODY = 8 * 2**20  # as it travels, and unpacked
MAX_EVENTS = 1_000  # of one batch
MAX_CHUNK = 2**18  # of an attachment
MAX_ATTACHMENT = 64 * 2**20
MAX_PEOPLE = 500  # rows of one message
LARGEST_ROW = 2**18  # sealed: five fields of 10,000 characters fit

StationNumber = Annotated[int, Meta(ge=1, le=899)]
ChainNumber = Annotated[int, Meta(ge=1, le=2**62)]
Seq = Annotated[int, Meta(ge=1, le=2**62)]
Place = Annotated[int, Meta(ge=0, le=2**62)]  # behind which the next is wanted
Core = Annotated[bytes, Meta(min_length=1, max_length=4096)]
# a salt of any other length could lend bytes to the data beside it under the same hash
Salt = Salt16

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


class InnerHead(Struct, frozen=True, array_like=True):
    """The chain's signature up to and with an event that is not the last of its batch."""

    seq: Seq
    signature: Signature


class PushRequest(Struct, frozen=True, omit_defaults=True):
    """Events of one chain in seq order, between the hash before them and the hash of the last.

    The chain's key signs `signing.head_statement` of the last event, and of each that stands before
    one which the public ledger veils: else nobody could check that it is the point's.
    """

    station: StationNumber
    number: ChainNumber
    first_seq: Seq
    prev: Hash
    head: Hash
    events: Annotated[tuple[Sent, ...], Meta(min_length=1, max_length=MAX_EVENTS)]
    signature: Signature
    heads: Annotated[tuple[InnerHead, ...], Meta(max_length=MAX_EVENTS)] = ()

    @property
    def chain(self) -> ChainId:
        """The chain the events are of."""
        return ChainId(self.station, self.number)


class Answered(Struct, frozen=True, array_like=True):
    """The service's verdict on one event, and the hash it computed for it.

    In an answer that says the `head` the hash is empty: hashes do not compress, and the last one
    stands for all before it.
    """

    seq: int
    hash: Annotated[bytes, Meta(max_length=HASH_LENGTH)]
    outcome: CodedId
    number: Annotated[int, Meta(ge=0, le=2**62)]
    rule: CodedId | None = None
    other: Annotated[bytes, Meta(max_length=HASH_LENGTH)] = b""

    @property
    def verdict(self) -> Verdict:
        """The verdict as the ledger notes it."""
        return Verdict(self.hash, self.outcome, self.number, self.rule, self.other)


class PushAnswer(Struct, frozen=True):
    """One verdict for each event of the batch, in its order.

    `head` is the hash the service computed for the last event. It covers all the others, whose
    verdicts then travel without theirs.
    """

    verdicts: tuple[Answered, ...]
    head: bytes = b""


def brief(answer: PushAnswer) -> PushAnswer:
    """The same answer with one hash instead of one an event."""
    if not answer.verdicts:
        return answer
    bare = tuple(msgspec.structs.replace(answered, hash=b"") for answered in answer.verdicts)
    return PushAnswer(bare, answer.verdicts[-1].hash)


def whole(answer: PushAnswer, hashes: Sequence[bytes]) -> PushAnswer:
    """A brief answer with the hashes of the events it is about, if its head is the last of them."""
    if answer.head != hashes[-1] or len(hashes) != len(answer.verdicts):
        return answer
    pairs = zip(answer.verdicts, hashes, strict=True)
    return PushAnswer(tuple(msgspec.structs.replace(a, hash=a.hash or h) for a, h in pairs))


class Problem(Struct, frozen=True, omit_defaults=True):
    """Why the service did not do what it was asked; nothing of it was done."""

    code: str
    seq: int | None = None  # the event it is about
    expected: int | None = None  # the seq the service waits for
    field: str | None = None  # of a registration: which part of it
    why: str | None = None  # coded


class ChainHead(Struct, frozen=True):
    """The last event of a chain that the service holds."""

    seq: int
    hash: Hash


class Held(Struct, frozen=True):
    """Events of one chain as the service holds them, in seq order."""

    entries: tuple[Entry, ...]


# ---- who speaks: one-time codes, keys, sessions ----

EnrolmentCode = Annotated[str, Meta(pattern=r"^[0-9]{16}\Z")]  # digits: an input method keeps them


class Scope(StrEnum):
    """What a token lets its holder do."""

    PUSH = "push"
    PULL = "pull"
    PEOPLE = "people"
    ATTACHMENTS = "attachments"
    DOCUMENTS = "documents"  # publish offers, cases and the programme's words
    SETTLE = "settle"  # decide disputes, approve cases
    ENROLMENT = "enrolment"  # one-time codes, revocations
    OFFERS = "offers"  # register what people give, and ask how it stands
    APPLICATIONS = "applications"  # register pupils without a machine
    NOTICES = "notices"  # what became of the offers and applications it brought


POINT_SCOPES = (Scope.PUSH, Scope.PULL, Scope.PEOPLE, Scope.ATTACHMENTS)


class CodeQuestion(Struct, frozen=True):
    """Which point is this one-time code for? The code is not used up by asking."""

    code: EnrolmentCode


class CodeAnswer(Struct, frozen=True):
    """The point of a code."""

    station: StationNumber


class EnrolRequest(Struct, frozen=True, omit_defaults=True):
    """A chain asks to be believed: by a one-time code, or vouched for by the chain it goes on from.

    `proof` is the new key's signature over `enrol_statement`; `vouching` the old key's over
    `signing.vouching_statement`.
    """

    station: StationNumber
    number: ChainNumber
    key: PublicKey
    proof: Signature
    code: EnrolmentCode | None = None
    old_number: ChainNumber | None = None
    vouching: Signature | None = None

    @property
    def chain(self) -> ChainId:
        """The chain that asks."""
        return ChainId(self.station, self.number)


def enrol_statement(station: int, number: int, key: bytes, code: str) -> bytes:
    """What a new key signs to show that it is held; `code` is "" where a chain vouches."""
    head = b"refurbishment-station enrolment 1\0" + station.to_bytes(2) + number.to_bytes(8)
    return head + key + code.encode()


class Enrolled(Struct, frozen=True):
    """The service believes the chain; `anchors` are the keys the service signs with."""

    grant: ChainGrant
    anchors: Annotated[tuple[PublicKey, ...], Meta(min_length=1, max_length=16)]


class Challenge(Struct, frozen=True):
    """Something to sign that was never signed before; good once, for a short time."""

    challenge: Annotated[bytes, Meta(min_length=16, max_length=256)]


class SessionRequest(Struct, frozen=True):
    """A chain shows that it holds its key, and begins a key exchange for people rows.

    `exchange` is a fresh X25519 public key; `signature` is over `session_statement`.
    """

    station: StationNumber
    number: ChainNumber
    challenge: Annotated[bytes, Meta(min_length=16, max_length=256)]
    exchange: PublicKey
    signature: Signature

    @property
    def chain(self) -> ChainId:
        """The chain that asks."""
        return ChainId(self.station, self.number)


def session_statement(station: int, number: int, challenge: bytes, exchange: bytes) -> bytes:
    """What a chain signs to be let in."""
    head = b"refurbishment-station session 1\0" + station.to_bytes(2) + number.to_bytes(8)
    return head + exchange + challenge


class Session(Struct, frozen=True):
    """A token for the questions that follow, as `Authorization: Bearer`.

    `signature` is the service's, over `session_answer_statement`: nobody stands in between.
    """

    token: Annotated[str, Meta(min_length=16, max_length=2048)]
    expires_in_s: int
    exchange: PublicKey
    signature: Signature


def session_answer_statement(challenge: bytes, ours: bytes, theirs: bytes, token: str) -> bytes:
    """What the service signs: the point's exchange key, its own, and the token."""
    head = b"refurbishment-station session answer 1\0" + ours + theirs
    return head + challenge + token.encode()


# ---- pull ----


class PullKind(StrEnum):
    """What one pulled item is. A reader keeps kinds it does not know as bytes."""

    EVENT = "event"  # a msgpack `ForeignEvent`
    VERDICT = "verdict"  # a msgpack `Answered` on an event of this point, later than the first
    DOCUMENT = "document"  # a msgpack `station.documents.Document`


class Pulled(Struct, frozen=True, array_like=True):
    """One item of a feed, at its place."""

    position: int
    kind: str
    body: bytes


class ForeignEvent(Struct, frozen=True, array_like=True):
    """An event of another point, with its own `prev`: only parts of that chain come here."""

    core: Core
    prev: Hash
    salt: Salt | None
    data: bytes | None
    data_hash: Hash | None = None  # sent only where salt and data were withheld or purged


class PullPage(Struct, frozen=True):
    """The next items of both feeds, each in order: the point's own, and the one for every point.

    `own` and `common` are the places reached; together they are the next cursor. `behind_own` and
    `behind_common` repeat the cursor that was asked with: an answer to another question is no page.
    """

    items: tuple[Pulled, ...]  # of the point's own feed
    shared: tuple[Pulled, ...]  # of the feed for every point
    own: int
    common: int
    more: bool
    behind_own: int | None = None
    behind_common: int | None = None


# ---- people: donor, pupil and text rows, sealed under the session's key ----


RowId = Annotated[bytes, Meta(min_length=16, max_length=16)]
DEPARTMENT = 0  # the station of rows that the Department's programs brought


class PersonRow(Struct, frozen=True, omit_defaults=True):
    """One people row on its way. `sealed` is None once purged: every copy is emptied.

    On its way up it says which event of the point's own names it. On its way down `needed` is
    False where nothing names it for this point any more: the copy goes, the row itself stays.
    """

    id: RowId
    station: Annotated[int, Meta(ge=0, le=899)]  # whose row it is
    version: Annotated[int, Meta(ge=1, le=2**31)]
    kind: CodedId
    sealed: Annotated[bytes, Meta(max_length=LARGEST_ROW)] | None
    number: Annotated[int, Meta(ge=0, le=2**62)] = 0  # the chain of the event that names it
    seq: Annotated[int, Meta(ge=0, le=2**62)] = 0
    needed: bool = True


class PeopleRequest(Struct, frozen=True):
    """Rows of this point that the service has not confirmed in this version."""

    rows: Annotated[tuple[PersonRow, ...], Meta(min_length=1, max_length=MAX_PEOPLE)]


class PeopleAnswer(Struct, frozen=True):
    """The versions the service holds now, in the order of the request; 0: it took no such row."""

    versions: tuple[int, ...]


class PeoplePage(Struct, frozen=True):
    """The next rows this point needs, and the place reached."""

    rows: tuple[PersonRow, ...]
    position: int
    more: bool


class OpenRow(Struct, frozen=True):
    """A people row of the Department's own, as its program says it: over TLS, not sealed."""

    id: RowId
    version: Annotated[int, Meta(ge=1, le=2**31)]
    kind: CodedId
    salted: Annotated[bytes, Meta(min_length=SALT_LENGTH, max_length=LARGEST_ROW)] | None


class OpenRows(Struct, frozen=True):
    """Rows that documents name; those without content are purged, and every copy with them."""

    rows: Annotated[tuple[OpenRow, ...], Meta(min_length=1, max_length=MAX_PEOPLE)]


# ---- attachments: whole files by the hash of their bytes, in chunks ----


class AttachmentAnnounced(Struct, frozen=True):
    """A file is to come: which event of the point's own lets it go, and how long it is."""

    number: ChainNumber
    seq: Seq
    size: Annotated[int, Meta(ge=1, le=MAX_ATTACHMENT)]


class AttachmentState(Struct, frozen=True):
    """How much of a file the service holds; `complete` once its bytes gave its hash."""

    size: int
    held: int
    complete: bool


class AttachmentPiece(Struct, frozen=True):
    """One chunk of a whole file, as it was brought; of a scan, sealed for the session."""

    size: int  # of the file
    content: Annotated[bytes, Meta(max_length=MAX_CHUNK + 64)]


# ---- what the Department's programs ask ----


class DocumentRequest(Struct, frozen=True):
    """Publish a document to one point, or to all (station 0); without a body it is taken back."""

    station: Annotated[int, Meta(ge=0, le=899)]
    kind: KindOfDocument
    id: DocumentId
    body: Annotated[bytes, Meta(max_length=2**20)] | None


class DocumentAnswer(Struct, frozen=True):
    """The version it got."""

    version: int


class Decision(Struct, frozen=True):
    """What the Department decides about an event that is disputed or void."""

    station: StationNumber  # of the disputed event's chain
    event: Hash
    decision: CodedId  # leave, recover, assign


class OpenDispute(Struct, frozen=True):
    """One thing people must settle."""

    station: StationNumber
    number: ChainNumber
    seq: Seq
    event: Hash
    kind: str
    subject: str
    outcome: str
    rule: str
    other: bytes
    decision: str | None


class OpenDisputes(Struct, frozen=True):
    """Everything nobody settled yet, of one point or of all."""

    disputes: tuple[OpenDispute, ...]
    more: bool


class CodeRequest(Struct, frozen=True):
    """Give a one-time code for a point."""

    station: StationNumber
    hours: Annotated[int, Meta(ge=1, le=24 * 30)] = 72


class CodeGiven(Struct, frozen=True):
    """The code, said once; the service keeps only its hash."""

    code: EnrolmentCode
    expires_s: int


class RevokeRequest(Struct, frozen=True):
    """Believe this chain no more; what it said stays."""

    station: StationNumber
    number: ChainNumber
    reason: CodedId

    @property
    def chain(self) -> ChainId:
        """The chain."""
        return ChainId(self.station, self.number)


class ChainStanding(Struct, frozen=True):
    """A chain that is believed no more, and how far it was."""

    station: StationNumber
    number: ChainNumber
    revoked_seq: int
    reason: CodedId


# ---- is it there? ----


class Health(Struct, frozen=True):
    """Who answers, and which protocol it speaks."""

    service: str
    version: str
    protocol: str


def push_request(
    batch: tuple[Entry, ...], signature: bytes, heads: tuple[InnerHead, ...] = ()
) -> PushRequest:
    """Pack entries that follow each other in one chain, with the signature of the last one."""
    first, last = batch[0], batch[-1]
    header = first.header
    return PushRequest(
        station=header.chain.station,
        number=header.chain.number,
        first_seq=header.seq,
        prev=first.prev,
        head=last.hash,
        events=tuple(map(_sent, batch)),
        signature=signature,
        heads=heads,
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
