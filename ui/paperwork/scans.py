"""A scan or a photograph of a signed paper, read from a file and made fit to be kept.

A photograph tells where and with which telephone it was taken: nothing of that is kept.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from msgspec import Struct
from PIL import Image

from station import events as e
from station import refusals
from station.ledger import Moment
from station.operators import Operator
from station.paperwork import LARGEST_SCAN, AttachSignedCopy, attach_signed_copy
from station.pictures import without_exif
from station.ports import PointStore
from station.withdrawing import Withdraw, standing, withdraw
from ui.prints.pdf_pages import NotAPdf, PdfPages

BEGINS: Final[Mapping[bytes, str]] = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
}


class Scan(Struct, frozen=True):
    """A file as it is kept."""

    name: str  # of the file, to speak of it
    data: bytes
    media: str
    pages: int


class Attached(Struct, frozen=True):
    """What became of one file."""

    name: str
    error: Exception | None = None


def read_scan(file: Path) -> Scan:
    """Raises NotAScan, ScanTooLarge or OSError."""
    size = file.stat().st_size
    if size > LARGEST_SCAN:
        raise refusals.ScanTooLarge(size, LARGEST_SCAN)
    data = file.read_bytes()
    media = next((media for begin, media in BEGINS.items() if data.startswith(begin)), "")
    if media == "pdf":
        return Scan(file.name, data, media, _page_count(data))
    if media:
        return Scan(file.name, without_exif(data, media), media, 1)
    raise refusals.NotAScan(file.suffix)


def scan_as_pdf(data: bytes, media: str) -> bytes:
    """What the preview shows of a kept scan."""
    if media == "pdf":
        return data
    with Image.open(BytesIO(data)) as picture:
        file = BytesIO()
        picture.convert("RGB").save(file, "PDF", resolution=150)
        return file.getvalue()


def attach_scans(
    code: str,
    scans: tuple[Scan | Attached, ...],
    store: PointStore,
    by: Operator,
    when: Moment,
) -> tuple[Attached, ...]:
    """Attach each file that could be read; what is wrong with one does not hold up the others."""
    return tuple(
        each if isinstance(each, Attached) else _attach(code, each, store, by, when)
        for each in scans
    )


def detach_scan(
    code: str, scan: bytes, store: PointStore, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Take back that this file was attached; raises UnknownEvent where it is not any more."""
    told = standing([row.event for row in store.timeline(code)], code)
    of_it = [
        one.hash
        for one in told
        if isinstance(one.said, e.SignedCopyAttached) and one.said.scan == scan
    ]
    if not of_it:
        raise refusals.UnknownEvent(scan.hex())
    return withdraw(Withdraw(events=tuple(of_it)), store, by, when)


def read_scans(files: tuple[Path, ...]) -> tuple[Scan | Attached, ...]:
    """Read each file, or say what is wrong with it."""
    return tuple(map(_read, files))


def _read(file: Path) -> Scan | Attached:
    try:
        return read_scan(file)
    except (refusals.Refusal, OSError) as error:
        return Attached(file.name, error)


def _attach(code: str, scan: Scan, store: PointStore, by: Operator, when: Moment) -> Attached:
    command = AttachSignedCopy(code=code, scan=scan.data, media=scan.media, pages=scan.pages)
    try:
        attach_signed_copy(command, store, by, when)
    except refusals.Refusal as error:
        return Attached(scan.name, error)
    return Attached(scan.name)


def _page_count(pdf: bytes) -> int:
    try:
        return len(PdfPages(pdf).sizes)
    except NotAPdf as error:
        raise refusals.NotAScan("pdf") from error
