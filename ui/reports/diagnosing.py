"""A report of diagnostics on its way into the ledger: made here or brought as a file, then kept.

The file is on disk before an event names its digest. Everything here but the words runs off the
window's thread, and the tools of diagnostics are loaded at the first use.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from diagnostics.report import Report, decode
from diagnostics.report_file import read_report
from diagnostics.shelf import Arrival, Shelf, Way
from diagnostics.wording import reading_word, section_word
from station import bench
from station.device import Device
from station.identity import contradicts
from station.machine import Machine, Reading
from station.words import _, _n
from ui.theme import Tone

NAMED: Final = 3  # sections in one line; the report names all


@dataclass(frozen=True)
class KeptReport:
    """A report, the bytes it is known by, and where they lie."""

    report: Report
    digest: str  # SHA-256 as hex
    file: Path


def diagnose_here(folder: Path, at: datetime) -> KeptReport:
    """Diagnose the machine this runs on."""
    from diagnostics.diagnose import diagnose  # noqa: PLC0415 -- its tools load on first use

    return _keep(diagnose(folder=folder).data, folder, Way.HERE, at)


def diagnose_tablet(folder: Path, at: datetime) -> KeptReport:
    """Diagnose the tablet on the cable; raises NoTablet, or SourceMissing without adb."""
    from diagnostics.diagnose import diagnose_tablet  # noqa: PLC0415 -- as above

    return _keep(diagnose_tablet(folder=folder).data, folder, Way.HERE, at)


def bring_report(file: Path, folder: Path, at: datetime) -> KeptReport:
    """Take in a report another machine wrote.

    Raises ReportTooLong, NotAReport, NewerReport or OSError.
    """
    return _keep(read_report(file), folder, Way.FILE, at)


def bring_collected(raw: Path, folder: Path, at: datetime) -> KeptReport:
    """Make a report of the raw outputs that a collector left on a stick; raises a ReadingFailed.

    The same stick brought twice is one report.
    """
    from diagnostics.diagnose import diagnose_folder  # noqa: PLC0415 -- its tools load on first use

    return _keep(diagnose_folder(raw, folder=folder).data, folder, Way.FILE, at)


def kept_report(shelf: Shelf, digest: str) -> KeptReport:
    """A report that lies here; raises DamagedReport, NotAReport, NewerReport or OSError."""
    return KeptReport(decode(shelf.read(digest)), digest, shelf.file_of(digest))


def _keep(data: bytes, folder: Path, way: Way, at: datetime) -> KeptReport:
    """Write the bytes under their digest; the same report twice is one file."""
    shelf = Shelf(folder)
    digest = shelf.put(data, Arrival(way, int(at.timestamp() * 1000)))
    return KeptReport(decode(data), digest, shelf.file_of(digest))


def command_for(device: str, kept: KeptReport) -> bench.RecordChecks:
    """What is recorded of a report."""
    return bench.RecordChecks(
        device=device,
        report=bytes.fromhex(kept.digest),
        machine=kept.report.machine,
        results=kept.report.results,
        policy=kept.report.policy,
    )


def names_another(device: Device, report: Report) -> bool:
    """Whether the report tells another serial number, and no other witness outweighs that."""
    return contradicts(bench.machine_fact(report.machine), device)


def ending(kept: KeptReport) -> tuple[Tone, str]:
    """How a diagnosis ended: how many verdicts, and which sections could not be read."""
    report = kept.report
    count = len(report.results)
    sentence = _n(
        "Report recorded: {count} verdict.", "Report recorded: {count} verdicts.", count
    ).format(count=count)
    unread = _unread(report.machine)
    if not unread:
        return Tone.OK, sentence
    named = ", ".join(unread[:NAMED])
    if len(unread) > NAMED:
        more = len(unread) - NAMED
        named = _n("{names} and {count} more", "{names} and {count} more", more).format(
            names=named, count=more
        )
    return Tone.WARN, _("{done} Not read: {sections}.").format(done=sentence, sections=named)


def _unread(machine: Machine) -> list[str]:
    """The sections that no source could tell of, each once, with how its best source ended."""
    endings = {section.name: machine.reading_of(section.name) for section in machine.sections}
    return [
        f"{section_word(name)} ({reading_word(reading)})"
        for name, reading in endings.items()
        if reading is not Reading.OK
    ]
