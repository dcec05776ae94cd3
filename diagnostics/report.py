"""A diagnosis as a file: what was read and measured, what was judged, by which policy and version.

The bytes first written are the report. They are kept and shipped as they are, and their SHA-256 is
the report's identity: the same report twice is one report.
"""

import hashlib
import re
from typing import Any

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
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})(?![0-9])")  # as semver.org says


class NotAReport(UnreadableReport):
    """The file says something else than a diagnosis."""


class NewerReport(UnreadableReport):
    """A report that a later version of this program wrote, and this one does not understand."""


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
    tool_version: Any = ""  # a string in ours


def encode(report: Report) -> bytes:
    """The bytes of the report's file, marked with this version's format."""
    marked = msgspec.structs.replace(report, format=FORMAT, tool_version=TOOL_VERSION)
    return msgspec.json.encode(marked)


def decode(data: bytes) -> Report:
    """Read a report's file; raises NotAReport or NewerReport."""
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        if envelope.format > FORMAT:
            raise NewerReport(f"report format {envelope.format}")
        if envelope.format < FORMAT:
            raise NotAReport(f"report format {envelope.format} was never given out")
        report = _understood(data, str(envelope.tool_version))
        msgspec.msgpack.encode(report)  # a number of more than 64 bits could never be recorded
    except (ValueError, RecursionError, OverflowError) as error:  # msgspec's are ValueErrors
        raise NotAReport(str(error)) from error
    return report


def _understood(data: bytes, version: str) -> Report:
    """The report; one of a newer version may say an ending or verdict that we have no word for."""
    try:
        return msgspec.json.decode(data, type=Report)
    except msgspec.ValidationError as error:
        if _order(version) > _order(TOOL_VERSION):
            raise NewerReport(f"version {version}: {error}") from error
        raise


def _order(version: str) -> tuple[int, ...]:
    """Versions in their order; what is none stands before all."""
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else ()


def identity(data: bytes) -> str:
    """The report's name for all time: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()
