"""A PDF written as it comes: a page is in the file, and forgotten, before the next one is drawn.

reportlab keeps every page until the last one is done, and spends most of its time on numbers and
ASCII85; ten thousand labels want neither. The file names no time and no program: the same labels
are the same bytes.
"""

import zlib
from array import array
from typing import BinaryIO, Final

from labels.pdf_font import EmbeddedFont

_CATALOG: Final = 1
_PAGES: Final = 2
_RESOURCES: Final = 3
_INFO: Final = 4
_FIRST_FREE: Final = 5


class PdfFile:
    """Pages of one size, with the fonts that their texts ask for."""

    def __init__(self, file: BinaryIO, width: float, height: float, title: str) -> None:
        self._file, self._offset = file, 0
        self._size, self._title = (width, height), title
        self._offsets = array("Q", [0] * _FIRST_FREE)  # by number; eight bytes each, however many
        self._pages = array("L")
        self._fonts: dict[str, EmbeddedFont] = {}
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def font(self, face: str) -> EmbeddedFont:
        """The font of this face, embedded with what is written in it."""
        if face not in self._fonts:
            self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return self._fonts[face]

    def add_page(self, content: bytes) -> None:
        """The next page, as PDF operators; lengths in points."""
        drawn = self.add_stream(content)
        page = b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (_PAGES, drawn)
        self._pages.append(self.add(page))

    def add(self, value: bytes, number: int | None = None) -> int:
        """An object of the file; the answer is its number."""
        if number is None:
            number = len(self._offsets)
            self._offsets.append(0)
        self._offsets[number] = self._offset
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, value))
        return number

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        """A compressed stream."""
        packed = zlib.compress(content)
        head = b"<</Filter/FlateDecode/Length %d%s>>" % (len(packed), entries)
        return self.add(b"%s\nstream\n%s\nendstream" % (head, packed))

    def close(self) -> None:
        """Everything that all pages share, and where it lies. The file itself stays open."""
        fonts = b"".join(
            b"/%s %d 0 R" % (font.name.encode("ascii"), self._embed(font))
            for font in self._fonts.values()
        )
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        box = b"[0 0 %s %s]" % tuple(figure(length) for length in self._size)
        self.add(b"<</Font<<%s>>>>" % fonts, _RESOURCES)
        self.add(
            b"<</Type/Pages/Count %d/MediaBox%s/Resources %d 0 R/Kids[%s]>>"
            % (len(self._pages), box, _RESOURCES, kids),
            _PAGES,
        )
        self.add(b"<</Type/Catalog/Pages %d 0 R>>" % _PAGES, _CATALOG)
        self.add(b"<</Title<feff%s>>>" % self._title.encode("utf-16-be").hex().encode(), _INFO)
        self._write_offsets()

    def _embed(self, font: EmbeddedFont) -> int:
        program = font.program()
        file = self.add_stream(program, b"/Length1 %d" % len(program))
        descriptor = self.add(font.descriptor(file))
        descendant = self.add(font.descendant(descriptor))
        return self.add(font.composite(descendant, self.add_stream(font.to_unicode())))

    def _write_offsets(self) -> None:
        begins = self._offset
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets))
        for offset in self._offsets[1:]:
            self._write(b"%010d 00000 n \n" % offset)
        entries = (len(self._offsets), _CATALOG, _INFO, begins)
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % entries
        )

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._offset += len(content)


def figure(value: float) -> bytes:
    """A number of a PDF, to a ten-thousandth of a point."""
    return b"%d" % value if value == int(value) else (b"%.4f" % value).rstrip(b"0")
