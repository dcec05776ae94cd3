"""A batch as it came in: every hash computed anew, every event at the place it names."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

from station import events, ledger
from station.ledger import NO_HASH, Header
from sync.central.problems import refused
from sync.wire import PushRequest


class Arrived(Struct, frozen=True):
    """One event as the service keeps it."""

    header: Header
    header_bytes: bytes
    salt: bytes | None
    data: bytes | None
    hash: bytes

    def read(self) -> events.Event:
        """The event, as far as this version knows its kind."""
        said = events.decode(self.header.kind, self.data)
        return events.Event(self.hash, self.header, said)


def arrived(request: PushRequest) -> Sequence[Arrived]:
    """The events of a batch with their hashes; raises Refused where they do not give its head."""
    batch: list[Arrived] = []
    prev = request.prev
    for seq, sent in enumerate(request.events, request.first_seq):
        header = _header(request, sent.core, seq)
        if sent.salt is None or sent.data is None:
            data_hash = sent.data_hash or NO_HASH
        else:
            data_hash = sha256(sent.salt + sent.data).digest()
        whole = sent.core + prev + data_hash
        prev = sha256(whole).digest()
        batch.append(Arrived(header, whole, sent.salt, sent.data, prev))
    if prev != request.head:
        raise refused(ledger.ChangedEvent.code, request.first_seq)
    return batch


def _header(request: PushRequest, core: bytes, seq: int) -> Header:
    try:
        header = ledger.read_header(core)
    except ledger.UnreadableEntry as error:
        raise refused(error.code, seq) from error
    if (header.chain.station, header.chain.number, header.seq) != (
        request.station, request.number, seq,
    ):  # fmt: skip
        raise refused("misplaced_event", seq)
    return header
