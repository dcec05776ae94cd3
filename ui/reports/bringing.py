"""Reports brought as files, many at once: each is kept by itself, and each says how it went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from diagnostics.endings import ReadingFailed, SourceMissing
from diagnostics.report_file import ReportTooLong
from station import events as e
from station.codes import grouped
from station.ports import PointStore
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded
from ui.reports.diagnosing import bring_collected, bring_report
from ui.theme import Tone
from ui.wording import explain

MOST: Final = 1_000  # files of a folder
MANIFEST, COLLECTED = "MANIFEST.txt", "report-*"  # what the collectors leave


@dataclass(frozen=True)
class Brought:
    """One file, and the report in it or what is wrong with it."""

    name: str
    digest: str = ""
    problem: Exception | None = None
    told: e.Said | None = None  # the last event that names it: it does not wait
    subject: str = ""


def found_in(folder: Path) -> tuple[Path, ...]:
    """What may be reports, in a folder of a stick and below it: files, and collectors' folders."""
    raw = set(islice(_collected(folder), MOST))
    files = (file for file in folder.rglob("*.json") if file.is_file())
    apart = (file for file in files if raw.isdisjoint(file.parents))
    return (*sorted(raw), *sorted(islice(apart, MOST)))


def bring_all(files: Iterable[Path], shelf: Path, at: datetime) -> tuple[Brought, ...]:
    """Keep every report; one that cannot be read stops no other."""
    return tuple(_bring(file, shelf, at) for file in files)


def with_history(brought: Iterable[Brought], store: PointStore) -> tuple[Brought, ...]:
    """What the ledger says of each report already."""
    return tuple(_told(one, store) for one in brought)


def brought_words(brought: Brought, reference: Reference) -> tuple[Tone, str]:
    """How it went with one file."""
    if isinstance(brought.problem, SourceMissing):
        return Tone.FAIL, _("Nothing of a machine lies in this folder.")
    if brought.problem is not None:
        return Tone.FAIL, explain(brought.problem, reference)
    match brought.told:
        case e.ChecksRecorded() | e.ReportLinked():
            told = _("Recorded already for {device}.")
            return Tone.OK, told.format(device=grouped(brought.subject))
        case e.ReportDismissed(reason=reason):
            told = _(
                "Dismissed already ({reason}). To take it in all the same, open the device and read"
                " the file there."
            )
            return Tone.WARN, told.format(reason=coded(Table.REASONS, reason, reference))
    return Tone.OK, _("Waits to be linked to a device.")


def _collected(folder: Path) -> Iterator[Path]:
    """Folders of raw outputs; a machine that died under its collector left no manifest."""
    yield from (manifest.parent for manifest in folder.rglob(MANIFEST))
    named = (folder, *folder.rglob(COLLECTED))
    yield from (each for each in named if each.is_dir() and each.match(COLLECTED))


def _bring(path: Path, shelf: Path, at: datetime) -> Brought:
    bring = bring_collected if path.is_dir() else bring_report
    try:
        return Brought(path.name, bring(path, shelf, at).digest)
    except (ReadingFailed, ReportTooLong, OSError) as error:
        return Brought(path.name, problem=error)


def _told(brought: Brought, store: PointStore) -> Brought:
    if not brought.digest:
        return brought
    rows = store.timeline(e.report_code(bytes.fromhex(brought.digest)))
    if not rows:
        return brought
    last = rows[-1].event
    return Brought(brought.name, brought.digest, None, last.said, last.header.subject)
