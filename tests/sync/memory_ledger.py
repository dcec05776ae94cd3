"""A point's ledger in memory: a working outbox that passes the same contract tests as the store."""

import secrets
from collections.abc import Collection, Sequence

from station import events, ledger, ports
from station.signing import ChainGrant, SigningKey, head_statement
from sync.wire import PushRequest, push_request

AT_MS = 1_633_928_400_000  # 2021-10-11, 12:00 in Hà Nội
HANOI_MIN = 420


class MemoryLedger:
    """One chain of one point. Implements what push and enrolling ask of a store."""

    def __init__(self, chain: ledger.ChainId) -> None:
        self.chain = chain
        self.entries: list[ledger.Entry] = []
        self._last: dict[str, bytes] = {}  # event of each subject
        self.verdicts: dict[bytes, events.Verdict] = {}
        self.key = SigningKey.new()
        self.reached = ports.Cursor()
        self._enrolment = ports.Enrolment()

    def copied(self, count: int) -> "MemoryLedger":
        """The same chain with its first events, as an old copy has them."""
        copy = MemoryLedger(self.chain)
        copy.entries, copy.key = self.entries[:count], self.key
        copy._enrolment = self._enrolment
        return copy

    def record(self, subject: str, said: events.Said) -> ledger.Entry:
        """Append an event this version knows."""
        return self.append(subject, type(said).__name__, events.encode(said))

    def append(self, subject: str, kind: str, data: bytes, newer: bytes = b"") -> ledger.Entry:
        """Append any bytes; `newer` is what a newer version writes behind the header's fields."""
        prev = self.entries[-1].hash if self.entries else ledger.NO_HASH
        seen = self._last.get(subject, b"")
        header = ledger.Header(
            ledger.FORMAT, self.chain, self.seq + 1, subject, seen, kind, AT_MS, HANOI_MIN
        )
        salt = secrets.token_bytes(ledger.SALT_LENGTH)
        entry = ledger.write(header, data, prev, salt)
        if newer:
            fields = bytes([entry.core[0] + 1])  # one more element in the array
            entry = ledger.chained(fields + entry.core[1:] + newer, salt, data, prev)
        self.entries.append(entry)
        self._last[subject] = entry.hash
        return entry

    @property
    def seq(self) -> int:
        """The last seq."""
        return len(self.entries)

    def request(self, entries: Sequence[ledger.Entry]) -> PushRequest:
        """Some of the events as they are pushed, signed."""
        last = entries[-1]
        statement = head_statement(self.chain, last.header.seq, last.hash)
        return push_request(tuple(entries), self.key.sign(statement))

    def unanswered(
        self, limit: int, skip: Collection[ledger.ChainId] = ()
    ) -> tuple[ledger.Entry, ...]:
        """The oldest events without a verdict."""
        if self.chain in skip:
            return ()
        waiting = [entry for entry in self.entries if entry.hash not in self.verdicts]
        return tuple(waiting[:limit])

    def answered_after(
        self, chain: ledger.ChainId, seq: int, limit: int
    ) -> tuple[ledger.Entry, ...]:
        """Events behind that seq which have a verdict."""
        behind = self.entries[seq:] if chain == self.chain else []
        return tuple(entry for entry in behind if entry.hash in self.verdicts)[:limit]

    def holds(self, chain: ledger.ChainId, seq: int, hash_: bytes) -> bool:
        """Whether this very event stands at that place."""
        return chain == self.chain and hash_ in [e.hash for e in self.entries[seq - 1 : seq]]

    def note_verdicts(self, verdicts: Sequence[events.Verdict]) -> None:
        """Keep the first verdict on each own event."""
        own = {entry.hash for entry in self.entries}
        for verdict in verdicts:
            if verdict.event in own:
                self.verdicts.setdefault(verdict.event, verdict)

    def cursor(self) -> ports.Cursor:
        """How far both feeds were read."""
        return self.reached

    def take_in_pulled(self, items: Sequence[ports.PulledItem], reached: ports.Cursor) -> None:
        """A verdict that says something else than the one before replaces it; that is all."""
        for item in items:
            if isinstance(item, events.Verdict) and item.event in self.verdicts:
                known = self.verdicts[item.event]
                said = (known.outcome, known.rule, known.other)
                if said != (item.outcome, item.rule, item.other):
                    self.verdicts[item.event] = item
        self.reached = reached

    def signing_key(self, chain: ledger.ChainId) -> SigningKey:
        """The key of the one chain."""
        assert chain == self.chain
        return self.key

    def enrolment(self) -> ports.Enrolment:
        """Whether the service believes the chain."""
        return self._enrolment

    def note_enrolment(self, grant: ChainGrant, anchors: Sequence[bytes]) -> None:
        """Keep the service's word."""
        self._enrolment = ports.Enrolment(grant, tuple(anchors))

    def last_granted(self) -> ChainGrant | None:
        """The grant of the one chain."""
        return self._enrolment.grant

    def standing(self) -> ports.Standing:
        """How far this ledger has come."""
        return ports.Standing("memory", self.chain, self.seq, (), 0)

    def numbers(self) -> list[int]:
        """The verdicts' numbers in seq order."""
        return [self.verdicts[entry.hash].number for entry in self.entries]
