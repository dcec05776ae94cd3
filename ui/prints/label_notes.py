"""A printed label is noted in the ledger once, also when the PC dies in the middle of it.

Ledger and queue are two files, so one is written first. Before the ledger is, a slip beside the
queue says which page is being noted and how many labels each code had: a page that is found on the
slip, and whose codes have more by now, was noted already.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from labels.queue.job import Job
from labels.queue.print_queue import PrintQueue
from station.codes import CodeKind, parse
from station.device import Device
from station.files import put_file
from station.labelled import LabelledItem
from station.labelling import record_labels
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore, Store
from ui.desk import Act

LABELS: Final = "labels"  # the kind of a job; the other is a paper


class Slip(Struct, frozen=True):
    """The page that is being noted, and the labels its codes had before."""

    job: str
    page: int
    before: dict[str, int]


def noting(queue: PrintQueue, job: Job, page: int, slip_file: Path) -> Act[bool]:
    """Note the labels of one page, unless a run that broke off has done it; whether it did.

    A paper stands in the ledger since it was made, and a blank label is nobody's yet.
    """

    def note(store: PointStore, by: Operator, when: Moment) -> bool:
        counts = _counts(job.pages[page].codes, store) if job.kind == LABELS else {}
        fresh = bool(counts) and not is_noted(counts)
        if fresh:
            put_file(slip_file, msgspec.json.encode(Slip(job.id, page, counts)))
            record_labels(counts, store, by, when, stock=job.printer.stock)
        queue.noted(job.id, page)
        return fresh

    def is_noted(counts: dict[str, int]) -> bool:
        slip = _read(slip_file)
        same_page = slip is not None and (slip.job, slip.page) == (job.id, page)
        return same_page and slip is not None and slip.before != counts

    return note


def _read(file: Path) -> Slip | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Slip)
    except (OSError, msgspec.MsgspecError):
        return None  # none was written, or it broke off: then nothing was noted after it


def _counts(codes: Sequence[str], store: Store) -> dict[str, int]:
    """How many labels each of them has, of those that stand for something here."""
    found = {code: _known(code, store) for code in codes}
    return {code: known.labels for code, known in found.items() if known is not None}


def _known(code: str, store: Store) -> Device | LabelledItem | None:
    return store.labelled(code) if parse(code).kind is CodeKind.PART else store.device(code)
