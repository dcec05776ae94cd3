import random
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from labels.draw import labels_pdf
from labels.imposition import impose
from labels.label_layout import lay_out
from labels.resolution import DPI_203, DPI_300, Resolution
from labels.stock import Stock
from labels.stocks import stock_named
from station.codes import CodeKind, make
from station.printed import Label
from tests.labels.examples import LONGEST_NAME, label_for, page_texts, rendered, scan_of, scanned

USUAL, SMALL = stock_named("50x30"), stock_named("35x22")
DRAWN = random.Random(2021)  # noqa: S311 -- a sample, the same on each run
CODES = [
    make(DRAWN.choice([CodeKind.DEVICE, CodeKind.PART, CodeKind.LOT]), point, number)
    for point, number in ((DRAWN.randint(1, 899), DRAWN.randint(1, 999_999)) for _ in range(50))
]


def drawn(labels: Sequence[Label], stock: Stock = USUAL, resolution: Resolution = DPI_203) -> bytes:
    return labels_pdf(impose(labels, stock), stock, resolution)


@pytest.mark.parametrize(("dpi", "resolution"), [(203, DPI_203), (300, DPI_300)])
def test_every_label_scans_at_printer_resolution(dpi: int, resolution: Resolution) -> None:
    labels = [label_for(code, name=LONGEST_NAME) for code in CODES]

    pages = rendered(drawn(labels, resolution=resolution), dpi)

    expected = [scan_of(label.code, label.qr) for label in labels]
    assert [scanned(page) for page in pages] == expected
    assert [scanned(as_printed(page)) for page in pages] == expected


def as_printed(page: Any) -> Any:
    """A thermal printer has no grey."""
    return page.point(lambda grey: 255 if grey > 127 else 0)


def test_a_small_label_scans_too() -> None:
    (page,) = rendered(drawn([label_for()], SMALL), 203)

    assert scanned(page) == scan_of(label_for().code, label_for().qr)


def test_each_label_is_a_page_of_exactly_its_size() -> None:
    document = pypdfium2.PdfDocument(drawn([label_for()] * 3))
    sizes = [page.get_size() for page in document]
    document.close()

    millimetres = 72 / 25.4
    assert sizes == [pytest.approx((50 * millimetres, 30 * millimetres), abs=0.01)] * 3


def test_the_words_can_be_read_from_the_file() -> None:
    (text,) = page_texts(drawn([label_for(name="Máy Ẩm Ướt Nghiễm")]))

    assert "012 000345 7" in text
    assert "Máy tính xách tay" in text
    assert "Máy Ẩm Ướt Nghiễm" in text
    assert "Máy tính cũ – Công dân số mới" in text


def test_ink_stays_inside_the_boxes_of_the_description() -> None:
    label = label_for(kind="ẤỄỘ Máy tính gỵ", name=LONGEST_NAME)
    (page,) = rendered(drawn([label]), 600)
    layout = lay_out(label, USUAL)
    dots = 600 / 25.4

    symbols = [symbol.box for symbol in (layout.bars, layout.qr) if symbol]
    for box in [*(line.box for line in layout.texts), *symbols]:
        edges = (box.x * dots - 2, box.y * dots - 2, box.right * dots + 2, box.bottom * dots + 2)
        page.paste(255, tuple(round(edge) for edge in edges))

    assert page.getextrema() == (255, 255)


def test_the_same_labels_are_the_same_bytes() -> None:
    labels = [label_for(code) for code in CODES[:3]]

    assert drawn(labels) == drawn(labels)


def test_the_file_says_neither_when_nor_with_what_it_was_made() -> None:
    pdf = drawn([label_for()])

    assert PdfReader(BytesIO(pdf)).metadata == {"/Title": "0120003457"}
    assert b"Date" not in pdf


def test_no_labels_make_no_file() -> None:
    with pytest.raises(ValueError, match="one page"):
        drawn([])
