"""Signatures stand with the end of what they are for, whatever its length."""

import pytest

from labels.document import (
    Column,
    Document,
    Grid,
    Issue,
    NewPage,
    Sheet,
    Signature,
    Signatures,
    Text,
)
from labels.paper_pdf import paper_pdf
from tests.labels.examples import page_texts
from tests.labels.paper_examples import PAPER_CODE

SIGNED = Signatures((Signature("NGƯỜI GIAO", "(Ký)"), Signature("NGƯỜI NHẬN", "(Ký)")))
COLUMNS = (Column("STT", 1), Column("Họ và tên học sinh", 5))


def pages_of(*blocks: Grid | Signatures | Text | NewPage, sheet: Sheet = Sheet.A4) -> list[str]:
    document = Document(paper="list", code=PAPER_CODE, sheet=sheet, blocks=blocks)
    return page_texts(paper_pdf([(document, Issue())]))


def table(rows: int) -> Grid:
    return Grid(COLUMNS, tuple(((f"{row}",), (f"Em{row:03d}",)) for row in range(1, rows + 1)))


@pytest.mark.parametrize(
    ("sheet", "full"),  # about how many rows fill a page
    [(Sheet.A4, 42), (Sheet.A4_LANDSCAPE, 28), (Sheet.A5, 35), (Sheet.A5_LANDSCAPE, 23)],
)
def test_the_last_row_and_its_head_go_with_the_signatures(sheet: Sheet, full: int) -> None:
    for rows in range(full - 10, full + 2):
        pages = pages_of(table(rows), SIGNED, sheet=sheet)

        (signed,) = (page for page in pages if "NGƯỜI GIAO" in page)
        assert f"Em{rows:03d}" in signed, (sheet, rows)
        assert signed.index("Họ và tên học sinh") < signed.index(f"Em{rows:03d}")
        assert all(" ".join(pages).count(f"Em{row:03d}") == 1 for row in range(1, rows + 1))


@pytest.mark.parametrize("lines", range(30, 50))
def test_the_last_sentence_goes_with_the_signatures(lines: int) -> None:
    pages = pages_of(*(Text(f"Câu{line}.") for line in range(lines)), SIGNED)

    (signed,) = (page for page in pages if "NGƯỜI GIAO" in page)
    assert f"Câu{lines - 1}." in signed


def test_the_sheet_of_each_class_is_signed_on_a_page_with_its_pupils() -> None:
    sheets = [block for rows in (33, 34, 35, 36) for block in (table(rows), SIGNED, NewPage())]

    pages = pages_of(*sheets[:-1])

    signed = [page for page in pages if "NGƯỜI GIAO" in page]
    assert len(signed) == 4
    assert all("Em0" in page for page in signed)


def test_a_last_row_with_no_room_beside_the_signatures_is_printed_all_the_same() -> None:
    tall = Grid(COLUMNS, ((("1",), tuple(f"dòng{line}" for line in range(48))),))

    text = " ".join(pages_of(tall, SIGNED))

    assert all(f"dòng{line}" in text for line in range(48))
    assert "NGƯỜI NHẬN" in text
