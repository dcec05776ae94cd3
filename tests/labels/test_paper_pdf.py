from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import ImageChops
from pypdf import PdfReader

from labels.document import (
    Document,
    Head,
    Issue,
    NewPage,
    Sheet,
    Signature,
    Signatures,
    Text,
    TextStyle,
    decode,
    encode,
)
from labels.filling import issue
from labels.paper_pdf import paper_pdf
from labels.template import template
from tests.labels.examples import one_line, page_texts, rendered, scan_of, scanned
from tests.labels.paper_examples import MINUTES, PAPER_CODE, devices, document, minutes_pdf

ON_PAPER = 254 / 25.4  # dots of these pictures to the millimetre
SLIP = "intake-receipt"
WORDS = " ".join(f"từ{number}" for number in range(2_500))


def pictures(pdf: bytes) -> list[Any]:
    return rendered(pdf, 254)


def of(*blocks: Any, sheet: Sheet = Sheet.A4) -> Document:
    return Document(paper="x", code=PAPER_CODE, sheet=sheet, blocks=blocks)


def ink(picture: Any) -> tuple[float, float, float, float]:
    """The box of everything printed, in millimetres: left, top, right, bottom."""
    box = ImageChops.invert(picture).point(lambda grey: 255 * (grey > 60)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return left / ON_PAPER, top / ON_PAPER, right / ON_PAPER, bottom / ON_PAPER


def placed(pdf: bytes, page: int) -> Iterator[tuple[str, float, float, float]]:
    """Each text of a page with its size and where it begins, in points."""
    found: list[tuple[str, float, float, float]] = []

    def note(text: str, base: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.append((text.strip(), size, base[4] + matrix[4], base[5] + matrix[5]))

    PdfReader(BytesIO(pdf)).pages[page].extract_text(visitor_text=note)
    return iter(found)


def test_a_reprint_says_so_on_every_page_and_is_else_the_original() -> None:
    paper = document(devices=devices(20))
    original = page_texts(paper_pdf([(paper, Issue())]))
    reprint = page_texts(paper_pdf([(paper, issue(template(MINUTES), reprint=2))]))

    assert all("BẢN IN LẠI (lần 2)" in page for page in reprint)
    assert [one_line(page.replace("BẢN IN LẠI (lần 2)", "")) for page in reprint] == original


def test_a_reprint_differs_in_its_mark_alone_to_the_last_dot() -> None:
    paper = decode(encode(document(devices=devices(9))))
    mark = issue(template(MINUTES), reprint=3)

    pairs = zip(
        pictures(paper_pdf([(document(devices=devices(9)), Issue())])),
        pictures(paper_pdf([(paper, mark)])),
        strict=True,
    )

    for original, again in pairs:
        box = ImageChops.difference(original, again).getbbox()
        assert box is not None
        left, top, right, bottom = (dot / ON_PAPER for dot in box)
        assert (left > 29, right < 85, top > 7, bottom < 15) == (True, True, True, True)


def test_the_same_print_is_the_same_bytes_whatever_stands_before_it() -> None:
    first, second = (minutes_pdf() for _ in range(2))

    assert first == second
    assert b"Date" not in first


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


@pytest.mark.parametrize(
    ("sheet", "size", "left", "right", "top"),
    [
        (Sheet.A4, (210, 297), 30, 15, 20),
        (Sheet.A4_LANDSCAPE, (297, 210), 30, 15, 20),
        (Sheet.A5, (148, 210), 15, 12, 12),
        (Sheet.A5_LANDSCAPE, (210, 148), 15, 12, 12),
    ],
)
def test_text_keeps_to_the_margins_on_every_page(
    sheet: Sheet, size: tuple[int, int], left: int, right: int, top: int
) -> None:
    pages = pictures(paper_pdf([(of(Text(WORDS), sheet=sheet), Issue())]))

    assert len(pages) > 1
    for page in pages:
        width, height = page.size[0] / ON_PAPER, page.size[1] / ON_PAPER
        assert (round(width), round(height)) == size
        begins, _, ends, _ = ink(page)
        assert begins == pytest.approx(left, abs=0.6)
        assert ends == pytest.approx(width - right, abs=0.6)
    first = pages[0].crop((0, 0, pages[0].width, 2 * top * ON_PAPER))
    assert ink(first)[1] == pytest.approx(top, abs=2)


def test_the_page_number_stands_centred_in_the_upper_margin_in_size_13() -> None:
    pdf = paper_pdf([(of(Text(WORDS)), Issue())])

    assert not [text for text, *_ in placed(pdf, 0) if text == "1"]
    ((_, size, x, y),) = (each for each in placed(pdf, 1) if each[0] == "2")
    assert size == 13
    assert (x + 3.25) / 72 * 25.4 == pytest.approx(30 + 165 / 2, abs=0.3)
    assert 297 - 20 < y / 72 * 25.4 < 297 - 8


def test_nation_and_motto_have_the_sizes_and_the_drawn_line_of_the_decree() -> None:
    head = Head(agency="SỞ MẪU", nation="CỘNG HÒA", motto="Độc lập - Tự do", place_and_day="Mẫu")
    pdf = paper_pdf([(of(head), Issue())])
    sizes = {text: size for text, size, *_ in placed(pdf, 0)}

    assert (sizes["CỘNG HÒA"], sizes["Độc lập - Tự do"], sizes["SỞ MẪU"]) == (12, 13, 12)
    (page,) = pictures(pdf)
    motto = page.crop((1200, 240, 1950, 320)).point(lambda grey: 255 * (grey < 128))
    dark = [
        sum(motto.crop((0, row, motto.width, row + 1)).histogram()[255:])
        for row in range(motto.height)
    ]
    line = max(dark)  # one row of dots, as long as the motto
    assert 25 < line / ON_PAPER < 45


def test_a_signature_has_room_for_a_stamp() -> None:
    places = (Signature("NGƯỜI GIAO", "(Ký)", "Nguyễn Thị Hòa"), Signature("NGƯỜI NHẬN"))
    pdf = paper_pdf([(of(Signatures(places)), Issue())])
    where = {text: (x, y) for text, _, x, y in placed(pdf, 0)}

    room = (where["(Ký)"][1] - where["Nguyễn Thị Hòa"][1]) / 72 * 25.4
    assert room > 30
    assert (where["NGƯỜI NHẬN"][0] - where["NGƯỜI GIAO"][0]) / 72 * 25.4 > 80


def test_both_copies_on_one_sheet_are_the_same_but_for_their_names() -> None:
    pdf = paper_pdf([(document(SLIP), Issue())])
    half = 297 / 2 / 25.4 * 72
    names = template(SLIP).words["copy_names"]
    said = [each for each in placed(pdf, 0) if each[0] not in names]
    upper = sorted((*words, y - half) for *words, y in said if y > half)
    lower = sorted((*words, y) for *words, y in said if y < half)
    assert len(upper) > 30
    assert [each[:3] for each in upper] == [each[:3] for each in lower]
    assert [each[3] for each in upper] == pytest.approx([each[3] for each in lower], abs=0.01)

    (page,) = pictures(pdf)
    middle = round(148.5 * ON_PAPER)
    top, bottom = (page.crop((0, y, page.width, y + middle)) for y in (0, middle))
    assert scanned(top) == scanned(bottom) == scan_of(PAPER_CODE, PAPER_CODE)
    cut = page.crop((0, middle - 5, page.width, middle + 5)).point(lambda grey: 255 * (grey < 128))
    assert cut.histogram()[255] > 500


def test_copies_without_room_on_one_sheet_have_whole_pages_each() -> None:
    for blocks in ((Text(WORDS),), (Text("một"), NewPage(), Text("hai"))):
        paper = of(*blocks, sheet=Sheet.TWO_ON_A4)
        pages = page_texts(paper_pdf([(paper, Issue())]))
        half = len(pages) // 2

        assert pages[:half] == pages[half:]
        assert half > 1


def test_several_papers_in_one_file_count_their_pages_each_for_itself() -> None:
    one, two = of(Text(WORDS)), of(Text(WORDS), sheet=Sheet.A5)
    alone = [text for each in (one, two) for text in page_texts(paper_pdf([(each, Issue())]))]

    together = page_texts(paper_pdf([(one, Issue()), (two, Issue())]))

    assert together == alone


def test_no_paper_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        paper_pdf([])


def test_an_endless_foot_stays_beside_the_bars_and_keeps_them_readable() -> None:
    endless = "lời dài " * 100
    paper = Document(
        paper="x",
        code=PAPER_CODE,
        blocks=(Text("một"),),
        foot=(endless, "Mã kiểm chứng: {hash}"),
        copy_names=(endless,),
    )
    (page,) = rendered(paper_pdf([(paper, Issue(endless, (endless,)))]), 300)

    assert scanned(page) == [("Code 128", PAPER_CODE), ("QR Code", PAPER_CODE)]


@pytest.mark.parametrize("style", list(TextStyle))
def test_each_kind_of_paragraph_is_printed(style: TextStyle) -> None:
    (text,) = page_texts(paper_pdf([(of(Text("Mỗi câu một kiểu.", style)), Issue())]))

    assert "Mỗi câu một kiểu." in text


def test_an_agencys_name_is_set_in_lines_of_about_one_length() -> None:
    name = "TẬP ĐOÀN BƯU CHÍNH VIỄN THÔNG VIỆT NAM"
    head = Head(parent_agency=name, agency="VNPT TÂY NINH", title="PHIẾU")

    (page,) = PdfReader(BytesIO(paper_pdf([(of(head), Issue())]))).pages

    lines = [line.strip() for line in page.extract_text().splitlines()]
    assert [line for line in lines if line and line in name] == [
        "TẬP ĐOÀN BƯU CHÍNH",
        "VIỄN THÔNG VIỆT NAM",
    ]
