"""How far a diagnosis is: a whole picture each time, so that a listener may miss some."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from diagnostics.trial import Trial


class StepState(StrEnum):
    """Where one test stands."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


class Step(Struct, frozen=True):
    """One test of the plan."""

    check: str
    subject: str
    state: StepState
    done_permille: int | None = None  # None: it cannot tell
    remaining_s: int | None = None
    trial: Trial | None = None  # once it ended


class Progress(Struct, frozen=True):
    """The whole plan at one moment; at most about five a second are sent."""

    steps: tuple[Step, ...] = ()
    remaining_s: int | None = None  # until the last test ends; None: not known yet
    collecting: bool = False  # facts are being read, before there is a plan


Listener = Callable[[Progress], None]
"""Called on the diagnosis' own thread; what takes long there holds up the diagnosis."""
