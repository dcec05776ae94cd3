"""No letter of any paper is a box: each is in every face, and is read back from the print."""

import re
import unicodedata
from itertools import chain, product

import pytest
from reportlab.pdfbase import pdfmetrics

from labels.document import (
    Block,
    Column,
    Document,
    Grid,
    Head,
    Issue,
    Recipients,
    Signature,
    Signatures,
    Text,
    TextStyle,
    Tick,
    Ticks,
    Title,
)
from labels.paper_pdf import paper_pdf
from labels.paper_styles import styles
from labels.template import papers, template
from tests.labels.examples import page_texts
from tests.labels.paper_examples import PAPER_CODE

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)
)
EVERY_LETTER = f"{LETTERS}đ{LETTERS.upper()}Đ"
PUNCTUATION = "“”‘’–—…•·₫§°×≤≥½"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_vietnamese_letter_is_read_back_from_every_place_of_a_paper() -> None:
    apart = unicodedata.normalize("NFD", EVERY_LETTER)  # as a Mac or an old form may send it
    name = " ".join(apart[at : at + 40] for at in range(0, len(apart), 40))
    blocks: tuple[Block, ...] = (
        Head(parent_agency=name, agency=name, number=name, nation="VN", place_and_day=name),
        Title(name, name),
        *(Text(name, style) for style in TextStyle),
        Ticks((Tick(name),)),
        Grid((Column(name, 1),), (((name,),),), total=(name,)),
        Signatures((Signature(name, name, name),), (name,)),
        Recipients(name, (name,)),
    )
    paper = Document(paper="x", code=PAPER_CODE, blocks=blocks)

    text = squeezed("".join(page_texts(paper_pdf([(paper, Issue())]))))

    places = 4 + 2 + len(TextStyle) + 1 + 3 + 4 + 2
    wanted = squeezed(unicodedata.normalize("NFC", name))
    without_numbers = re.sub(r"[0-9]", "", text)
    assert without_numbers.count(wanted) >= places - 3  # a page may begin within one of them
    assert "□" not in text


def test_every_face_has_every_letter_of_every_word_that_the_program_comes_with() -> None:
    serif = styles().serif
    words = set(
        chain.from_iterable(chain.from_iterable(template(p).words.values()) for p in papers())
    )
    needed = set(map(ord, chain(*words, EVERY_LETTER, PUNCTUATION))) - {ord("\n")}

    for face in (serif.regular, serif.bold, serif.italic):
        lacking = needed - pdfmetrics.getFont(face).face.charToGlyph.keys()
        assert not {chr(letter) for letter in lacking}


@pytest.mark.parametrize("stranger", ["\N{GRINNING FACE}", "漢", "\ue000", "\x07"])
def test_a_box_stands_only_for_what_truly_has_no_glyph(stranger: str) -> None:
    paper = Document(paper="x", code=PAPER_CODE, blocks=(Text(f"An {stranger} Bình ặ"),))

    assert "An □ Bình ặ" in page_texts(paper_pdf([(paper, Issue())]))[0]
