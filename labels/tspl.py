"""A page in TSPL2, as printers of TSC, Xprinter and their kin read it.

A command ends with a line break, but BITMAP's dots are bytes of any value: so it is bytes, never
text. There a set bit is white.
"""

from collections.abc import Iterator, Sequence

from labels.bitmap import Bitmap, Omit, bitmap
from labels.imposition import LabelPage
from labels.native import NativeSymbol, native_bars, native_qrs
from labels.printer import Printer
from labels.resolution import RESOLUTIONS
from labels.stock import Stock

_FLIPPED = bytes(255 - byte for byte in range(256))


def tspl(page: LabelPage, stock: Stock, printer: Printer) -> bytes:
    """Everything that prints this page once."""
    resolution = RESOLUTIONS[printer.dpi]
    bars = native_bars(page, stock, resolution) if printer.native else ()
    qrs = native_qrs(page, stock, resolution) if printer.native else ()
    dots = bitmap(page, stock, resolution, Omit(bars=bool(bars), qr=bool(qrs)))
    native = [*(_barcode(symbol) for symbol in bars), *(_qrcode(symbol) for symbol in qrs)]
    return tspl_dots(dots, stock, printer, native)


def tspl_dots(dots: Bitmap, stock: Stock, printer: Printer, native: Sequence[bytes] = ()) -> bytes:
    """Everything that prints these dots, and what the printer draws itself, once."""
    commands = [*_settings(stock, printer), _bitmap(dots), *native, b"PRINT 1,1"]
    return b"".join(command + b"\r\n" for command in commands)


def _settings(stock: Stock, printer: Printer) -> Iterator[bytes]:
    yield b"SIZE %g mm,%g mm" % (stock.page_width, stock.page_height)
    yield b"GAP %g mm,0 mm" % stock.gap
    yield b"DIRECTION 1,0"
    yield b"REFERENCE 0,0"
    if printer.darkness is not None:
        yield b"DENSITY %d" % printer.darkness
    if printer.speed is not None:
        yield b"SPEED %d" % printer.speed
    yield b"CLS"


def _bitmap(dots: Bitmap) -> bytes:
    head = b"BITMAP 0,0,%d,%d,0," % (dots.stride, dots.height)
    return head + dots.rows.translate(_FLIPPED)


def _barcode(symbol: NativeSymbol) -> bytes:
    """Code128 that changes between its sets by itself, without text, not turned."""
    place = b"%d,%d" % (symbol.x, symbol.y)
    shape = b'"128",%d,0,0,%d,%d' % (symbol.height, symbol.module, symbol.module)
    return b'BARCODE %s,%s,"%s"' % (place, shape, symbol.content.encode("ascii"))


def _qrcode(symbol: NativeSymbol) -> bytes:
    """Model 2 by name: left unsaid it is Model 1, which telephones do not read."""
    place = b"%d,%d" % (symbol.x, symbol.y)
    content = symbol.content.encode("ascii")
    return b'QRCODE %s,L,%d,A,0,M2,S7,"%s"' % (place, symbol.module, content)
