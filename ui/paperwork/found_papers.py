"""Which paper a scanned file is of: its pages are searched for the paper's own code."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import zxingcpp
from msgspec import Struct
from PIL import Image
from PySide6.QtGui import QImage

from station import refusals
from station.codes import BadCode, CodeKind, parse_scan
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from ui.paperwork.scans import Attached, Scan, attach_scans, read_scan
from ui.prints.pdf_pages import PdfPages, dots_of

PER_MM: Final = 200 / 25.4  # the resolution of an office's scanner
MOST_DOTS: Final = 40_000_000  # of one picture: a sheet of A1; what is larger is looked at coarser
ENDINGS: Final = frozenset({".pdf", ".jpg", ".jpeg", ".png"})


class SeveralPapers(Exception):
    """The pages are of more than one paper; a person must part them."""

    code = "several_papers"


class NoPaperFound(Exception):
    """No page shows a paper's code that can be read."""

    code = "no_paper_found"


class ChangedSince(Exception):
    """The file is another one than the one that was searched."""

    code = "changed_since"


class Found(Struct, frozen=True):
    """One file, the paper it is of, or why that is not known."""

    file: Path
    paper: str = ""  # its code
    digest: bytes = b""  # of what was searched
    name: str = ""  # the template's id
    error: Exception | None = None


def files_in(folder: Path) -> tuple[Path, ...]:
    """What a scanner left there, by name; raises OSError."""
    files = (file for file in folder.iterdir() if file.suffix.lower() in ENDINGS)
    return tuple(sorted(file for file in files if file.is_file()))


def search(file: Path) -> Found:
    """Search the pages of one file. A fault is part of the answer."""
    try:
        scan = read_scan(file)
        codes = set(_codes(scan))
    except (refusals.Refusal, OSError) as error:
        return Found(file, error=error)
    if len(codes) > 1:
        return Found(file, error=SeveralPapers())
    if not codes:
        return Found(file, error=NoPaperFound())
    return Found(file, codes.pop(), sha256(scan.data).digest())


def known(found: Found, store: PointStore) -> Found:
    """The same with the paper's name, once it is known to be this point's and not attached yet."""
    if found.error is not None:
        return found
    paper = store.paper(found.paper)
    error: Exception | None = None
    if paper is None:
        error = refusals.UnknownPaper(found.paper)
    elif any(copy.scan == found.digest for copy in paper.signed):
        error = refusals.AlreadyAttached(found.paper)
    return Found(found.file, found.paper, found.digest, paper.paper if paper else "", error)


def attach_found(found: Found, store: PointStore, by: Operator, when: Moment) -> Attached:
    """Attach the file that was searched, and no other that took its name since."""
    try:
        scan = read_scan(found.file)
    except (refusals.Refusal, OSError) as error:
        return Attached(found.file.name, error)
    if sha256(scan.data).digest() != found.digest:
        return Attached(found.file.name, ChangedSince())
    (attached,) = attach_scans(found.paper, (scan,), store, by, when)
    return attached


def _codes(scan: Scan) -> Iterator[str]:
    for picture in _pictures(scan):
        for barcode in zxingcpp.read_barcodes(picture):
            try:
                code = parse_scan(barcode.text)
            except BadCode:
                continue
            if code.kind is CodeKind.PAPER:
                yield code.text


def _pictures(scan: Scan) -> Iterator[Any]:
    """Each page in grey."""
    if scan.media != "pdf":
        with Image.open(BytesIO(scan.data)) as picture:
            yield picture.convert("L")
        return
    pages = PdfPages(scan.data)
    for page, (width, height) in enumerate(pages.sizes):
        coarsest = (MOST_DOTS / max(width * height, 1)) ** 0.5
        yield _grey(pages.picture(page, dots_of((width, height), min(PER_MM, coarsest))))


def _grey(picture: QImage) -> Image.Image:
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    size = (grey.width(), grey.height())
    return Image.frombuffer("L", size, bytes(grey.constBits()), "raw", "L", grey.bytesPerLine(), 1)
