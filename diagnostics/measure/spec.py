"""A test as a declared value: what it examines, what it needs, what it must have for itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from diagnostics.measure.budget import Budget
from diagnostics.measure.run import Run
from station.machine import Machine

MACHINE = ("",)
"""The one subject of a test that examines the machine as a whole."""


class Level(StrEnum):
    """How much of a person a test needs."""

    AUTO = "auto"
    ASSISTED = "assisted"  # a person acts, the tool decides
    INTERACTIVE = "interactive"  # a person decides


@dataclass(frozen=True)
class TrialSpec:
    """One test of the catalogue. Only an automatic one has a `run`."""

    check: str  # of resources/checks.toml
    level: Level = Level.AUTO
    run: Callable[[Run], None] | None = None
    subjects: Callable[[Machine], tuple[str, ...]] = lambda _machine: MACHINE  # none: no test
    line: str = ""  # of profiles.toml, where it is not the check's
    admin: bool = False
    tools: tuple[str, ...] = ()  # one of them is enough
    optional: bool = False  # without its tool there is no such test, and nothing is missed
    systems: tuple[str, ...] = ()  # of sys.platform; none named: all
    exclusive: tuple[str, ...] = ()  # cpu, memory, wifi, disk:{subject}
    after: tuple[str, ...] = ()  # checks that end first, where the plan has them
    beside: str = ""  # begins together with this one, and watches it
    last: bool = False  # when all others ended
    estimate: Callable[[Machine, str, Budget], int] = field(
        default=lambda _machine, _subject, budget: budget.estimate_s
    )

    @property
    def budget_line(self) -> str:
        """Under which name `resources/profiles.toml` gives it time."""
        return self.line or self.check
