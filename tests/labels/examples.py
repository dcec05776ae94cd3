"""Labels and papers as the tests need them, and what can be read back from a PDF."""

import random
import unicodedata
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from station.codes import LAST_NUMBER, LAST_POINT, CodeKind, make
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


def part_label(code: str) -> Label:
    """The label of a memory module."""
    return Label(code=code, qr=code, kind="RAM", name="Kingston 8 GB DDR3", programme="Máy tính cũ")


def charger_label(code: str, owner: str) -> Label:
    """The label of a charger that belongs to a device."""
    return Label(code, code, "Bộ sạc", "Dell 65 W 19,5 V", "Máy tính cũ", owner)


def random_label(drawn: random.Random) -> Label:
    """Any label of any point, with the longest name that a real one had."""
    kind = drawn.choice([CodeKind.DEVICE, CodeKind.DEVICE, CodeKind.LOT, CodeKind.PART])
    code, owner = (
        make(kind, drawn.randint(1, LAST_POINT), drawn.randint(1, LAST_NUMBER))
        for kind in (kind, CodeKind.DEVICE)
    )
    if kind is CodeKind.PART:
        return drawn.choice([part_label(code), charger_label(code, owner)])
    if kind is CodeKind.LOT:
        return Label(code, code, "Lô thiết bị", "Trường THCS Nguyễn Trãi", "Máy tính cũ")
    return label_for(code, name=LONGEST_NAME)


def rendered(pdf: bytes, dpi: float) -> list[Any]:
    """Each page as a grey picture, not a dot larger for the sake of a rounding."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72 * 0.99999).to_pil().convert("L") for page in document]
    finally:
        document.close()


OURS: Any = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)


def scanned(picture: Any) -> list[tuple[str, str]]:
    """Everything an independent decoder reads from a picture: kind of symbol and text."""
    return sorted(
        (str(found.format), found.text) for found in zxingcpp.read_barcodes(picture, OURS)
    )


def scanned_at(picture: Any, scale: float) -> list[tuple[str, str]]:
    """What is read from so much nearer."""
    size = round(picture.width * scale), round(picture.height * scale)
    return scanned(picture.resize(size, Image.Resampling.BILINEAR))


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
