from pathlib import Path

import pytest

from labels.minutes import handover_minutes_pdf
from labels.minutes_words import (
    TemplateField,
    UnreadableTemplate,
    read_words,
    sample_minutes,
    shipped_words,
)
from tests.labels.examples import page_texts

SHIPPED = Path(__file__).parents[2] / "resources" / "papers" / "handover-minutes.toml"


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    return tmp_path / "words.toml"


def edited(file: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


def test_an_office_prints_its_own_words(office_file: Path) -> None:
    words = read_words(edited(office_file, "BIÊN BẢN BÀN GIAO", "BIÊN BẢN TRAO TẶNG"))
    (text,) = page_texts(handover_minutes_pdf(sample_minutes(), words))

    assert "BIÊN BẢN TRAO TẶNG" in text
    assert "BIÊN BẢN BÀN GIAO" not in text


def test_a_file_saved_by_notepad_is_read(office_file: Path) -> None:
    office_file.write_text(SHIPPED.read_text("utf-8"), "utf-8-sig")

    assert read_words(office_file) == shipped_words()


@pytest.mark.parametrize(
    ("old", "new", "text", "field"),
    [
        ("{copies} bản, mỗi", "{bản} bản, mỗi", "closing", "bản"),
        ("{copies} bản, mỗi", "{copies.real} bản, mỗi", "closing", "copies.real"),
        ("{copies} bản, mỗi", "{copies:x} bản, mỗi", "closing", "copies:x"),
        ("{copies} bản, mỗi", "{copies!r} bản, mỗi", "closing", "copies!r"),
        ("{copies} bản, mỗi", "{copies bản, mỗi", "closing", ""),
        ("{copies} bản, mỗi", "{} bản, mỗi", "closing", ""),
        ("đúng mục đích", "đúng {purpose}", "commitments", "purpose"),
        ("title =", "titel =", "titel", None),
        ('motto = "Độc lập - Tự do - Hạnh phúc"', "motto = 3", "motto", None),
        ('motto = "Độc lập - Tự do - Hạnh phúc"', "", "motto", None),
    ],
)
def test_a_mistake_is_named_before_anything_is_printed(
    office_file: Path, old: str, new: str, text: str, field: str | None
) -> None:
    with pytest.raises(TemplateField) as refusal:
        read_words(edited(office_file, old, new))

    assert (refusal.value.file, refusal.value.text) == ("words.toml", text)
    assert refusal.value.field == field


@pytest.mark.parametrize("content", [b"\xd0\xff", b'title = "', b"= 3"])
def test_a_file_that_is_no_toml_is_unreadable(office_file: Path, content: bytes) -> None:
    office_file.write_bytes(content)

    with pytest.raises(UnreadableTemplate, match=r"words\.toml"):
        read_words(office_file)
