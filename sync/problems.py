"""Why a round of sync ended early. Nothing is lost by any: what has no verdict stays waiting.

SyncProblem
├── Offline               nobody answers
│   └── TimedOut          the answer took too long
├── ServiceUnavailable    the service is there and cannot work now
├── StrangeAnswer         something else answers: a login page, a wrong address
├── ServiceRefused        the service says no: its code and the seq it is about
│   └── TooLarge          the batch is too big for the service or for what stands before it
├── NotEnrolled           the service does not know this chain's key yet
├── Revoked               the service believes this chain no more
├── BadSignature          the service holds another key for this chain
├── NotTheService         who answers does not hold the key of the service this point knows
├── IncompleteAnswer      the answer does not cover exactly the batch
├── CorruptItem           what was pulled cannot be read
├── ChainAhead            the service knows other or more of our chain than we: an old copy
├── ChainStuck            a chain this store left cannot be sent on; everything else was sent
└── Stopped               asked to stop while waiting
"""

from station.ledger import ChainId


class SyncProblem(Exception):
    """The round could not be brought to its end; `code` says why."""

    code = "sync_problem"


class Offline(SyncProblem):
    """The service cannot be reached."""

    code = "offline"


class TimedOut(Offline):
    """The service was reached and did not answer in time."""

    code = "timed_out"


class ServiceUnavailable(SyncProblem):
    """The service is there and cannot work now: it starts, or is busy, or its database is down."""

    code = "service_unavailable"

    def __init__(self, said: str = "", after_s: float | None = None) -> None:
        super().__init__(said)
        self.after_s = after_s  # it asked to be left alone for so long


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


class _AboutAChain(SyncProblem):
    """Something is wrong with one chain of this point."""

    def __init__(self, chain: ChainId) -> None:
        super().__init__(f"{self.code}: chain {chain}")
        self.chain = chain


class NotEnrolled(_AboutAChain):
    """The service knows no key for this chain: a one-time code is needed."""

    code = "not_enrolled"


class Revoked(_AboutAChain):
    """The service believes this chain no more; what it said before stays."""

    code = "revoked"


class BadSignature(_AboutAChain):
    """The service holds another key for this chain than this store."""

    code = "bad_signature"


class NotTheService(SyncProblem):
    """Whoever answers cannot sign as the service that enrolled this point."""

    code = "not_the_service"


class IncompleteAnswer(SyncProblem):
    """The answer does not cover exactly the events that were sent."""

    code = "incomplete_answer"


class CorruptItem(SyncProblem):
    """A pulled item cannot be read; the feed is not read on behind it, and nothing is skipped."""

    code = "corrupt_item"

    def __init__(self, feed: str, position: int) -> None:
        super().__init__(f"{self.code}: position {position} of the feed {feed}")
        self.feed, self.position = feed, position


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


class Stopped(SyncProblem):
    """Somebody asked to stop."""

    code = "stopped"
