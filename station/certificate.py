"""A signed certificate: what became of the data on one device, in a file that proves itself.

It carries whole events (with salt and data, as far as they name no person in words), and for each
chain they stand in the chain's own signature over their hashes and the service's word for the
chain's key. Whoever has it can check it without asking anybody; whoever also has the public ledger
can look whether the same events stand there.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from station import events as e
from station.events import CodeText, Event
from station.fold import as_corrected, corrections
from station.ledger import ChainId, Entry, Hash32, Salt16, UnreadableEntry, chained
from station.signing import ChainGrant, Signature, SigningKey, is_granted, is_signed

FORMAT = "refurbishment-station certificate 1"
LARGEST = 2**20
SHOWN = (
    e.Received,
    e.Described,
    e.StorageErased,
    e.StorageRemoved,
    e.SystemInstalled,
    e.Corrected,
)
PROVES = (e.StorageErased, e.StorageRemoved)


class CertifiedEvent(Struct, frozen=True):
    """One event, whole."""

    core: Annotated[bytes, Meta(min_length=1, max_length=4096)]
    prev: Hash32
    salt: Salt16
    data: Annotated[bytes, Meta(max_length=70_000)]


class CertifiedPart(Struct, frozen=True):
    """What stands in one chain, signed by that chain's key."""

    grant: ChainGrant
    events: Annotated[tuple[CertifiedEvent, ...], Meta(min_length=1, max_length=1_000)]
    signature: Signature


class Certificate(Struct, frozen=True):
    """The whole file."""

    format: str
    device: CodeText
    parts: Annotated[tuple[CertifiedPart, ...], Meta(min_length=1, max_length=100)]


class NotACertificate(Exception):
    """These bytes are no certificate of this format."""

    code = "not_a_certificate"


class Proved(Struct, frozen=True):
    """What a certificate says, and what is wrong with it."""

    device: str
    events: tuple[tuple[Event, e.Said], ...]  # each as its corrections leave it, oldest first
    points: tuple[int, ...]
    broken: tuple[str, ...]
    key_known: bool  # every chain's key has the word of a key that was named

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.broken


def proves_something(entries: Iterable[Entry]) -> bool:
    """Whether any of these events is what a certificate is about."""
    return any(isinstance(e.read(entry).said, PROVES) for entry in entries)


def certified(grant: ChainGrant, key: SigningKey, entries: Iterable[Entry]) -> CertifiedPart:
    """The events of one chain that a certificate shows, signed with its key."""
    whole = [
        CertifiedEvent(entry.core, entry.prev, entry.salt, entry.data)
        for entry in entries
        if entry.salt is not None and entry.data is not None
    ]
    hashes = [_entry(event).hash for event in whole]
    return CertifiedPart(grant, tuple(whole), key.sign(_statement(grant.chain, hashes)))


def encode(certificate: Certificate) -> bytes:
    """The file: JSON, so that anybody sees what it is."""
    return msgspec.json.format(msgspec.json.encode(certificate), indent=1) + b"\n"


def decode(raw: bytes) -> Certificate:
    """Read a file; raises NotACertificate."""
    if len(raw) > LARGEST:
        raise NotACertificate
    try:
        certificate = msgspec.json.decode(raw, type=Certificate)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotACertificate from error
    if certificate.format != FORMAT:
        raise NotACertificate
    return certificate


def checked(certificate: Certificate, anchors: tuple[bytes, ...] = ()) -> Proved:
    """Check every hash and signature, and read what is proved."""
    broken: list[str] = []
    found: list[Event] = []
    for part in certificate.parts:
        found += _checked_part(certificate.device, part, broken)
    known = all(is_granted(part.grant, anchors) for part in certificate.parts)
    if anchors and not known:
        broken.append("another_key")
    if not any(isinstance(event.said, PROVES) for event in found):
        broken.append("proves_nothing")
    points = sorted({part.grant.chain.station for part in certificate.parts})
    said = _as_corrected(found)
    return Proved(certificate.device, said, tuple(points), tuple(broken), known)


def _checked_part(device: str, part: CertifiedPart, broken: list[str]) -> list[Event]:
    found: list[Event] = []
    for packed in part.events:
        entry = _entry(packed)
        try:
            event = e.read(entry)
        except UnreadableEntry:
            broken.append("unreadable_entry")
            continue
        header = event.header
        if (header.chain, header.subject) != (part.grant.chain, device):
            broken.append(f"foreign_event: {header.chain} seq {header.seq}")
        elif not isinstance(event.said, SHOWN):
            broken.append(f"unexpected_kind: {header.kind}")
        else:
            found.append(event)
    seqs = [event.header.seq for event in found]
    if seqs != sorted(set(seqs)):
        broken.append(f"out_of_order: {part.grant.chain}")
    hashes = [_entry(packed).hash for packed in part.events]
    if not is_signed(_statement(part.grant.chain, hashes), part.signature, part.grant.key):
        broken.append(f"bad_signature: {part.grant.chain}")
    return found


def _as_corrected(found: list[Event]) -> tuple[tuple[Event, e.Said], ...]:
    replaced = corrections(found)
    read = ((event, as_corrected(event, replaced)) for event in found)
    return tuple(
        (event, said) for event, said in read if said and not isinstance(said, e.Corrected)
    )


def _entry(packed: CertifiedEvent) -> Entry:
    return chained(packed.core, packed.salt, packed.data, packed.prev)


def _statement(chain: ChainId, hashes: Iterable[bytes]) -> bytes:
    head = b"refurbishment-station certificate 1\0"
    return head + chain.station.to_bytes(2) + chain.number.to_bytes(8) + b"".join(hashes)
