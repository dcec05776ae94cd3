"""How reading a source can fail; each ending is one word of `Reading`."""

from collections.abc import Mapping
from typing import ClassVar

from station.machine import Reading


class ReadingFailed(Exception):
    """A source gave no facts; `reading` says how that came."""

    reading: ClassVar[Reading]


class SourceMissing(ReadingFailed):
    """There is no such file, folder or tool on this machine."""

    reading = Reading.MISSING


class NotPermitted(ReadingFailed):
    """It exists, but not for this account."""

    reading = Reading.NOT_PERMITTED


class TimedOut(ReadingFailed):
    """It did not answer within its time."""

    reading = Reading.TIMED_OUT


class UnreadableReport(ReadingFailed):
    """It answered with something we cannot read."""

    reading = Reading.UNREADABLE


ENDINGS: Mapping[Reading, type[ReadingFailed]] = {
    ending.reading: ending for ending in (SourceMissing, NotPermitted, TimedOut, UnreadableReport)
}
