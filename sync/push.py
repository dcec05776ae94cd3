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
    _refuse_an_old_copy(outbox, service)
    outcomes: Counter[str] = Counter()
    parted: dict[ledger.ChainId, int] = {}  # and the seq it was refused at
    while batch := outbox.unanswered(batch_size, skip=parted):
        if stop():
            return _pushed(outcomes, stopped=True)
        try:
            verdicts = _submit(batch, service)
        except (TooLarge, TimedOut):
            if len(batch) == 1:
                raise
            batch_size = len(batch) // 2
            continue
        except ServiceRefused as refused:
            if refused.code not in PARTED:
                raise
            header = batch[0].header
            parted[header.chain] = refused.seq or header.seq
            continue
        outbox.note_verdicts(verdicts)
        outcomes.update(verdict.outcome for verdict in verdicts)
    _tell_parted(outbox, parted)
    return _pushed(outcomes, stopped=False)


def _refuse_an_old_copy(outbox: PointLedger, service: Service) -> None:
    chain = outbox.standing().chain
    head = service.head(chain)
    # asked after the service: another PC of this point may have recorded and sent meanwhile
    if head and not outbox.holds(chain, head.seq, head.hash):
        raise ChainAhead(chain, head.seq)


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


def _pushed(outcomes: Counter[str], *, stopped: bool) -> Pushed:
    return Pushed(
        answered=outcomes.total(),
        disputed=outcomes[events.DISPUTED],
        void=outcomes[events.VOID],
        rejected=outcomes[events.REJECTED],
        stopped=stopped,
    )
