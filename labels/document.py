"""A paper described: every word that will stand on it, block after block; nothing is drawn here.

The description is what is kept, hashed and printed again: a reprint draws the same document. What
may differ between two prints of one paper (the mark of a reprint, the service's acknowledgement)
is no part of it: see `Issue`.
"""

from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct

HASH_DIGITS: Final = 12
NO_CODE: Final = "……"
"""Where the code will stand, on a draft that nobody made yet."""


class Sheet(StrEnum):
    """The paper it is printed on."""

    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"
    A5 = "a5"
    A5_LANDSCAPE = "a5-landscape"
    TWO_ON_A4 = "two-on-a4"  # two copies one below the other on A4, with a line to cut along


class Align(StrEnum):
    """How a cell's text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class TextStyle(StrEnum):
    """How a paragraph stands."""

    TEXT = "text"
    INDENTED = "indented"
    FACT = "fact"
    PARTY = "party"
    GROUNDS = "grounds"
    HEADING = "heading"
    CENTRED = "centred"
    SMALL = "small"
    SALUTATION = "salutation"
    DATED = "dated"  # place and day, on the right
    ANSWER = "answer"
    BEFORE_TABLE = "before-table"  # it moves on with the table's first row
    LINE = "line"  # one line, whose dots reach to the right margin, to be written on


class Head(Struct, frozen=True, kw_only=True, tag="head"):
    """Agency and number on the left; on a state paper nation, motto, place and day on the right.

    A slip has its title on the right instead, which leaves more room below.
    """

    parent_agency: str = ""
    agency: str = ""
    number: str = ""  # "Số: ……/BB-SKHCN": only the records office issues it
    nation: str = ""
    motto: str = ""
    place_and_day: str = ""
    title: str = ""
    subject: str = ""


class Title(Struct, frozen=True, tag="title"):
    """The paper's name, and below it what it is about."""

    text: str
    subject: str = ""


class Text(Struct, frozen=True, tag="text"):
    """A paragraph."""

    text: str
    style: TextStyle = TextStyle.TEXT


class Tick(Struct, frozen=True):
    """A box with words; `ticked` is None where it is left to be ticked by hand."""

    text: str
    ticked: bool | None = None


class Ticks(Struct, frozen=True, tag="ticks"):
    """Boxes below each other, or in columns beside each other, after what they are about."""

    ticks: tuple[Tick, ...]
    columns: int = 1
    label: str = ""


class Column(Struct, frozen=True):
    """A column of a table; widths are shares, the table takes the text's whole width."""

    title: str
    width: float
    align: Align = Align.LEFT
    barcode: bool = False  # the cell is a code: drawn as Code128, with its digits below


class Grid(Struct, frozen=True, tag="grid"):
    """A ruled table whose head is repeated on each page; a cell is its lines of text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    row_height: float = 0.0  # millimetres at least: room to write or to sign
    total: tuple[str, ...] = ()  # the last row, bold; one text a column


class Labels(Struct, frozen=True, tag="labels"):
    """Code128 symbols with their codes below, beside each other: line codes, reserved codes."""

    codes: tuple[str, ...]
    columns: int = 3


class Qr(Struct, frozen=True, tag="qr"):
    """A QR of an address, and beside it what it is for."""

    address: str
    words: tuple[str, ...] = ()


class Signature(Struct, frozen=True):
    """One place to sign: title line, what to do, and the name where it is known."""

    title: str
    hint: str = ""
    name: str = ""


class Signatures(Struct, frozen=True, tag="signatures"):
    """Places to sign beside each other; `closing` stays with them on one page."""

    places: tuple[Signature, ...]
    closing: tuple[str, ...] = ()
    room: float = 30.0  # millimetres for a signature, and a stamp on its left third


class Recipients(Struct, frozen=True, tag="recipients"):
    """Nơi nhận: who gets a copy, small, at the lower left."""

    title: str
    lines: tuple[str, ...]


class NewPage(Struct, frozen=True, tag="new-page"):
    """What follows begins on a page of its own."""


Block = Head | Title | Text | Ticks | Grid | Labels | Qr | Signatures | Recipients | NewPage


class Document(Struct, frozen=True, kw_only=True):
    """One paper. Its code is its own (BB…), never that of a device it speaks of."""

    paper: str  # the template's id
    code: str
    sheet: Sheet = Sheet.A4
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()  # beside the QR; the hash line is added when it is drawn
    copy_names: tuple[str, ...] = ()  # who keeps the copies that are drawn: "Liên 1: …"
    salt: bytes = b""  # without it, whoever knows the rest could try names against the digest


class Issue(Struct, frozen=True):
    """What is said of one print of a document, and may differ from print to print."""

    mark: str = ""  # "BẢN IN LẠI (lần 2)"; empty on the original
    lines: tuple[str, ...] = ()  # the service's acknowledgement


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Document)


def encode(document: Document) -> bytes:
    """The bytes that are kept and hashed."""
    return _encoder.encode(document)


def decode(data: bytes) -> Document:
    """Read what `encode` wrote."""
    return _decoder.decode(data)


def digest(document: Document) -> bytes:
    """SHA-256 of the document; its first digits are printed on it."""
    return sha256(encode(document)).digest()
