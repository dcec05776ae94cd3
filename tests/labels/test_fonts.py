import shutil
import unicodedata
from pathlib import Path

import pytest
import reportlab
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from labels.fonts import (
    LABEL_BOLD,
    LABEL_TEXT,
    NO_GLYPH,
    SOFT_HYPHEN,
    VIETNAMESE,
    FontMissing,
    printable,
    register_label_fonts,
    register_serif,
    system_font_folders,
)

register_label_fonts()
SERIF = register_serif(system_font_folders())
FACES = [LABEL_TEXT, LABEL_BOLD, SERIF.regular, SERIF.bold, SERIF.italic]


def glyphs(face: str) -> set[int]:
    return set(pdfmetrics.getFont(face).face.charToGlyph)


@pytest.mark.parametrize("face", FACES)
def test_a_face_has_all_vietnamese_letters_and_the_box(face: str) -> None:
    assert glyphs(face) >= VIETNAMESE | {ord(NO_GLYPH), ord("…"), ord("–"), ord("“")}


@pytest.mark.parametrize("face", FACES)
@given(text=st.text())
def test_whatever_is_written_the_face_has_a_glyph_for_what_is_printed(face: str, text: str) -> None:
    assert set(map(ord, printable(text, face))) <= glyphs(face) | {ord(" ")}


@given(text=st.text())
def test_no_character_disappears_but_white_space_and_places_to_break(text: str) -> None:
    composed = "".join(unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, "")).split())

    assert len(printable(text, LABEL_TEXT).replace(" ", "")) == len(composed)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hòa"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hòa"), "Nguyễn Thị Hòa"),
        ("máy \N{PERSONAL COMPUTER} cũ", "máy □ cũ"),
        ("hai\ndòng\tliền", "hai dòng liền"),
        ("a\0b", "a□b"),
        (f"5CG{SOFT_HYPHEN}0123", "5CG0123"),
    ],
)
def test_what_has_no_glyph_shows_as_a_box(text: str, printed: str) -> None:
    assert printable(text, LABEL_TEXT) == printed


def test_without_a_serif_font_the_families_looked_for_are_named(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="Times New Roman, Liberation Serif"):
        register_serif((tmp_path,))


def test_a_serif_font_without_vietnamese_letters_does_not_count(tmp_path: Path) -> None:
    latin_only = Path(str(reportlab.__file__)).parent / "fonts" / "Vera.ttf"
    for face in ("times.ttf", "timesbd.ttf", "timesi.ttf"):
        shutil.copy(latin_only, tmp_path / face)

    with pytest.raises(FontMissing):
        register_serif((tmp_path,))


def test_windows_names_of_the_font_files_are_found(tmp_path: Path) -> None:
    vietnamese = Path(pdfmetrics.getFont(SERIF.regular).face.filename)
    for face in ("times.ttf", "timesbd.ttf", "timesi.ttf"):
        shutil.copy(vietnamese, tmp_path / face)

    assert register_serif((tmp_path,)).bold == "timesbd"
