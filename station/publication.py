"""The public ledger as a file of JSON lines that anybody can check without asking anybody.

```
{"type":"file", …}                     what this is
{"type":"chain", "grant":…}            the service's word for the key of a chain
{"type":"event", "core":…, …}          header and public fields of its next event
{"type":"veiled", "hash":…}            its next event, of which nothing is told but that it is there
{"type":"head", "seq":…, …}            the chain's own signature, up to and with that event
{"type":"told", "subject":…, …}        behind all chains of a point: what was veiled, by month
{"type":"end", "lines":…, …}           the service's signature over all lines before
```

The chain binds data only by a salted hash, and salts are not published. So two things are shown:
that nothing was taken out of a chain, put in or exchanged (hashes and the point's signatures), and
that the service answers for the public fields (its signature over the file). An excerpt, the
history of one device, leaves events out: there `prev` stands beside each and only the service's
signature tells that it is whole.

The minute at which a device was kept for a pupil or handed over would lead to that pupil. So events
of cases, offers and papers, and those between a device and a pupil, are veiled: their hashes keep
the chain whole, and of a device it is told with the month alone what they say. Told lines are in
the order of their devices, which tells nothing of the order in the chain.

A veiled event hides which one it goes on from. So the point's signature binds the events before it
where a head stands at the last of them; for the rest of them, which are counted, only the service
answers.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from station.events import Event, Hash
from station.ledger import NO_HASH, ChainId, Entry, UnreadableEntry
from station.public import NAMES_AN_EVENT, public_form
from station.signing import (
    ChainGrant,
    PublicKey,
    Signature,
    SigningKey,
    head_statement,
    is_granted,
    is_signed,
)

FORMAT = "refurbishment-station public ledger 2"
FORMATS = (FORMAT, "refurbishment-station public ledger 1")  # the first one veiled nothing
LONGEST_LINE = 2**20


class FileLine(Struct, frozen=True, tag="file", tag_field="type"):
    """What this is."""

    format: str
    made_s: int  # by the service's clock, in seconds since 1970
    excerpt_of: str | None = None  # the device whose history alone it is


class ChainLine(Struct, frozen=True, tag="chain", tag_field="type"):
    """The next lines are of this chain."""

    grant: ChainGrant


class EventLine(Struct, frozen=True, tag="event", tag_field="type", omit_defaults=True):
    """One event: its header, and its public fields."""

    core: Annotated[bytes, Meta(min_length=1, max_length=4096)]
    data_hash: Hash
    said: dict[str, Any]
    prev: Hash | None = None  # of an excerpt; else it is the hash of the event before


class VeiledLine(Struct, frozen=True, tag="veiled", tag_field="type"):
    """One event of which nothing is told here."""

    hash: Hash


class HeadLine(Struct, frozen=True, tag="head", tag_field="type"):
    """The point signed its chain up to and with this event."""

    seq: int
    hash: Hash
    signature: Signature


class ToldLine(Struct, frozen=True, tag="told", tag_field="type"):
    """What one veiled event said, somewhere in the chains of this point."""

    station: int
    subject: str
    kind: str
    month: str  # 2026-11
    said: dict[str, Any]


class EndLine(Struct, frozen=True, tag="end", tag_field="type"):
    """The service signed all lines before."""

    lines: int
    key: PublicKey
    signature: Signature


Line = FileLine | ChainLine | EventLine | VeiledLine | HeadLine | ToldLine | EndLine

_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


class NotAPublication(Exception):
    """No public ledger; `line` is the first that cannot be read."""

    code = "not_a_publication"

    def __init__(self, line: int) -> None:
        super().__init__(f"{self.code}: line {line}")
        self.line = line


def event_line(event: Event, entry: Entry, *, excerpt: bool) -> EventLine:
    """The public form of an event."""
    prev = entry.prev if excerpt else None
    return EventLine(entry.core, entry.data_hash, public_form(event.said), prev)


def told_line(event: Event) -> ToldLine:
    """What is told of a veiled event of a device: no time, no place, no name of another event."""
    header, form = event.header, public_form(event.said)
    said = {name: value for name, value in form.items() if name not in NAMES_AN_EVENT}
    month = _month(header.day)
    return ToldLine(header.chain.station, header.subject, header.kind, month, said)


def in_order(told: Iterable[ToldLine]) -> list[ToldLine]:
    """By what they say, so that their order tells no more than they do."""
    return sorted(
        told, key=lambda one: (one.subject, one.month, one.kind, _encoder.encode(one.said))
    )


def _month(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def written(lines: Iterable[Line], key: SigningKey) -> Iterator[bytes]:
    """The bytes of a file line by line, the service's signature at the end."""
    digest, count = sha256(), 0
    for line in lines:
        packed = _encoder.encode(line) + b"\n"
        digest.update(packed)
        count += 1
        yield packed
    signature = key.sign(_end_statement(count, digest.digest()))
    yield _encoder.encode(EndLine(count, key.public, signature)) + b"\n"


class Published(Struct, frozen=True):
    """What checking a file found."""

    chains: int
    events: int
    veiled: int  # of the events: those shown as a hash alone
    unbound: int  # of the events: those shown that no signature of their point reaches
    excerpt_of: str | None
    made_s: int
    key: bytes  # that signed the file; compare it with the one the programme publishes
    key_known: bool  # it is one of those that were named to compare with
    broken: tuple[str, ...]  # one line each: what, in which line

    @property
    def sound(self) -> bool:
        """Nothing is wrong, and the key is one that was named, if any was."""
        return not self.broken


def checked(raw: Iterable[bytes], anchors: tuple[bytes, ...] = ()) -> Published:
    """Check a whole file; raises NotAPublication where it is another kind of file."""
    checking = _Checking(anchors)
    for number, line in enumerate(raw, 1):
        checking.take(number, line)
    return checking.found()


class _Checking:
    """Reads line by line and keeps little: a file may be as long as a programme's life."""

    def __init__(self, anchors: tuple[bytes, ...]) -> None:
        self._anchors = anchors
        self._digest = sha256()
        self._number = 0
        self._file: FileLine | None = None
        self._grants: dict[ChainId, ChainGrant] = {}
        self._chain: ChainLine | None = None
        self._seq, self._hash, self._signed_to = 0, NO_HASH, 0
        self._events, self._veiled, self._unbound = 0, 0, 0
        self._unsigned = 0  # shown since the last head or veiled event
        self._end: EndLine | None = None
        self._broken: list[str] = []

    def take(self, number: int, raw: bytes) -> None:
        """One more line."""
        self._number = number
        line = self._read(raw)
        if self._end is not None:
            self._say("behind_the_end")
        self._take(line)
        self._digest.update(raw)

    def _take(self, line: Line) -> None:
        match line:
            case FileLine():
                self._begin(line)
            case EventLine():
                self._event(line)
            case VeiledLine():
                self._veiled_event(line)
            case HeadLine():
                self._head(line)
            case ChainLine() | ToldLine() | EndLine():
                self._leave_chain()
                self._between_chains(line)

    def _between_chains(self, line: ChainLine | ToldLine | EndLine) -> None:
        match line:
            case ChainLine():
                self._enter_chain(line)
            case ToldLine():
                self._told(line)
            case EndLine():
                self._finish(line)

    def found(self) -> Published:
        """What it came to."""
        if self._file is None:
            raise NotAPublication(1)
        if self._end is None:
            self._say("cut_off")
        key = self._end.key if self._end else b""
        known = key in self._anchors
        if self._anchors and self._end and not known:
            self._say("another_key")
        return Published(
            len(self._grants),
            self._events,
            self._veiled,
            self._unbound,
            self._file.excerpt_of,
            self._file.made_s,
            key,
            known,
            tuple(self._broken),
        )

    def _read(self, raw: bytes) -> Line:
        if len(raw) > LONGEST_LINE:
            raise NotAPublication(self._number)
        try:
            line = _decoder.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise NotAPublication(self._number) from error
        first = isinstance(line, FileLine) and line.format in FORMATS
        if self._number == 1 and not first:
            raise NotAPublication(1)
        return line

    def _begin(self, line: FileLine) -> None:
        if self._file is not None:
            self._say("misplaced_line")
        self._file = self._file or line

    def _enter_chain(self, line: ChainLine) -> None:
        if line.grant.chain in self._grants:
            self._say("chain_twice")
        self._grants[line.grant.chain] = line.grant
        self._chain = line
        self._seq, self._hash, self._signed_to = 0, NO_HASH, 0

    def _event(self, line: EventLine) -> None:
        if self._chain is None or self._file is None:
            self._say("misplaced_line")
            return
        entry = Entry(line.core, line.prev or self._hash, line.data_hash, None, None)
        try:
            header = entry.header
        except UnreadableEntry:
            self._say("unreadable_entry")
            return
        excerpt = self._file.excerpt_of
        follows = header.seq > self._seq if excerpt else header.seq == self._seq + 1
        named = header.chain == self._chain.grant.chain and excerpt in {None, header.subject}
        if not follows or not named or (line.prev is None) != (excerpt is None):
            self._say("misplaced_event")
        self._seq, self._hash = header.seq, entry.hash
        self._events += 1
        self._unsigned += 1

    def _veiled_event(self, line: VeiledLine) -> None:
        """It binds what follows it, and nothing that is before it."""
        if self._chain is None or self._file is None or self._file.excerpt_of is not None:
            self._say("misplaced_line")
            return
        self._seq, self._hash = self._seq + 1, line.hash
        self._events += 1
        self._veiled += 1
        self._unbound += self._unsigned
        self._unsigned = 0

    def _told(self, line: ToldLine) -> None:
        """Only the service answers for it; it must be of a point of this file."""
        excerpt = self._file.excerpt_of if self._file else None
        known = any(chain.station == line.station for chain in self._grants)
        if not known or excerpt not in {None, line.subject}:
            self._say("misplaced_line")

    def _head(self, line: HeadLine) -> None:
        if self._chain is None or (line.seq, line.hash) != (self._seq, self._hash):
            self._say("head_differs")
            return
        grant = self._chain.grant
        statement = head_statement(grant.chain, line.seq, line.hash)
        if not is_signed(statement, line.signature, grant.key):
            self._say("bad_signature")
        self._signed_to, self._unsigned = line.seq, 0

    def _leave_chain(self) -> None:
        """What a point did not sign, it did not say; an excerpt's events have no head behind."""
        whole = self._file is not None and self._file.excerpt_of is None
        if self._chain is not None and whole and self._signed_to != self._seq:
            self._say("not_signed")
        self._chain, self._unsigned = None, 0

    def _finish(self, line: EndLine) -> None:
        self._end = line
        statement = _end_statement(self._number - 1, self._digest.digest())
        lines = line.lines == self._number - 1
        if not lines or not is_signed(statement, line.signature, line.key):
            self._say("bad_signature")
        for chain, grant in self._grants.items():
            if not is_granted(grant, (line.key, *self._anchors)):
                self._broken.append(f"bad_grant: chain {chain}")

    def _say(self, wrong: str) -> None:
        if len(self._broken) < 100:  # enough to see that nothing holds
            self._broken.append(f"{wrong}: line {self._number}")


def _end_statement(lines: int, digest: bytes) -> bytes:
    return b"refurbishment-station publication 1\0" + lines.to_bytes(8) + digest
