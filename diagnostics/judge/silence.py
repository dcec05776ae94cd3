"""The verdict where nothing was said: unknown, and why."""

from diagnostics.finding import Finding
from station.checks import Measurement, Outcome
from station.machine import Machine, Reading


def unknown(check: str, reason: str, *measured: Measurement, subject: str = "") -> Finding:
    """Nobody can tell, for this reason."""
    return Finding(check, Outcome.UNKNOWN, (reason,), measured, subject)


def not_read(check: str, reading: Reading) -> Finding:
    """Nobody can tell, because of how reading ended."""
    return unknown(check, f"reading_{reading.value}")


def not_said(check: str, machine: Machine, section: str) -> Finding:
    """Nobody can tell: the section was read and is silent, or it was not read."""
    reading = machine.reading_of(section)
    return unknown(check, "not_said") if reading is Reading.OK else not_read(check, reading)
