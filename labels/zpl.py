"""A page in ZPL II, as printers of Zebra and many others read it. A set bit is black."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from labels.bitmap import Bitmap, Omit, bitmap
from labels.imposition import LabelPage
from labels.native import NativeSymbol, native_bars
from labels.printer import Printer
from labels.resolution import RESOLUTIONS
from labels.stock import Stock

MOST_BYTES: Final = 99_999  # that one ^GF may say it has
_TWENTY: Final = 20


def zpl(page: LabelPage, stock: Stock, printer: Printer) -> bytes:
    """Everything that prints this page once.

    A QR is always sent as dots: ^BQ prints some dots lower than it is told, on some printers.
    """
    resolution = RESOLUTIONS[printer.dpi]
    bars = native_bars(page, stock, resolution) if printer.native else ()
    dots = bitmap(page, stock, resolution, Omit(bars=bool(bars)))
    return zpl_dots(dots, stock, printer, [_barcode(symbol) for symbol in bars])


def zpl_dots(
    dots: Bitmap,
    stock: Stock,  # noqa: ARG001 -- a printer of Zebra feels the gap itself
    printer: Printer,
    native: Sequence[str] = (),
) -> bytes:
    """Everything that prints these dots, and what the printer draws itself, once."""
    commands = [*_settings(dots, printer), *_graphics(dots), *native, "^PQ1", "^XZ", ""]
    return "\n".join(commands).encode("ascii")


def _settings(dots: Bitmap, printer: Printer) -> Iterator[str]:
    if printer.darkness is not None:
        yield f"~SD{printer.darkness:02d}"
    yield "^XA"
    yield f"^PW{dots.width}"
    yield f"^LL{dots.height}"
    yield "^LH0,0"
    if printer.speed is not None:
        yield f"^PR{printer.speed}"


def _graphics(dots: Bitmap) -> Iterator[str]:
    """All dots, in as few fields below each other as hold them."""
    most = MOST_BYTES // dots.stride
    for top in range(0, dots.height, most):
        rows = dots.rows[top * dots.stride : (top + most) * dots.stride]
        yield f"^FO0,{top}{_graphic(rows, dots.stride)}^FS"


def _graphic(rows: bytes, stride: int) -> str:
    """Rows of dots as hexadecimal digits, with ZPL's letters for runs of them."""
    return f"^GFA,{len(rows)},{len(rows)},{stride},{''.join(_packed_rows(rows, stride))}"


def _packed_rows(rows: bytes, stride: int) -> Iterator[str]:
    before = None
    for begin in range(0, len(rows), stride):
        row = rows[begin : begin + stride].hex().upper()
        yield ":" if row == before else _packed(row)
        before = row


def _packed(row: str) -> str:
    """A comma stands for the zeros, an exclamation mark for the ones, up to the row's end."""
    for digit, rest in (("0", ","), ("F", "!")):
        if row.endswith(digit):
            return _runs(row.rstrip(digit)) + rest
    return _runs(row)


def _runs(digits: str) -> str:
    return "".join(_run(digit, len(list(same))) for digit, same in groupby(digits))


def _run(digit: str, length: int) -> str:
    """G to Y count 1 to 19, g to z count 20, 40 … 400; what is longer takes several z."""
    if length == 1:
        return digit
    twenties, ones = divmod(length, _TWENTY)
    most = "z" * (twenties // _TWENTY)
    rest = twenties % _TWENTY
    return (
        f"{most}{chr(ord('f') + rest) if rest else ''}{chr(ord('F') + ones) if ones else ''}{digit}"
    )


def _barcode(symbol: NativeSymbol) -> str:
    """Code128 that finds its shortest form by itself, without text, not turned."""
    shape = f"^BY{symbol.module},2.0,{symbol.height}^FO{symbol.x},{symbol.y}"
    return f"{shape}^BCN,{symbol.height},N,N,N,A^FD{symbol.content}^FS"
