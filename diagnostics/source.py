"""What one section of a machine is read from, and what that gives."""

from collections.abc import Callable
from dataclasses import dataclass

from station.machine import Reading


@dataclass(frozen=True)
class Answer:
    """The facts of one section.

    `reading` is not OK when a part was out of reach: a plain user may not read the serials, and
    still learns maker and model. Facts that were read are always kept.
    """

    facts: object  # the value of the Machine's field of the same name
    reading: Reading = Reading.OK


@dataclass(frozen=True)
class Source:
    """One way to read one section; `read` answers or raises a `ReadingFailed`."""

    section: str  # a field of Machine
    name: str
    read: Callable[[], Answer]
    limit_s: float
