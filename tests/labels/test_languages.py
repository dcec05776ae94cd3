import re

import pytest
from msgspec import structs

from labels.imposition import impose
from labels.printer import Language, Printer
from labels.speak import payloads
from labels.stocks import stock_named
from tests.labels.examples import (
    CODE,
    label_for,
    page_texts,
    part_label,
    rendered,
    scan_of,
    scanned,
)
from tests.labels.printers import tspl_printed, zpl_printed

USUAL, ROW = stock_named("50x30"), stock_named("35x22-3up-110")
QR = f"https://maytinhcu.example/t/{CODE}"


def sent(printer: Printer, stock_id: str = "50x30", count: int = 1) -> tuple[bytes, ...]:
    stock = stock_named(stock_id)
    return payloads(impose([label_for()] * count, stock), stock, printer)


def test_tspl_is_told_the_row_the_gap_and_one_print_of_it() -> None:
    (payload,) = sent(Printer(language=Language.TSPL), "35x22-3up-110")

    head, _, dots = payload.partition(b"BITMAP ")
    assert head == (
        b"SIZE 110 mm,22 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1,0\r\nREFERENCE 0,0\r\nCLS\r\n"
    )
    assert dots.startswith(b"0,0,110,176,0,")
    assert dots.endswith(b"\r\nPRINT 1,1\r\n")


def test_zpl_is_told_the_width_the_length_and_one_print_of_it() -> None:
    (payload,) = sent(Printer(language=Language.ZPL, dpi=300))

    assert payload.startswith(b"^XA\n^PW591\n^LL354\n^LH0,0\n^FO0,0^GFA,26196,26196,74,")
    assert payload.endswith(b"^FS\n^PQ1\n^XZ\n")
    assert len(payload) < 13_000  # runs are counted: half of one digit for each dot in four


def test_a_page_of_more_dots_than_a_graphic_of_zpl_may_have_is_sent_in_several() -> None:
    stock = structs.replace(USUAL, width=100, height=150, page_width=100, page_height=150)
    pages = impose([label_for()], stock)

    (payload,) = payloads(pages, stock, Printer(language=Language.ZPL))

    assert re.findall(rb"\^FO(\d+,\d+)\^GFA,(\d+)", payload) == [
        (b"0,0", b"99900"),
        (b"0,999", b"20100"),
    ]
    (printed,) = zpl_printed(payload)
    assert scanned(printed) == scan_of(CODE, QR)


def test_a_printer_is_told_how_dark_and_how_fast_only_where_somebody_set_it() -> None:
    tspl, zpl = (
        sent(Printer(language=language, darkness=9, speed=3))[0]
        for language in (Language.TSPL, Language.ZPL)
    )

    assert b"DENSITY 9\r\nSPEED 3\r\nCLS" in tspl
    assert zpl.startswith(b"~SD09\n^XA\n")
    assert b"^PR3\n" in zpl
    for language in (Language.TSPL, Language.ZPL):
        usual = sent(Printer(language=language))[0]
        assert not any(word in usual for word in (b"DENSITY", b"SPEED", b"~SD", b"^PR"))


def test_a_printer_may_draw_the_barcodes_itself() -> None:
    (tspl,) = sent(Printer(language=Language.TSPL, native=True))
    (zpl,) = sent(Printer(language=Language.ZPL, native=True))

    assert f'"128",61,0,0,2,2,"{CODE}"\r\n'.encode() in tspl
    assert f',L,4,A,0,M2,S7,"{QR}"\r\n'.encode() in tspl
    assert f"^BCN,61,N,N,N,A^FD{CODE}^FS".encode() in zpl
    (printed,) = tspl_printed(tspl, 203)
    assert scanned(printed) == scan_of(CODE, QR)
    (printed,) = zpl_printed(zpl)
    assert scanned(printed) == scan_of(CODE, QR)


@pytest.mark.parametrize(
    "address",
    [
        f'https://example.org/"{CODE}',  # a quotation mark would end the command
        f"https://example.org/é/{CODE}",
        "A" * 28 + "0" * 24,  # a printer that packs no digits needs a larger QR than ours
    ],
)
def test_a_qr_that_a_printer_might_draw_otherwise_is_sent_as_dots(address: str) -> None:
    label = label_for(qr=address)
    printer = Printer(language=Language.TSPL, native=True)

    (payload,) = payloads(impose([label], USUAL), USUAL, printer)

    assert b"QRCODE" not in payload
    assert scanned(tspl_printed(payload, 203)[0]) == scan_of(CODE, address)


def test_the_systems_driver_gets_a_pdf_of_each_page() -> None:
    codes = [label_for(), part_label("V0120003458")]

    files = payloads(impose(codes, USUAL), USUAL, Printer())

    assert [len(rendered(file, 203)) for file in files] == [1, 1]
    assert ["012 000345 7" in page_texts(file)[0] for file in files] == [True, False]
