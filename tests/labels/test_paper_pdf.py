from io import BytesIO
from typing import Any

from pypdf import PdfReader

from labels.document import Issue
from labels.filling import issue
from labels.paper_pdf import paper_pdf
from labels.template import template
from tests.labels.examples import one_line, page_texts, rendered, scanned
from tests.labels.paper_examples import MINUTES, PAPER_CODE, devices, document, minutes_pdf


def test_a_reprint_says_so_on_every_page_and_is_else_the_original() -> None:
    paper = document(devices=devices(20))
    original = page_texts(paper_pdf([(paper, Issue())]))
    reprint = page_texts(paper_pdf([(paper, issue(template(MINUTES), reprint=2))]))

    assert all("BẢN IN LẠI (lần 2)" in page for page in reprint)
    assert [one_line(page.replace("BẢN IN LẠI (lần 2)", "")) for page in reprint] == original


def test_the_paper_is_a4_and_its_symbols_are_its_code() -> None:
    (page,) = rendered(minutes_pdf(), 300)

    assert page.size == (2481, 3508)
    assert scanned(page) == [("Code 128", PAPER_CODE), ("QR Code", PAPER_CODE)]


def test_fonts_are_embedded() -> None:
    page: Any = PdfReader(BytesIO(minutes_pdf())).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]

    assert len(used) >= 3
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_same_paper_is_the_same_bytes() -> None:
    first, second = (minutes_pdf() for _ in range(2))

    assert first == second
    assert b"Date" not in first
