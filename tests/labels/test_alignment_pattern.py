"""The page a printer is set up with, looked at dot by dot."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from labels.alignment_pattern import pattern, pattern_bitmap, pattern_payload, pattern_pdf
from labels.bitmap import Bitmap
from labels.imposition import OffThePage
from labels.printer import Alignment, Language, Printer
from labels.resolution import DPI_203, DPI_300, Resolution
from labels.stock import Stock
from labels.stocks import stock_named, stocks
from tests.labels.examples import page_texts, rendered

ROLL = stock_named("50x30")
MOVED = Printer(alignment=Alignment(1.0, 0.5))


def black(dots: Bitmap, x: int, y: int) -> bool:
    byte = dots.rows[y * dots.stride + x // 8]
    return bool(byte >> (7 - x % 8) & 1)


@pytest.mark.parametrize("resolution", [DPI_203, DPI_300], ids=["203", "300"])
def test_the_frame_lies_on_the_labels_edge(resolution: Resolution) -> None:
    dots = pattern_bitmap(pattern(ROLL, Printer()), resolution)
    middle = dots.height // 2 + 40

    assert (dots.width, dots.height) == (resolution.dots(50), resolution.dots(30))
    for x, y in ((0, middle), (dots.width - 1, middle), (60, 0), (60, dots.height - 1)):
        assert black(dots, x, y), (x, y)
    assert black(dots, dots.width // 2, dots.height // 2)  # the cross
    assert not black(dots, dots.width // 2 + 40, dots.height // 2 + 40)


def test_the_ruler_has_a_mark_every_millimetre() -> None:
    dots = pattern_bitmap(pattern(ROLL, Printer()), DPI_203)

    row = [black(dots, x, 5) for x in range(4, 396)]
    begins = [at + 4 for at in range(1, len(row)) if row[at] and not row[at - 1]]
    assert begins == [8 * mm - 1 for mm in range(1, 50)]


def test_the_printers_correction_moves_it_as_it_moves_labels() -> None:
    straight, moved = pattern(ROLL, Printer()), pattern(ROLL, MOVED)

    assert [(line.x + 1, line.y + 0.5) for line in straight.lines] == [
        (line.x, line.y) for line in moved.lines
    ]


def test_a_correction_over_the_edge_is_refused_as_for_labels() -> None:
    with pytest.raises(OffThePage):
        pattern(ROLL, Printer(alignment=Alignment(20)))


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_every_stock_has_a_pattern_that_stays_on_its_page(stock: Stock) -> None:
    described = pattern(stock, Printer())

    assert all(line.x >= 0 and line.right <= described.width + 0.5 for line in described.lines)
    assert all(line.y >= 0 and line.bottom <= described.height + 0.5 for line in described.lines)


def test_the_pdf_is_as_large_as_the_page_and_its_figures_can_be_read() -> None:
    pdf = pattern_pdf(pattern(ROLL, Printer()))

    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert float(box.width) * 25.4 / 72 == pytest.approx(50, abs=0.01)
    assert page_texts(pdf)[0].split() == ["10", "20", "30", "40", "10", "20"]
    (picture,) = rendered(pdf, 203)
    assert picture.getpixel((0, 150)) < 128


def test_a_printer_is_sent_the_dots_in_its_own_language() -> None:
    dots = pattern_bitmap(pattern(ROLL, Printer()), DPI_203)

    tspl = pattern_payload(ROLL, Printer(language=Language.TSPL, darkness=8))
    zpl = pattern_payload(ROLL, Printer(language=Language.ZPL))

    head = re.search(rb"BITMAP 0,0,(\d+),(\d+),0,", tspl)
    assert head is not None
    assert (int(head[1]), int(head[2])) == (dots.stride, dots.height)
    sent = tspl[head.end() : head.end() + len(dots.rows)]
    assert bytes(255 - byte for byte in sent) == dots.rows
    assert b"DENSITY 8\r\n" in tspl
    assert tspl.endswith(b"PRINT 1,1\r\n")
    assert b"^PW400" in zpl
    assert zpl.endswith(b"^XZ\n")
