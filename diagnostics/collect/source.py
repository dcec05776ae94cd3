"""What one part of a machine is read from, and what that gives."""

from collections.abc import Callable
from dataclasses import dataclass

from station.machine import Machine, Reading


@dataclass(frozen=True)
class Raw:
    """What one tool or file said, word for word; it is redacted before it is kept."""

    name: str  # a file name that begins with its kind of `parse`: edid-bin-card0-eDP-1.bin
    data: bytes


@dataclass(frozen=True)
class Answer:
    """The facts of one source: a `Machine` with only its part filled.

    `reading` is not OK when a part was out of reach: a plain user may not read the serials, and
    still learns maker and model. Facts that were read are always kept.
    """

    part: Machine
    reading: Reading = Reading.OK
    raw: tuple[Raw, ...] = ()
    tool_version: str = ""


@dataclass(frozen=True)
class Source:
    """One way to read one section; `read` answers or raises a `ReadingFailed`."""

    section: str  # a field of Machine, or smart
    name: str
    read: Callable[[], Answer]
    limit_s: float
    also: tuple[str, ...] = ()  # further sections that the same answer speaks of
