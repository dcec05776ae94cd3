"""Labels into a file: `python -m labels sheet --to pdf|png|tspl|zpl --out FILE CODE…`."""

import errno
import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from labels.bitmap import bitmap
from labels.draw import labels_pdf
from labels.fonts import LabelFontMissing
from labels.imposition import LabelPage, NoSuchPlace, impose
from labels.label_layout import LabelTooSmall
from labels.png import png
from labels.printer import Language, Printer
from labels.resolution import RESOLUTIONS
from labels.speak import payloads
from labels.stock import Stock, UnknownStock
from labels.stock_words import mistake_in_stocks
from labels.stocks import UnreadableStocks, read_stocks, stock_named, stocks
from station.codes import BadCode, CodeKind, parse_scan
from station.printed import Label
from station.reference import load
from station.words import _

SHEET_REFUSALS: Final = (
    *(BadCode, UnknownStock, UnreadableStocks),
    *(NoSuchPlace, LabelTooSmall, LabelFontMissing),
)
MOST_COPIES: Final = 1000


def add_sheet_arguments(parser: ArgumentParser) -> None:
    """What can be asked of labels."""
    known = ", ".join(stock.id for stock in stocks())
    parser.add_argument("--stock", default="50x30", metavar="NAME", help=known)
    parser.add_argument(
        "--stocks", type=Path, metavar="FILE", help=_("a file of your own label stocks")
    )
    parser.add_argument("--to", choices=list(_WRITERS), default="pdf")
    parser.add_argument("--dpi", type=int, choices=list(RESOLUTIONS), default=203)
    parser.add_argument(
        "--start", type=int, default=1, metavar="N", help=_("the first free label of a sheet")
    )
    parser.add_argument("--copies", type=_count, default=1, metavar="N", help=_("of each label"))
    parser.add_argument(
        "--native", action="store_true", help=_("let the printer draw the barcodes itself")
    )
    parser.add_argument("--kind", default="", help=_("what it is, in words"))
    parser.add_argument("--name", default="", help=_("maker and model"))
    parser.add_argument(
        "--owner", default="", metavar="CODE", help=_("the device that an accessory belongs to")
    )
    parser.add_argument("codes", nargs="+", metavar="CODE")
    parser.set_defaults(write=_write_sheet)


def explain_sheet(refusal: Exception) -> str:
    """One sentence for what is wrong with a code, a stock or a font."""
    match refusal:
        case BadCode(raw=raw):
            return _("This is not a valid code: {code}").format(code=ascii(raw))
        case UnknownStock(name=name):
            return _("There is no label stock {name}; there are: {stocks}").format(
                name=name, stocks=", ".join(stock.id for stock in stocks())
            )
        case NoSuchPlace(place=place, last=last):
            return _("A page of this stock has no label number {place}; the last is {last}").format(
                place=place, last=last
            )
        case LabelTooSmall(stock=stock):
            size = f"{stock.width:g}x{stock.height:g}"
            return _("The code does not fit on a label of {name} mm").format(name=size)
        case LabelFontMissing(face=face):
            return _("The labels' font {face} is missing; install the program again").format(
                face=face
            )
        case UnreadableStocks():
            return mistake_in_stocks(refusal)
    raise refusal


def _write_sheet(asked: Namespace) -> None:
    """All pages are drawn before the first byte is written: a refusal leaves no half of a file."""
    if asked.out.is_dir():  # several pictures would get names beside it
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(asked.out))
    own = read_stocks(asked.stocks) if asked.stocks else ()
    stock = stock_named(asked.stock, own)
    pages = impose(_labels(asked), stock, start=asked.start, copies=asked.copies)
    for file, content in list(_WRITERS[asked.to](pages, stock, asked)):
        file.write_bytes(content)


def _labels(asked: Namespace) -> list[Label]:
    programme = load().programme
    owner = _device(asked.owner) if asked.owner else ""
    return [
        Label(
            code=code.text,
            qr=programme.tracking_address(code.text) if code.kind is CodeKind.DEVICE else code.text,
            kind=asked.kind,
            name=asked.name,
            programme=programme.short(),
            owner=owner,
        )
        for code in map(parse_scan, asked.codes)
    ]


def _device(typed: str) -> str:
    code = parse_scan(typed)
    if code.kind is not CodeKind.DEVICE:
        raise BadCode(typed)
    return code.text


Pages = tuple[LabelPage, ...]
Files = Iterator[tuple[Path, bytes]]


def _pdf(pages: Pages, stock: Stock, asked: Namespace) -> Files:
    yield asked.out, labels_pdf(pages, stock, RESOLUTIONS[asked.dpi])


def _png(pages: Pages, stock: Stock, asked: Namespace) -> Files:
    """A picture is one page: several are numbered NAME-1.png, NAME-2.png and so on."""
    out: Path = asked.out
    resolution = RESOLUTIONS[asked.dpi]
    for number, page in enumerate(pages, 1):
        file = out if len(pages) == 1 else out.with_stem(f"{out.stem}-{number}")
        yield file, png(bitmap(page, stock, resolution), resolution)


def _raw(pages: Pages, stock: Stock, asked: Namespace) -> Files:
    printer = Printer(language=Language(asked.to), dpi=asked.dpi, native=asked.native)
    yield asked.out, b"".join(payloads(pages, stock, printer))


_WRITERS: Final[Mapping[str, Callable[[Pages, Stock, Namespace], Files]]] = {
    "pdf": _pdf,
    "png": _png,
    "tspl": _raw,
    "zpl": _raw,
}


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_COPIES:
        raise ArgumentTypeError(
            _("a whole number from 1 to {most}, not {text}").format(most=MOST_COPIES, text=text)
        )
    return int(text)
