"""A diagnosis as a file: what was read, what was judged, by which policy and which version.

The bytes first written are the report. They are kept and shipped as they are, and their SHA-256 is
the report's identity: the same report twice is one report.
"""

import hashlib

import msgspec
from msgspec import Struct

from diagnostics.endings import UnreadableReport
from station.checks import CheckResult
from station.machine import Machine

FORMAT = 1  # raised when an older reader would misunderstand; new optional fields do not raise it
TOOL_VERSION = "0.1.0"  # the project's; a stick carries no package metadata to ask


class NotAReport(UnreadableReport):
    """The file says something else than a diagnosis."""


class NewerReport(UnreadableReport):
    """A report in a format that a later version of this program writes."""


class Report(Struct, frozen=True):
    """One diagnosis of one machine."""

    machine: Machine
    results: tuple[CheckResult, ...]
    policy: str
    tool_version: str = TOOL_VERSION
    format: int = FORMAT


class _Envelope(Struct):
    """What is understood of a report in any format."""

    format: int


def encode(report: Report) -> bytes:
    """The bytes of the report's file."""
    return msgspec.json.encode(report)


def decode(data: bytes) -> Report:
    """Read a report's file; raises NotAReport or NewerReport."""
    try:
        found = msgspec.json.decode(data, type=_Envelope).format
        if found > FORMAT:
            raise NewerReport(f"report format {found}")
        return msgspec.json.decode(data, type=Report)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise NotAReport(str(error)) from error


def identity(data: bytes) -> str:
    """The report's name for all time: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()
