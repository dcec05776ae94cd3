"""What a preview leaves in a folder that somebody chose: a PDF, or a picture of each page."""

import itertools
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from labels.resolution import RESOLUTIONS
from station.files import put_file
from ui.prints.pdf_pages import PdfPages, dots_of

METRE_MM = 1000


def write_pdf(file: Path, pdf: bytes) -> tuple[Path, ...]:
    """The whole document in one file."""
    put_file(_ending(file, ".pdf"), pdf)
    return (_ending(file, ".pdf"),)


def write_png(file: Path, pdf: bytes, dpi: int) -> tuple[Path, ...]:
    """One picture for each page, numbered where there are several."""
    pages = PdfPages(pdf)
    per_mm = 1 / RESOLUTIONS[dpi].dot
    files = _numbered(_ending(file, ".png"), len(pages.sizes))
    for number, (size, target) in enumerate(zip(pages.sizes, files, strict=True)):
        picture = pages.picture(number, dots_of(size, per_mm))
        picture.setDotsPerMeterX(round(per_mm * METRE_MM))
        picture.setDotsPerMeterY(round(per_mm * METRE_MM))
        put_file(target, _png(picture))
    return files


def _ending(file: Path, ending: str) -> Path:
    return file if file.suffix.lower() == ending else file.with_name(file.name + ending)


def _numbered(file: Path, count: int) -> tuple[Path, ...]:
    """Names in order, of which none is taken: nobody was asked about them."""
    if count == 1:
        return (file,)
    digits = len(str(count))
    for attempt in itertools.count(1):
        stem = file.stem if attempt == 1 else f"{file.stem} ({attempt})"
        names = (f"{stem}-{number:0{digits}d}" for number in range(1, count + 1))
        files = tuple(map(file.with_stem, names))
        if not any(each.exists() for each in files):
            return files
    raise AssertionError  # counting never ends


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(picture.convertToFormat(QImage.Format.Format_Grayscale8)):
        raise OSError(writer.errorString())
    return bytes(buffer.data().data())
