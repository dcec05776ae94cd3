"""Sending the ledger: what has no verdict goes out, oldest first, until nothing is left."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from station import events, ledger, ports
from sync.problems import (
    ChainAhead,
    ChainStuck,
    IncompleteAnswer,
    ServiceRefused,
    TimedOut,
    TooLarge,
)
from sync.wire import ChainHead, PushAnswer, PushRequest, push_request

BATCH = 200
PARTED = (ledger.Fork.code, ledger.Gap.code)  # the service's chain and ours are not the same one


class PointLedger(ports.Outbox, Protocol):
    """An outbox that also knows how far its own chains go."""

    def standing(self) -> ports.Standing:
        """How far this store has come."""


class Service(Protocol):
    """The central service, as far as pushing needs it."""

    def head(self, chain: ledger.ChainId) -> ChainHead | None:
        """The last event of a chain the service holds; None when it holds none."""

    def submit(self, request: PushRequest) -> PushAnswer:
        """Hand over a batch; the same batch again is answered as before."""


class Pushed(Struct, frozen=True):
    """What one push came to."""

    answered: int
    disputed: int
    void: int
    rejected: int
    stopped: bool  # asked to stop before everything was answered
    again: int = 0  # sent before, lost by the service and sent again


def push(
    outbox: PointLedger,
    service: Service,
    *,
    stop: Callable[[], bool] = lambda: False,
    batch_size: int = BATCH,
) -> Pushed:
    """Submit every event without a verdict; raises SyncProblem or ledger.BrokenLedger.

    A chain that parted from the service's copy of it holds up no other: it is left as it is and
    told of when all else was answered, as ChainAhead if it is the one written now, else ChainStuck.

    Stopping anywhere is safe: an event leaves the outbox only on the service's verdict, and the
    service answers a repeated event as it did before. `stop` is asked between batches.
    """
    sending = _Sending(outbox, service, batch_size)
    sending.compare_heads()
    while batch := sending.next_batch():
        if stop():
            return sending.pushed(stopped=True)
        sending.send(batch)
    _tell_parted(outbox, sending.parted)
    return sending.pushed(stopped=False)


class _Sending:
    """One push on its way: first what the service lost, then what it never answered."""

    def __init__(self, outbox: PointLedger, service: Service, batch_size: int) -> None:
        self._outbox, self._service, self._batch_size = outbox, service, batch_size
        self.parted: dict[ledger.ChainId, int] = {}  # and the seq it was refused at
        self._lost: dict[ledger.ChainId, int] = {}  # to be sent again from behind this seq
        self._outcomes: Counter[str] = Counter()
        self._again: Counter[ledger.ChainId] = Counter()

    def compare_heads(self) -> None:
        """An old copy of ours ends the push; what an old copy of the service lost is sent again."""
        chain = self._outbox.standing().chain
        head = self._service.head(chain)
        # asked after the service: another PC of this point may have recorded and sent meanwhile
        if head and not self._outbox.holds(chain, head.seq, head.hash):
            raise ChainAhead(chain, head.seq)
        self._lost[chain] = head.seq if head else 0

    def next_batch(self) -> tuple[ledger.Entry, ...]:
        """What goes out next; empty when nothing is left."""
        for chain, seq in tuple(self._lost.items()):
            batch = self._outbox.answered_after(chain, seq, self._batch_size)
            if batch and chain not in self.parted:
                return batch
            del self._lost[chain]
        return self._outbox.unanswered(self._batch_size, skip=self.parted)

    def send(self, batch: tuple[ledger.Entry, ...]) -> None:
        """Submit a batch and note the answers, or learn why it does not pass."""
        try:
            verdicts = _submit(batch, self._service)
        except (TooLarge, TimedOut):
            if len(batch) == 1:
                raise
            self._batch_size = len(batch) // 2
        except ServiceRefused as refused:
            self._refused(batch[0].header, refused)
        else:
            self._answered(batch, verdicts)

    def pushed(self, *, stopped: bool) -> Pushed:
        """What it came to."""
        return Pushed(
            answered=self._outcomes.total(),
            disputed=self._outcomes[events.DISPUTED],
            void=self._outcomes[events.VOID],
            rejected=self._outcomes[events.REJECTED],
            stopped=stopped,
            again=self._again.total(),
        )

    def _answered(
        self, batch: tuple[ledger.Entry, ...], verdicts: Sequence[events.Verdict]
    ) -> None:
        """The verdicts we have stand: an event is answered once, whoever forgot it."""
        chain = batch[0].header.chain
        if chain in self._lost:
            self._lost[chain] = batch[-1].header.seq
            self._again[chain] += len(batch)
        else:
            self._outbox.note_verdicts(verdicts)
            self._outcomes.update(verdict.outcome for verdict in verdicts)

    def _refused(self, first: ledger.Header, refused: ServiceRefused) -> None:
        if refused.code not in PARTED:
            raise refused
        missing = refused.expected is not None and refused.expected < first.seq
        if refused.code == ledger.Gap.code and missing and first.chain not in self._again:
            self._again[first.chain] = 0  # once: a service that forgets again is left
            self._lost[first.chain] = (refused.expected or 1) - 1
        else:
            self.parted[first.chain] = refused.seq or first.seq


def _tell_parted(outbox: PointLedger, parted: dict[ledger.ChainId, int]) -> None:
    """Only the chain that is written now asks for a new one; one that was left is stuck."""
    current = outbox.standing().chain
    if current in parted:
        raise ChainAhead(current, parted[current])
    for chain, seq in parted.items():
        raise ChainStuck(chain, seq)


def _submit(batch: tuple[ledger.Entry, ...], service: Service) -> Sequence[events.Verdict]:
    first = batch[0]
    whole = tuple(ledger.verified(batch, after=(first.header.seq - 1, first.prev)))
    answer = service.submit(push_request(whole))
    _check(whole, answer)
    return [answered.verdict for answered in answer.verdicts]


def _check(batch: tuple[ledger.Entry, ...], answer: PushAnswer) -> None:
    headers = [entry.header for entry in batch]
    if [answered.seq for answered in answer.verdicts] != [header.seq for header in headers]:
        raise IncompleteAnswer
    for entry, header, answered in zip(batch, headers, answer.verdicts, strict=True):
        if answered.hash != entry.hash:
            raise ledger.ChangedEvent(header.chain, header.seq)
