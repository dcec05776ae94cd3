"""Why a push ended early. Nothing is lost by any of them: what has no verdict stays in the outbox.

SyncProblem
├── Offline               nobody answers
│   └── TimedOut          the answer took too long
├── ServiceUnavailable    the service is there and cannot work now
├── StrangeAnswer         something else answers: a login page, a wrong address
├── ServiceRefused        the service says no: its code and the seq it is about
│   └── TooLarge          the batch is too big for the service or for what stands before it
├── IncompleteAnswer      the answer does not cover exactly the batch
├── ChainAhead            the service knows other or more of our chain than we: an old copy
└── ChainStuck            a chain this store left cannot be sent on; everything else was sent
"""

from station.ledger import ChainId


class SyncProblem(Exception):
    """The ledger could not be sent to its end; `code` says why."""

    code = "sync_problem"


class Offline(SyncProblem):
    """The service cannot be reached."""

    code = "offline"


class TimedOut(Offline):
    """The service was reached and did not answer in time."""

    code = "timed_out"


class ServiceUnavailable(SyncProblem):
    """The service is there and cannot work now: it starts, or its database is busy or down."""

    code = "service_unavailable"


class StrangeAnswer(SyncProblem):
    """Something answered that does not speak this protocol."""

    code = "strange_answer"


class ServiceRefused(SyncProblem):
    """The service will not take this; `code` is the service's own word for it."""

    def __init__(self, code: str, seq: int | None = None, expected: int | None = None) -> None:
        super().__init__(f"{code} at seq {seq}" if seq else code)
        self.code, self.seq, self.expected = code, seq, expected


class TooLarge(ServiceRefused):
    """Fewer events at a time may pass."""


class IncompleteAnswer(SyncProblem):
    """The answer does not cover exactly the events that were sent."""

    code = "incomplete_answer"


class ChainAhead(SyncProblem):
    """The service's copy of the chain written now is not ours, or longer: this was an old copy."""

    code = "chain_ahead"

    def __init__(self, chain: ChainId, seq: int) -> None:
        super().__init__(f"{self.code}: the service holds another chain {chain} at seq {seq}")
        self.chain, self.seq = chain, seq


class ChainStuck(SyncProblem):
    """The service holds other events where a chain stands that this store wrote before.

    An old copy was worked on. Its events stay in the outbox until people settle them.
    """

    code = "chain_stuck"

    def __init__(self, chain: ChainId, seq: int) -> None:
        super().__init__(f"{self.code}: chain {chain} at seq {seq}")
        self.chain, self.seq = chain, seq
