"""One test that was run, or could not be: how it ended and what it measured, before any verdict."""

from enum import StrEnum

from msgspec import Struct

from station.checks import Measurement
from station.coded import CodedId, CodedIdOrNone


class Ending(StrEnum):
    """How a test ended. Only `COMPLETED` measured all it set out to."""

    COMPLETED = "completed"
    STOPPED = "stopped"  # a person stopped it
    TIMED_OUT = "timed_out"
    NOT_POSSIBLE = "not_possible"  # no such hardware, tool or right here; `why` says which
    FAILED = "failed"  # the test itself broke; our bug, or a tool's
    MACHINE_CRASHED = "machine_crashed"  # started, and the next start found no end


SAME_BOOT = "no_reboot_seen"
"""Why a test seemed to crash the machine: its program ended, and the system went on."""


class Trial(Struct, frozen=True, omit_defaults=True):
    """One run of one test."""

    check: CodedId  # of resources/checks.toml, such as sto.speed
    ending: Ending
    why: CodedIdOrNone = ""  # a stable code: missing, not_permitted, on_battery ...
    subject: str = ""  # of several alike, which one: sda
    measured: tuple[Measurement, ...] = ()
    millis: int = 0  # monotonic duration
