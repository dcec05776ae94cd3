"""A font inside a PDF: the glyphs that are written, numbered as they come."""

from typing import Any, Final

from reportlab.pdfbase import pdfmetrics

_MOST_IN_A_BLOCK: Final = 100  # what a ToUnicode table may list at once
_UPRIGHT_SYMBOLIC: Final = 4
_STEM: Final = 80  # a guess, as everybody's: no reader of embedded fonts looks at it


class EmbeddedFont:
    """A face that reportlab knows, and the characters that pages wrote in it."""

    def __init__(self, face: str, name: str) -> None:
        self.name = name  # in the pages' resources
        self._face = face
        self._font: Any = pdfmetrics.getFont(face).face
        self._number_of_glyph: dict[int, int] = {}
        self._written: list[int] = []  # the character that each number was first asked for
        self._numbers: dict[str, str] = {}

    def hexadecimal(self, text: str) -> bytes:
        """The text as the numbers of its glyphs."""
        return "".join(map(self._number, text)).encode("ascii")

    def program(self) -> bytes:
        """The font file with these glyphs alone."""
        subset: bytes = self._font.makeSubset(self._written)
        return subset

    def descriptor(self, file: int) -> bytes:
        """How the font looks on the whole; `file` is the program's object."""
        font = self._font
        box = " ".join(f"{edge:.0f}" for edge in font.bbox)
        return (
            f"<</Type/FontDescriptor/FontName/{self._subset_name()}/Flags {_UPRIGHT_SYMBOLIC}"
            f"/FontBBox[{box}]/ItalicAngle 0/Ascent {font.ascent:.0f}/Descent {font.descent:.0f}"
            f"/CapHeight {font.capHeight:.0f}/StemV {_STEM}/FontFile2 {file} 0 R>>"
        ).encode("ascii")

    def descendant(self, descriptor: int) -> bytes:
        """The widths of the glyphs."""
        widths = " ".join(f"{self._font.charWidths[code]:.0f}" for code in self._written)
        return (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self._subset_name()}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[1[{widths}]]>>"
        ).encode("ascii")

    def composite(self, descendant: int, to_unicode: int) -> bytes:
        """What the pages name."""
        return (
            f"<</Type/Font/Subtype/Type0/BaseFont/{self._subset_name()}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
        ).encode("ascii")

    def to_unicode(self) -> bytes:
        """Which character each glyph is, for those who copy or search."""
        pairs = [
            f"<{number:04x}> <{chr(code).encode('utf-16-be').hex()}>"
            for number, code in enumerate(self._written, 1)
        ]
        blocks = (
            pairs[begin : begin + _MOST_IN_A_BLOCK]
            for begin in range(0, len(pairs), _MOST_IN_A_BLOCK)
        )
        listed = "".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{listed}endcmap CMapName currentdict /CMap defineresource pop end end\n"
        ).encode("ascii")

    def _number(self, character: str) -> str:
        """The number of a character's glyph, in four digits. Some characters share a glyph."""
        found = self._numbers.get(character)
        if found is None:
            glyph = self._font.charToGlyph[ord(character)]
            if glyph not in self._number_of_glyph:
                self._written.append(ord(character))
                self._number_of_glyph[glyph] = len(self._written)
            found = self._numbers[character] = f"{self._number_of_glyph[glyph]:04x}"
        return found

    def _subset_name(self) -> str:
        """Six letters before the name tell readers that glyphs are missing."""
        return f"LABELS+{self._face}"
