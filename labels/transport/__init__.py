"""The ways to a printer. Each sends bytes and says what became of them; none ever guesses.

A transport raises `NothingSent` while it is sure that the printer saw nothing: sending again is
safe. From the first byte on it raises `MaybePrinted`: only a person can look at the printer. A way
through a queue of the system's may also raise `StillWaiting`: the page lies there and comes out
when the printer can, so it is neither lost nor to be sent again.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from msgspec import Struct


class Reason(StrEnum):
    """Why a printer did not take a job; a stable code, worded in the window."""

    UNREACHABLE = "unreachable"  # off, unplugged, wrong address
    REFUSED = "refused"  # no right, or no such queue
    NO_PAPER = "no_paper"
    NO_RIBBON = "no_ribbon"
    HEAD_OPEN = "head_open"
    JAM = "jam"
    PAUSED = "paused"
    BUSY = "busy"
    BROKEN_OFF = "broken_off"  # the line or the printer went away in the middle
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"  # by somebody at the system's own queue
    NOT_HERE = "not_here"  # this system knows no such way
    OTHER = "other"


class NothingSent(Exception):
    """The printer saw nothing of it."""

    code = "nothing_sent"

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class MaybePrinted(Exception):
    """It broke off after the first byte: nobody but a person can tell what came out."""

    code = "maybe_printed"

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class StillWaiting(Exception):
    """The system's own queue has it and will print it: never to be sent again meanwhile."""

    code = "still_waiting"

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Readiness(Struct, frozen=True):
    """What a printer says of itself; `ready` is None where it says nothing."""

    ready: bool | None
    reason: Reason | None = None


class Transport(Protocol):
    """One way to one printer."""

    def ask(self) -> Readiness:
        """What the printer says of itself now; never raises."""

    def send(self, payload: bytes, title: str) -> None:
        """Send one page and wait until it is taken. Raises NothingSent or MaybePrinted."""


@runtime_checkable
class SystemQueue(Protocol):
    """A way through a queue of the system's, which keeps a page while the printer cannot."""

    def hand_over(self, payload: bytes, title: str, note: Callable[[str], None]) -> None:
        """Send one page; `note` is told its ticket before anything of it can come out.

        Raises what `send` does, and StillWaiting.
        """

    def follow(self, ticket: str) -> None:
        """Wait for a page that was handed over. Raises MaybePrinted or StillWaiting."""

    def take_back(self, ticket: str) -> bool:
        """Take a page out of that queue; whether surely nothing of it came out.

        Raises NothingSent where the system does not answer: the page may still lie there.
        """
