"""The ways to a printer. Each sends bytes and says what became of them; none ever guesses.

A transport raises `NothingSent` while it is sure that the printer saw nothing: sending again is
safe. From the first byte on it raises `MaybePrinted`: only a person can look at the printer.
"""

from enum import StrEnum
from typing import Protocol

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
