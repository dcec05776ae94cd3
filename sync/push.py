"""Sending the ledger: what has no verdict goes out, oldest first, until nothing is left."""

from collections import Counter
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol, TypeVar

from msgspec import Struct

from station import events, ledger, ports
from station.ledger import ChainId, Entry
from station.public import Showing, showing
from station.signing import SigningKey, head_statement
from sync.pace import Pace
from sync.problems import (
    BadSignature,
    ChainAhead,
    ChainStuck,
    IncompleteAnswer,
    NotEnrolled,
    Offline,
    Revoked,
    ServiceRefused,
    ServiceUnavailable,
    SyncProblem,
    TimedOut,
    TooLarge,
)
from sync.wire import (
    MAX_EVENTS,
    ChainHead,
    InnerHead,
    PushAnswer,
    PushRequest,
    push_request,
    whole,
)

BATCH = 250  # to begin with
PARTED = (ledger.Fork.code, ledger.Gap.code)  # the service's chain and ours are not the same one
NOT_BELIEVED: dict[str, type[NotEnrolled | Revoked | BadSignature]] = {
    kind.code: kind for kind in (NotEnrolled, Revoked, BadSignature)
}

T = TypeVar("T")


class PointLedger(ports.Outbox, ports.Inflow, Protocol):
    """An outbox that also knows how far its own chains go, and signs for them."""

    def standing(self) -> ports.Standing:
        """How far this store has come."""

    def signing_key(self, chain: ChainId) -> SigningKey:
        """The key of an own chain."""


class Service(Protocol):
    """The central service, as far as pushing needs it."""

    def head(self, chain: ChainId) -> ChainHead | None:
        """The last event of a chain the service holds; None when it holds none."""

    def submit(self, request: PushRequest) -> PushAnswer:
        """Hand over a batch; the same batch again is answered as before."""


class Patience(Protocol):
    """Does something again while it fails in a way that may pass."""

    def __call__(self, do: Callable[[], T]) -> T:
        """What it came to in the end."""


class Pushed(Struct, frozen=True):
    """What one push came to."""

    answered: int
    disputed: int
    void: int
    rejected: int
    stopped: bool  # asked to stop before everything was answered
    again: int = 0  # sent before, lost by the service and sent again


def at_once(do: Callable[[], T]) -> T:
    """No patience: the first failure is the last."""
    return do()


def push(
    outbox: PointLedger,
    service: Service,
    *,
    stop: Callable[[], bool] = lambda: False,
    batch_size: int = BATCH,
    patience: Patience = at_once,
) -> Pushed:
    """Submit every event without a verdict; raises SyncProblem or ledger.BrokenLedger.

    A chain that the service does not take holds up no other: it is left as it is and told of when
    all else was answered, as ChainAhead where the service's copy of the chain written now is
    another, ChainStuck where it is another chain's, or NotEnrolled, Revoked, BadSignature.

    Stopping anywhere is safe: an event leaves the outbox only on the service's verdict, and the
    service answers a repeated event as it did before. `stop` is asked between batches.
    """
    pushing = Pushing(outbox, service, batch_size, patience)
    pushing.run(stop)
    return pushing.pushed()


class Pushing:
    """One push on its way: first what the service lost, then what it never answered."""

    def __init__(
        self,
        outbox: PointLedger,
        service: Service,
        batch_size: int = BATCH,
        patience: Patience = at_once,
        vouch: Callable[[ChainId], bool] = lambda _chain: False,
    ) -> None:
        self._outbox, self._service, self._patience = outbox, service, patience
        self._vouch = vouch
        self._pace = Pace(batch_size, MAX_EVENTS)
        self._left: dict[ChainId, SyncProblem] = {}  # what the service does not take
        self._later: dict[ChainId, bool] = {}  # not believed yet; True: its second try
        self._last: dict[ChainId, int] = {}  # revoked behind this seq
        self._lost: dict[ChainId, int] = {}  # to be sent again from behind this seq
        self._outcomes: Counter[str] = Counter()
        self._again: Counter[ChainId] = Counter()
        self._stopped = False

    def run(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Send until nothing is left that passes; raises what `push` raises."""
        self._patience(self._compare_heads)
        while not stop():
            if not self._patience(self._send_next):
                self._tell_left()
                return
        self._stopped = True

    def pushed(self) -> Pushed:
        """What it came to so far."""
        return Pushed(
            answered=self._outcomes.total(),
            disputed=self._outcomes[events.DISPUTED],
            void=self._outcomes[events.VOID],
            rejected=self._outcomes[events.REJECTED],
            stopped=self._stopped,
            again=self._again.total(),
        )

    def _compare_heads(self) -> None:
        """An old copy of ours ends the push; what an old copy of the service lost is sent again."""
        chain = self._outbox.standing().chain
        head = self._service.head(chain)
        # asked after the service: another PC of this point may have recorded and sent meanwhile
        if head and not self._outbox.holds(chain, head.seq, head.hash):
            raise ChainAhead(chain, head.seq)
        self._lost[chain] = head.seq if head else 0

    def _send_next(self) -> bool:
        """Submit a batch and note the answers, or learn why it does not pass; False: none left."""
        batch = self._next_batch()
        if not batch:
            return False
        began = monotonic()
        try:
            verdicts = self._submit(batch)
        except (TooLarge, TimedOut):
            if len(batch) == 1:
                raise
            self._pace.too_much(len(batch))
        except (Offline, ServiceUnavailable):
            self._pace.failed(len(batch))
            raise
        except ServiceRefused as refused:
            self._refused(batch[0].header, refused)
        else:
            self._pace.went(len(batch), monotonic() - began)
            self._answered(batch, verdicts)
        return True

    def _next_batch(self) -> tuple[Entry, ...]:
        """What goes out next; empty when nothing is left."""
        for chain, seq in tuple(self._lost.items()):
            batch = self._outbox.answered_after(chain, seq, self._pace.size)
            if batch and chain not in self._left:
                return batch
            del self._lost[chain]
        while batch := self._outbox.unanswered(self._pace.size, skip=self._skipped()):
            if believed := self._up_to_the_last(batch):
                return believed
        if waiting := [chain for chain, again in self._later.items() if not again]:
            self._later.update(dict.fromkeys(waiting, True))
            return self._next_batch()
        return ()

    def _skipped(self) -> set[ChainId]:
        return {*self._left, *(chain for chain, again in self._later.items() if not again)}

    def _up_to_the_last(self, batch: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """What of a batch a revoked chain said while it was believed: that still has an answer."""
        chain = batch[0].header.chain
        if chain not in self._last:
            return batch
        said = tuple(entry for entry in batch if entry.header.seq <= self._last[chain])
        if not said:
            self._left[chain] = Revoked(chain)
        return said

    def _submit(self, batch: tuple[Entry, ...]) -> Sequence[events.Verdict]:
        first = batch[0]
        intact = tuple(ledger.verified(batch, after=(first.header.seq - 1, first.prev)))
        last, chain = intact[-1], first.header.chain
        key = self._outbox.signing_key(chain)
        signature = key.sign(head_statement(chain, last.header.seq, last.hash))
        answer = self._service.submit(push_request(intact, signature, inner_heads(intact, key)))
        return _checked(intact, answer)

    def _answered(self, batch: tuple[Entry, ...], verdicts: Sequence[events.Verdict]) -> None:
        """What the service forgot and judges anew differently is its later word."""
        chain = batch[0].header.chain
        if chain in self._lost:
            self._outbox.take_in_pulled(verdicts, self._outbox.cursor())
            self._lost[chain] = batch[-1].header.seq
            self._again[chain] += len(batch)
        else:
            self._outbox.note_verdicts(verdicts)
            self._outcomes.update(verdict.outcome for verdict in verdicts)

    def _refused(self, first: ledger.Header, refused: ServiceRefused) -> None:
        if refused.code in NOT_BELIEVED:
            self._not_believed(first, refused)
        elif refused.code in PARTED:
            self._parted(first, refused)
        else:
            raise refused

    def _parted(self, first: ledger.Header, refused: ServiceRefused) -> None:
        chain = first.chain
        missing = refused.expected is not None and refused.expected < first.seq
        if refused.code == ledger.Gap.code and missing and chain not in self._again:
            self._again[chain] = 0  # once: a service that forgets again is left
            self._lost[chain] = (refused.expected or 1) - 1
        else:  # only the chain that is written now asks for a new one; one that was left is stuck
            kind = ChainAhead if chain == self._outbox.standing().chain else ChainStuck
            self._left[chain] = kind(chain, refused.seq or first.seq)

    def _not_believed(self, first: ledger.Header, refused: ServiceRefused) -> None:
        """A chain is vouched for, or a laptop's believed once the chain that names it was sent."""
        chain = first.chain
        if refused.code == NotEnrolled.code and chain not in self._later:
            self._later[chain] = self._vouch(chain)
        elif refused.code == Revoked.code and chain not in self._last:
            self._last[chain] = refused.seq or 0
        else:
            self._left[chain] = NOT_BELIEVED[refused.code](chain)

    def _tell_left(self) -> None:
        """The chain that is written now comes first: there somebody must do something."""
        current = self._outbox.standing().chain
        for _chain, problem in sorted(self._left.items(), key=lambda left: left[0] != current):
            raise problem


def _checked(batch: tuple[Entry, ...], answer: PushAnswer) -> Sequence[events.Verdict]:
    """The verdicts, once they cover exactly the batch and are about the bytes that stand here."""
    headers = [entry.header for entry in batch]
    if [answered.seq for answered in answer.verdicts] != [header.seq for header in headers]:
        raise IncompleteAnswer
    told = whole(answer, [entry.hash for entry in batch])
    for entry, header, answered in zip(batch, headers, told.verdicts, strict=True):
        if answered.hash != entry.hash:
            raise ledger.ChangedEvent(header.chain, header.seq)
    return [answered.verdict for answered in told.verdicts]


def inner_heads(batch: Sequence[Entry], key: SigningKey) -> tuple[InnerHead, ...]:
    """Signatures at the places behind which the public ledger shows a hash alone."""
    shown = [showing(events.read(entry)) is Showing.WHOLE for entry in batch]
    return tuple(
        InnerHead(
            entry.header.seq,
            key.sign(head_statement(entry.header.chain, entry.header.seq, entry.hash)),
        )
        for entry, here, behind in zip(batch, shown, shown[1:], strict=False)
        if here and not behind
    )
