from pathlib import Path

import pytest

from labels.document import Issue, encode
from labels.filling import fill
from labels.paper_pdf import paper_pdf
from labels.paper_words import COMMON, TemplateWord, UnreadableTemplate, read_office_file
from labels.template import (
    UnknownPaper,
    checked_words,
    papers,
    sample_facts,
    shipped_words,
    template,
)
from tests.labels.examples import page_texts
from tests.labels.paper_examples import MINUTES, PAPER_CODE, facts

SHIPPED = Path(__file__).parents[2] / "resources" / "papers"


def write(folder: Path, content: str, paper: str = MINUTES, encoding: str = "utf-8") -> Path:
    (folder / f"{paper}.toml").write_text(content, encoding)
    return folder


@pytest.mark.parametrize("paper", papers())
def test_each_paper_comes_with_a_sample_that_fills_it(paper: str) -> None:
    filled = fill(template(paper), sample_facts(paper), PAPER_CODE)

    assert filled.blocks
    assert encode(filled) == encode(fill(template(paper), sample_facts(paper), PAPER_CODE))


def test_an_unknown_paper_is_refused() -> None:
    for name in ("diploma", COMMON, "../programme", "handover-minutes.sample"):
        with pytest.raises(UnknownPaper):
            template(name)
        with pytest.raises(UnknownPaper):
            sample_facts(name)


def test_an_office_prints_its_own_words(tmp_path: Path) -> None:
    write(tmp_path, 'title = "BIÊN BẢN TRAO TẶNG"')
    document = fill(template(MINUTES, tmp_path), facts(), PAPER_CODE)
    (text,) = page_texts(paper_pdf([(document, Issue())]))

    assert "BIÊN BẢN TRAO TẶNG" in text
    assert "BIÊN BẢN BÀN GIAO" not in text


def test_words_of_all_papers_are_changed_in_one_file(tmp_path: Path) -> None:
    write(tmp_path, 'to_fill_in = "______"', COMMON)

    assert template(MINUTES, tmp_path).word("to_fill_in") == "______"
    assert template(MINUTES).word("to_fill_in") != "______"


def test_an_office_without_words_of_its_own_prints_the_shipped_ones(tmp_path: Path) -> None:
    assert (
        template(MINUTES, tmp_path) == template(MINUTES, tmp_path / "absent") == template(MINUTES)
    )


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    write(tmp_path, (SHIPPED / f"{COMMON}.toml").read_text("utf-8"), COMMON, "utf-8-sig")

    told = read_office_file(COMMON, tmp_path)
    assert checked_words(COMMON, told) == shipped_words(COMMON)


@pytest.mark.parametrize(
    ("content", "text", "field"),
    [
        ('closing = "{bản} bản"', "closing", "bản"),
        ('closing = "{copies.real} bản"', "closing", "copies.real"),
        ('closing = "{copies:x} bản"', "closing", "copies:x"),
        ('closing = "{copies!r} bản"', "closing", "copies!r"),
        ('closing = "{copies bản"', "closing", "{"),
        ('closing = "copies} bản"', "closing", "}"),
        ('closing = "[{copies} bản"', "closing", "["),
        ('closing = "{copies} bản]"', "closing", "]"),
        ('closing = "[một [hai]]"', "closing", "["),
        ('closing = "{} bản"', "closing", ""),
        ('commitments = ["Đúng mục đích", "đúng {purpose}"]', "commitments", "purpose"),
        ('titel = "x"', "titel", None),
        ("title = 3", "title", None),
        ("commitments = [3]", "commitments", None),
        ('title = ["một", "hai"]', "title", None),
        ("[title]", "title", None),
        ('motto = "x"', "motto", None),  # it stands in common.toml
    ],
)
def test_a_mistake_is_named_before_anything_is_printed(
    tmp_path: Path, content: str, text: str, field: str | None
) -> None:
    with pytest.raises(TemplateWord) as refusal:
        template(MINUTES, write(tmp_path, content))

    assert (refusal.value.file, refusal.value.text) == (f"{MINUTES}.toml", text)
    assert refusal.value.field == field


@pytest.mark.parametrize("content", [b"\xd0\xff", b'title = "', b"= 3"])
def test_a_file_that_is_no_toml_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{MINUTES}.toml").write_bytes(content)

    with pytest.raises(UnreadableTemplate, match=rf"{MINUTES}\.toml"):
        template(MINUTES, tmp_path)
