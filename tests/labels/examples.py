"""Labels and papers as the tests need them, and what can be read back from a PDF."""

import unicodedata
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from pypdf import PdfReader

from station.codes import CodeKind, make
from station.printed import Label

CODE = make(CodeKind.DEVICE, 12, 345)
LONGEST_NAME = (
    "Hewlett-Packard EliteBook 8460p Notebook PC (QN123AV#ABA) tái xuất bởi Nguyễn Ẩm Thực"
)


def label_for(code: str = CODE, **fields: str) -> Label:
    """The label of a laptop."""
    usual = {
        "code": code,
        "qr": f"https://maytinhcu.example/t/{code}",
        "kind": "Máy tính xách tay",
        "name": "Dell Latitude E6420",
        "programme": "Máy tính cũ – Công dân số mới",
    }
    return Label(**{**usual, **fields})


def rendered(pdf: bytes, dpi: float) -> list[Any]:
    """Each page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scanned(picture: Any) -> list[tuple[str, str]]:
    """Everything an independent decoder reads from a picture: kind of symbol and text."""
    return sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(picture))


def scan_of(code: str, address: str | None = None) -> list[tuple[str, str]]:
    """What a label with this barcode and this QR reads as."""
    return [("Code 128", code), *([("QR Code", address)] if address else ())]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, composed, with single spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [one_line(unicodedata.normalize("NFC", page.extract_text())) for page in pages]


def one_line(text: str) -> str:
    """Line breaks are the layout's business, not the text's."""
    return " ".join(text.split())
