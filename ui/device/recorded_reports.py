"""The reports of one device: what its events say, and their files where this PC has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from pathlib import Path

from diagnostics.endings import UnreadableReport
from diagnostics.finding import Finding
from diagnostics.judge.policy import JudgePolicy, load
from diagnostics.report import Report, decode
from diagnostics.shelf import DamagedReport, Shelf
from station import events as e
from station.checks import CheckResult
from station.machine import Battery, Cpu, Disk, Machine, Reading, Section, System
from station.ports import Store, TimelineRow

KIB = 1024
PERMILLE = 10


class Whole(Enum):
    """How much of a report is here."""

    WHOLE = "whole"
    MISSING = "missing"  # its file lies on another PC of the point
    CHANGED = "changed"  # the file's bytes are not those that were recorded
    NEWER = "newer"  # a later version wrote it


@dataclass(frozen=True)
class RecordedReport:
    """One recorded report; where its file is not here, as much of it as the event holds."""

    row: TimelineRow
    by: str  # who recorded it
    digest: str
    report: Report
    whole: Whole
    recorded: Report  # as much as the event holds: the same of each, whatever is here


def ask_reports(code: str, folder: Path, store: Store) -> tuple[RecordedReport, ...]:
    """Every report recorded for the device, the newest first.

    The files are small and on this PC's own disk, so the store's thread reads them too: another
    thread may be waiting for hardware or a network.
    """
    names = {known.id: known.name for known in store.operators()}
    return tuple(
        _kept(row, said, names.get(row.by, row.by), folder) for row, said in _of(code, store)
    )


def judge_again(report: Report, rules: JudgePolicy) -> Report:
    """The same facts and tests under these rules, which the new report names."""
    from diagnostics.diagnose import judged  # noqa: PLC0415 -- its tools load on first use

    return judged(report, rules)


def policies() -> tuple[JudgePolicy, ...]:
    """Every judging policy that this version brings, the newest first."""
    folder = resources.files("resources").joinpath("policy")
    names = sorted((f.name for f in folder.iterdir() if f.name.startswith("judge-")), reverse=True)
    return tuple(load(Path(str(folder.joinpath(name)))) for name in names)


def _of(code: str, store: Store) -> Iterator[tuple[TimelineRow, e.ChecksRecorded]]:
    for row in reversed(store.timeline(code)):
        said = row.event.said
        if isinstance(said, e.ChecksRecorded) and row.event.header.subject == code:
            yield row, said


def _kept(row: TimelineRow, said: e.ChecksRecorded, by: str, folder: Path) -> RecordedReport:
    digest = said.report.hex()
    report, whole = _read(Shelf(folder), digest)
    event = recorded(said)
    return RecordedReport(row, by, digest, report or event, whole, event)


def _read(shelf: Shelf, digest: str) -> tuple[Report | None, Whole]:
    try:
        return decode(shelf.read(digest)), Whole.WHOLE
    except DamagedReport:
        return None, Whole.CHANGED
    except UnreadableReport:  # whoever recorded it could read it
        return None, Whole.NEWER
    except OSError:
        return None, Whole.MISSING


def recorded(said: e.ChecksRecorded) -> Report:
    """What the event holds of a report, in a report's own form."""
    return Report(machine_of(said.machine), tuple(map(_finding, said.results)), said.policy)


def machine_of(fact: e.MachineFact) -> Machine:
    """What the event holds of the machine; what it does not hold was not read."""
    known = fact.disks
    health = fact.battery_health_permille
    return Machine(
        system=System(manufacturer=fact.maker, model=fact.model, serial_number=fact.serial),
        cpus=(Cpu(name=fact.processor),) if fact.processor else (),
        mem_total_kib=fact.memory_mib * KIB if fact.memory_mib is not None else None,
        storage=tuple(map(_disk, known or ())),
        batteries=() if health is None else (Battery(health_percent=health / PERMILLE),),
        sections=() if known is None else (Section("storage", Reading.OK, "", 0),),
    )


def _disk(fact: e.DiskFact) -> Disk:
    return Disk(
        serial_number=fact.serial,
        wwn=fact.wwn,
        model=fact.model,
        capacity_bytes=fact.capacity_bytes,
        rotational=fact.rotational,
    )


def _finding(result: CheckResult) -> Finding:
    reasons = (result.reason,) if result.reason else ()
    return Finding(result.check, result.outcome, reasons, result.measured)
