"""Every stock, every output, every wear: the barcode gives the code, and the QR what it holds."""

import random

import pytest
from pyzbar import pyzbar

from labels.imposition import impose
from labels.stock import Stock
from labels.stocks import stock_named, stocks
from tests.labels.examples import LONGEST_NAME, label_for, random_label, scanned
from tests.labels.outputs import OUTPUTS, cut_apart, png_pages
from tests.labels.scanning import Reading

CODES = 5
CLOSER = 3  # zbar wants a bar of some pixels


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_labels_scan_whatever_printed_them_and_however_they_wore(stock: Stock, dpi: int) -> None:
    drawn = random.Random(f"{stock.id} {dpi}")  # noqa: S311 -- the same codes on each run
    pages = impose([random_label(drawn) for _ in range(CODES)], stock)

    assert list(Reading().failures(pages, stock, dpi)) == []


@pytest.mark.parametrize("output", ["tspl", "zpl"])
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_a_printer_paints_the_very_dots_of_the_preview(stock: Stock, output: str) -> None:
    pages = impose([label_for(name=LONGEST_NAME)] * (stock.places + 1), stock)

    shown = png_pages(pages, stock, 203)

    printed = OUTPUTS[output](pages, stock, 203)
    assert [page.tobytes() for page in printed] == [page.tobytes() for page in shown]


def test_a_whole_sheet_gives_all_its_codes() -> None:
    stock = stock_named("a4-tomy-145")
    drawn = random.Random(65)  # noqa: S311 -- the same codes on each run
    labels = [random_label(drawn) for _ in range(stock.places)]
    pages = impose(labels, stock)

    (sheet,) = OUTPUTS["pdf"](pages, stock, 300)

    read = {text for _, text in scanned(sheet)}
    assert {label.code for label in labels} <= read


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_a_reader_of_another_maker_agrees(stock: Stock, dpi: int) -> None:
    drawn = random.Random(f"{stock.id} {dpi} again")  # noqa: S311 -- the same codes on each run
    pages = impose([random_label(drawn) for _ in range(CODES)], stock)

    pictures = png_pages(pages, stock, dpi)

    for label, layout, picture in cut_apart(pages, pictures, stock, dpi):
        closer = picture.resize((picture.width * CLOSER, picture.height * CLOSER))
        read = {(found.type, found.data.decode()) for found in pyzbar.decode(closer)}
        assert read == {("CODE128", label.code), *({("QRCODE", label.qr)} if layout.qr else ())}
