"""The fonts of labels and papers, and what to print where a font has no glyph."""

import os
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

LABEL_TEXT: Final = "Inter-Medium"
LABEL_BOLD: Final = "Inter-Bold"

SOFT_HYPHEN: Final = "\u00ad"  # says where a word may be broken, and has no ink itself
NO_GLYPH: Final = "□"  # what a reader takes for "something stood here that could not be printed"

# Liberation Serif before version 2 and old fonts by the name of Times lack these.
VIETNAMESE: Final = frozenset([*map(ord, "ăâđêôơưĂÂĐÊÔƠƯ"), *range(0x1EA0, 0x1EFA)])


class FontMissing(Exception):
    """None of the fonts a paper may be set in is installed with its Vietnamese letters."""

    def __init__(self, families: Iterable[str]) -> None:
        self.families = tuple(families)
        super().__init__(", ".join(self.families))


class LabelFontMissing(Exception):
    """A font that comes with the program cannot be read."""

    code = "label_font_missing"

    def __init__(self, face: str) -> None:
        self.face = face
        super().__init__(face)


class Serif(Struct, frozen=True):
    """The faces of a paper, by the names they are registered under."""

    regular: str
    bold: str
    italic: str


class _Family(Struct, frozen=True):
    name: str
    regular: str
    bold: str
    italic: str


# Nghị định 30/2020 asks for Times New Roman; Liberation Serif has the same widths.
_SERIFS: Final = (
    _Family("Times New Roman", "times.ttf", "timesbd.ttf", "timesi.ttf"),
    _Family(
        "Times New Roman",
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
    ),
    _Family(
        "Liberation Serif",
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
    ),
)


@cache
def register_label_fonts() -> None:
    """Make the label fonts known to reportlab."""
    for face in (LABEL_TEXT, LABEL_BOLD):
        try:
            pdfmetrics.registerFont(TTFont(face, label_font_file(face)))
        except (OSError, TTFError) as error:
            raise LabelFontMissing(face) from error


def label_font_file(face: str) -> str:
    """Where the font of a label's text lies."""
    return str(resources.files("resources").joinpath("fonts", f"{face}.ttf"))


def system_font_folders() -> tuple[Path, ...]:
    """Where Windows and Debian keep their fonts."""
    if windows := os.environ.get("WINDIR"):
        own = Path(os.environ.get("LOCALAPPDATA", windows)) / "Microsoft" / "Windows" / "Fonts"
        return (Path(windows) / "Fonts", own)
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local" / "share" / "fonts",
    )


@cache
def register_serif(folders: tuple[Path, ...]) -> Serif:
    """Register the first serif family that has every face, and all Vietnamese, in these folders."""
    for family in _SERIFS:
        faces = [_face(name, folders) for name in (family.regular, family.bold, family.italic)]
        if all(faces):
            return Serif(*(_register(face) for face in faces if face))
    raise FontMissing(dict.fromkeys(family.name for family in _SERIFS))


def _face(name: str, folders: Sequence[Path]) -> Any:
    """The first font of this file name that can print Vietnamese; None if there is none."""
    files = (file for folder in folders for file in sorted(folder.rglob(name)))
    fonts = (TTFont(file.stem, str(file)) for file in files)
    return next((font for font in fonts if font.face.charToGlyph.keys() >= VIETNAMESE), None)


def _register(font: Any) -> str:
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def printable(text: str, face: str) -> str:
    """The text as this face can print it: composed, on one line, □ for each missing glyph.

    A number copied from a page of the web must not get a hyphen where its line ends.
    """
    glyphs: dict[int, int] = pdfmetrics.getFont(face).face.charToGlyph
    spaced = " ".join(unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, "")).split())
    return "".join(
        character if ord(character) in glyphs or character == " " else NO_GLYPH
        for character in spaced
    )


def text_width(text: str, face: str, size: float) -> float:
    """How wide the text is, in points."""
    width: Any = pdfmetrics.stringWidth(text, face, size)
    return float(width)
