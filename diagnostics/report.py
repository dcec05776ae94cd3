"""A diagnosis as a file: what was read and measured, what was judged, by which policy and version.

The bytes first written are the report. They are kept and shipped as they are, and their SHA-256 is
the report's identity: the same report twice is one report.
"""

import hashlib

import msgspec
from msgspec import Struct

from diagnostics.endings import UnreadableReport
from diagnostics.finding import Finding, overall
from diagnostics.judge.fitness import Fitness
from diagnostics.trial import Trial
from station.checks import CheckResult
from station.coded import CodedId
from station.machine import Machine

FORMAT = 2  # raised when an older reader would misunderstand; new optional fields do not raise it
TOOL_VERSION = "0.1.0"  # the project's; a stick carries no package metadata to ask


class NotAReport(UnreadableReport):
    """The file says something else than a diagnosis."""


class NewerReport(UnreadableReport):
    """A report in a format that a later version of this program writes."""


class Evidence(Struct, frozen=True):
    """What one tool said, word for word but redacted, known by its hash; kept beside the report."""

    name: str  # dmidecode.txt, edid-card0-eDP-1.bin
    sha256: str  # of the redacted bytes, as hex
    size_bytes: int


class Report(Struct, frozen=True, omit_defaults=True):
    """One diagnosis of one machine."""

    machine: Machine
    findings: tuple[Finding, ...]
    policy: CodedId  # the id of the thresholds that `findings` were judged by
    fitness: Fitness = Fitness()
    trials: tuple[Trial, ...] = ()
    profile: str = ""  # triage, standard, burn_in; "" when only facts were read
    evidence: tuple[Evidence, ...] = ()
    millis: int = 0  # monotonic duration of the whole diagnosis
    tool_version: str = ""
    format: int = 0

    @property
    def results(self) -> tuple[CheckResult, ...]:
        """One verdict a check, as the station records them."""
        return overall(self.findings)


class _Envelope(Struct):
    """What is understood of a report in any format."""

    format: int


def encode(report: Report) -> bytes:
    """The bytes of the report's file, marked with this version's format."""
    marked = msgspec.structs.replace(report, format=FORMAT, tool_version=TOOL_VERSION)
    return msgspec.json.encode(marked)


def decode(data: bytes) -> Report:
    """Read a report's file; raises NotAReport or NewerReport."""
    try:
        found = msgspec.json.decode(data, type=_Envelope).format
        if found > FORMAT:
            raise NewerReport(f"report format {found}")
        if found < FORMAT:
            raise NotAReport(f"report format {found} was never given out")
        report = msgspec.json.decode(data, type=Report)
        msgspec.msgpack.encode(report)  # a number of more than 64 bits could never be recorded
    except (ValueError, RecursionError, OverflowError) as error:  # msgspec's are ValueErrors
        raise NotAReport(str(error)) from error
    return report


def identity(data: bytes) -> str:
    """The report's name for all time: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()
