"""However much somebody wrote, a paper prints, and all of it stands there."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pytest

from labels.document import (
    Block,
    Column,
    Document,
    Grid,
    Head,
    Issue,
    Labels,
    Qr,
    Recipients,
    Sheet,
    Signature,
    Signatures,
    Text,
    TextStyle,
    Tick,
    Ticks,
    Title,
)
from labels.paper_pdf import paper_pdf
from tests.labels.examples import page_texts
from tests.labels.paper_examples import PAPER_CODE, devices, minutes_pdf

WORDS = tuple(f"từ{number}" for number in range(1_200))
LONG = " ".join(WORDS)
ONE_WORD = "".join(f"{number:05d}" for number in range(1_000))
NARROW, WIDE = Column("a", 1), Column("b", 6)


def text_of(*blocks: Block, sheet: Sheet = Sheet.A4) -> str:
    """Everything that is printed, without spaces and line breaks."""
    paper = Document(paper="x", code=PAPER_CODE, sheet=sheet, blocks=blocks)
    pdf = pypdfium2.PdfDocument(paper_pdf([(paper, Issue())]))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return "".join(unicodedata.normalize("NFC", text).split())


def blocks_of(long: str) -> dict[str, Sequence[Any]]:
    return {
        "agency": (Head(parent_agency="a", agency=long),),
        "place": (Head(agency="a", nation="n", motto="m", place_and_day=long),),
        "slip": (Head(agency="a", title="t", subject=long),),
        "title": (Title(long, "s"),),
        "subject": (Title("t", long),),
        **{f"text-{style}": (Text(long, style),) for style in TextStyle},
        "tick": (Ticks((Tick("a"), Tick(long, True)), columns=2),),
        "tick-label": (Ticks((Tick("a"),), label=long),),
        "column": (Grid((Column(long, 1), WIDE), ((("x",), ("y",)),)),),
        "cell": (Grid((NARROW, WIDE), ((("x",), ("y",)), ((long,), ("z",)), (("p",), ("q",)))),),
        "total": (Grid((NARROW, WIDE), (), total=("x", long)),),
        "barcode": (Grid((NARROW, Column("b", 3, barcode=True)), ((("x",), (long,)),)),),
        "address": (Qr(long, ("w",)),),
        "qr-words": (Qr("https://a.example/t/1", (long,)),),
        "closing": (Signatures((Signature("T"), Signature("U")), (long,)),),
        "signer": (Signatures((Signature("T", "h", long), Signature("U"))),),
        "signer-title": (Signatures((Signature(long), Signature("U"), Signature("V"))),),
        "recipient": (Recipients("r", ("a", long)),),
    }


@pytest.mark.parametrize("sheet", list(Sheet))
@pytest.mark.parametrize("place", list(blocks_of("")))
def test_an_endless_text_stands_there_whole_and_in_order(place: str, sheet: Sheet) -> None:
    text = text_of(*blocks_of(LONG)[place], sheet=sheet)

    at = 0
    for word in WORDS[:: 50 if place == "barcode" else 1]:
        assert (at := text.find(word, at)) != -1, word


@pytest.mark.parametrize("place", list(blocks_of("")))
def test_an_endless_word_is_torn_and_goes_on(place: str) -> None:
    text = text_of(*blocks_of(ONE_WORD)[place])

    assert ONE_WORD[:100] in text
    assert ONE_WORD[-100:] in text


@pytest.mark.parametrize("sheet", list(Sheet))
def test_empty_tables_codes_and_rooms_that_are_too_large_stop_no_paper(sheet: Sheet) -> None:
    text = text_of(
        Text("Đầu."),
        Grid((NARROW, WIDE), ()),
        Grid((NARROW, WIDE), (((), ()), (("x",), ()))),
        Grid((NARROW, WIDE), ((("cao",), ()),), row_height=900),
        Labels(()),
        Labels(("", "không là mã", "0120000015")),
        Ticks(()),
        Signatures((Signature("KÝ", "", "Tên"),), room=900),
        Recipients("", ()),
        Text("Cuối."),
        sheet=sheet,
    )

    for said in ("Đầu.", "cao", "khônglàmã", "0120000015", "KÝ", "Tên", "Cuối."):
        assert said in text


def test_six_hundred_rows_stand_once_each_under_their_head() -> None:
    handed = devices(600)

    pages = page_texts(minutes_pdf(devices=handed))

    text = " ".join(pages)
    assert all(text.count(f"S/N: {line.serial} ") == 1 for line in handed)
    assert all("Mã thiết bị" in page for page in pages if "S/N" in page)


def test_a_torn_row_begins_beside_its_number_and_its_head_stands_once_a_page() -> None:
    rows = ((("1",), ("ngắn",)), (("2",), (LONG,)), (("3",), ("sau",)))
    paper = Document(paper="x", code=PAPER_CODE, blocks=(Grid((NARROW, Column("Đầu", 1)), rows),))

    pages = page_texts(paper_pdf([(paper, Issue())]))

    assert len(pages) > 2
    assert [page.count("Đầu") for page in pages] == [1] * len(pages)
    assert "2 từ0" in " ".join(pages)
