"""A report of diagnostics on its way into the ledger: made here or brought as a file, then kept.

The file is on disk before an event names its digest. Everything here but the words runs off the
window's thread, and the tools of diagnostics are loaded at the first use.
"""

from dataclasses import dataclass
from pathlib import Path

from diagnostics.report import Report, decode, identity
from diagnostics.wording import reading_word, section_word
from station import bench
from station.device import Device
from station.files import put_file
from station.machine import Reading
from station.words import _, _n
from ui.theme import Tone


@dataclass(frozen=True)
class KeptReport:
    """A report, the bytes it is known by, and where they lie."""

    report: Report
    digest: str  # SHA-256 as hex
    file: Path


def diagnose_here(folder: Path) -> KeptReport:
    """Diagnose the machine this runs on."""
    from diagnostics.diagnose import diagnose  # noqa: PLC0415 -- its tools load on first use

    return _keep(diagnose().data, folder)


def bring_report(file: Path, folder: Path) -> KeptReport:
    """Take in a report another machine wrote; raises NotAReport, NewerReport or OSError."""
    return _keep(file.read_bytes(), folder)


def _keep(data: bytes, folder: Path) -> KeptReport:
    """Write the bytes under their digest; the same report twice is one file."""
    report, digest = decode(data), identity(data)
    file = folder / f"{digest}.json"
    put_file(file, data)
    return KeptReport(report, digest, file)


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
    """Whether the report's machine tells another serial number than the device's."""
    told = report.machine.system.serial_number
    return bool(told and device.serial and told.casefold() != device.serial.casefold())


def ending(kept: KeptReport) -> tuple[Tone, str]:
    """How a diagnosis ended: how many verdicts, and which sections could not be read."""
    report = kept.report
    count = len(report.results)
    sentence = _n(
        "Report recorded: {count} verdict.", "Report recorded: {count} verdicts.", count
    ).format(count=count)
    unread = [
        f"{section_word(section.name)} ({reading_word(section.reading)})"
        for section in report.machine.sections
        if section.reading is not Reading.OK
    ]
    if not unread:
        return Tone.OK, sentence
    return Tone.WARN, _("{done} Not read: {sections}.").format(
        done=sentence, sections=", ".join(unread)
    )
