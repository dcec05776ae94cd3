"""What a running test is given: its subject and time, and the way to speak and to be stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

from diagnostics.measure.budget import Budget, MemoryShare
from station.checks import Measurement
from station.machine import KernelErrors, Machine


class Halted(Exception):
    """The test was asked to end: by a person or by its limit."""


class NotPossible(Exception):
    """The machine or the system does not let this be tested; the message is a stable code."""


@dataclass(frozen=True)
class Surroundings:
    """Where tests look beyond their subject."""

    root: Path = Path("/")  # of /sys and /proc
    memory: MemoryShare = field(default_factory=lambda: MemoryShare(384, 85))
    look_every_s: float = 1.0  # at clocks, temperatures and fans
    read_errors: Callable[[], KernelErrors] = KernelErrors
    read_heat: Callable[[], Machine] = Machine  # a Machine of temperatures and fans


class Phases:
    """What the tests of one run are at, told to those that watch them."""

    def __init__(self) -> None:
        self._at: dict[str, str] = {}

    def enter(self, check: str, phase: str) -> None:
        """Say that this test is now at idle, load, after or ended."""
        self._at[check] = phase

    def of(self, check: str) -> str:
        """What it is at; "" before it said anything."""
        return self._at.get(check, "")


class Run:
    """One test while it runs. All methods may be called from the test's own thread only."""

    def __init__(
        self,
        machine: Machine,
        subject: str,
        budget: Budget,
        surroundings: Surroundings | None = None,
        phases: Phases | None = None,
    ) -> None:
        self.machine = machine
        self.subject = subject
        self.budget = budget
        self.surroundings = surroundings or Surroundings()
        self.phases = phases or Phases()
        self.halt = Event()
        self.began = monotonic()
        self.done_permille: int | None = None
        self._measured: tuple[Measurement, ...] = ()
        self._until: float | None = None

    @property
    def measured(self) -> tuple[Measurement, ...]:
        """What it found so far."""
        return self._measured

    @property
    def remaining_s(self) -> float | None:
        """What it said last of the time it needs still, less what passed since."""
        return None if self._until is None else max(0.0, self._until - monotonic())

    def note(self, *measured: Measurement) -> None:
        """Replace what was found so far: it is kept, however the test ends."""
        self._measured = measured

    def tell(self, done_permille: int | None, remaining_s: float | None) -> None:
        """How much is done and how long the rest takes; None where it cannot tell."""
        self.done_permille = done_permille
        self._until = None if remaining_s is None else monotonic() + remaining_s

    def tell_time(self, passed_s: float, whole_s: float) -> None:
        """Progress of a test that is only a matter of time."""
        done = min(1.0, passed_s / whole_s) if whole_s else 1.0
        self.tell(round(1000 * done), max(0.0, whole_s - passed_s))

    def check(self) -> None:
        """Raise Halted when the test was asked to end."""
        if self.halt.is_set():
            raise Halted

    def rest(self, seconds: float) -> None:
        """Let time pass; Halted as soon as the test is asked to end."""
        if self.halt.wait(seconds):
            raise Halted
