"""A printed label is noted in the ledger once, also when the PC dies in the middle of it.

Ledger and queue are two files, so one is written first. Before the ledger is, a slip beside the
queue says which page is being noted and how many labels each code had: a page that is found on the
slip, and whose codes have more by now, was noted already.
"""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from labels.queue.job import Job
from labels.queue.print_queue import PrintQueue
from station.codes import CodeKind, parse
from station.files import put_file
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


def noting(queue: PrintQueue, job: Job, page: int, slip_file: Path) -> Act[None]:
    """Note the labels of one page, unless a run that broke off has done it.

    A paper stands in the ledger since it was made.
    """

    def note(store: PointStore, by: Operator, when: Moment) -> None:
        if job.kind == LABELS:
            note_labels(store, by, when)
        queue.noted(job.id, page)

    def note_labels(store: PointStore, by: Operator, when: Moment) -> None:
        codes, slip = job.pages[page].codes, _read(slip_file)
        counts = {code: _labels_of(code, store) for code in codes}
        if slip is None or (slip.job, slip.page) != (job.id, page) or slip.before == counts:
            put_file(slip_file, msgspec.json.encode(Slip(job.id, page, counts)))
            record_labels(codes, store, by, when, stock=job.printer.stock)

    return note


def _read(file: Path) -> Slip | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Slip)
    except (OSError, msgspec.MsgspecError):
        return None  # none was written, or it broke off: then nothing was noted after it


def _labels_of(code: str, store: Store) -> int:
    known = store.labelled(code) if parse(code).kind is CodeKind.PART else store.device(code)
    return known.labels if known else 0
