"""What a machine has against what is asked for: met, missed, or nobody said."""

from collections.abc import Iterable

from station.checks import Outcome
from station.machine import Machine


class Tally:
    """Gathers what is missed and what was not said, in the order they were asked."""

    def __init__(self) -> None:
        self._missed: list[str] = []
        self._remarked: list[str] = []
        self._unsaid: list[str] = []

    def least(self, have: int | None, need: int, reason: str, *, remark: bool = False) -> None:
        """At least this much, else the reason; a remark alone spoils nothing."""
        self.met(None if have is None else have >= need, reason, remark=remark)

    def met(self, answer: bool | None, reason: str, *, remark: bool = False) -> None:
        """A condition: met, missed for this reason, or not said."""
        if answer is None:
            self._unsaid.append(f"{reason}_not_said")
        elif not answer:
            (self._remarked if remark else self._missed).append(reason)

    @property
    def outcome(self) -> Outcome:
        """Fail when anything is missed, unknown when anything was not said."""
        if self._missed:
            return Outcome.FAIL
        if self._unsaid:
            return Outcome.UNKNOWN
        return Outcome.WARN if self._remarked else Outcome.PASS

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is missed, then what was not said, then what is only remarked; each once."""
        return tuple(dict.fromkeys((*self._missed, *self._unsaid, *self._remarked)))


def cores(machine: Machine) -> int | None:
    """Cores of all packages together; threads where cores are not said."""
    said = [cpu.cores for cpu in machine.cpus]
    return _sum(said) or machine.logical_processors


def clock_mhz(machine: Machine) -> int | None:
    """The highest clock that is known: rated, or by turbo."""
    known = [mhz for cpu in machine.cpus for mhz in (cpu.speed_mhz, cpu.max_mhz) if mhz]
    return max(known, default=None)


def bits(machine: Machine) -> int | None:
    """Of the first package that says; all are alike."""
    return next((cpu.bits for cpu in machine.cpus if cpu.bits), None)


def flags(machine: Machine) -> frozenset[str] | None:
    """What the processor can do; None where the system lists nothing."""
    said = frozenset(flag for cpu in machine.cpus for flag in cpu.flags)
    return said or None


def _sum(values: Iterable[int | None]) -> int | None:
    known = tuple(values)
    return sum(value for value in known if value) if known and all(known) else None
