"""What a printer may draw itself instead of being sent its dots."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from labels.imposition import LabelPage
from labels.label_layout import on_page
from labels.layout import Symbol
from labels.resolution import Resolution
from labels.stock import Stock

_PLAIN: Final = re.compile(r"[A-Za-z0-9:/.?=&_-]+")  # no printer language reads more into these
_BYTES_AT_L: Final = (17, 32, 53, 78, 106, 134, 154, 192, 230, 271)  # of versions 1, 2, …


class NativeSymbol(Struct, frozen=True):
    """A symbol in the printer's dots; a QR's height is that of its rows."""

    content: str
    x: int
    y: int
    module: int
    height: int


def native_bars(page: LabelPage, stock: Stock, resolution: Resolution) -> tuple[NativeSymbol, ...]:
    """The page's barcodes."""
    return tuple(
        _native(code, x, y, bars, resolution)
        for code, _, x, y, bars, _ in _all(page, stock, resolution)
    )


def native_qrs(page: LabelPage, stock: Stock, resolution: Resolution) -> tuple[NativeSymbol, ...]:
    """The page's QRs; none where a printer's own might become larger than ours."""
    found = [
        _native(content, x, y, qr, resolution)
        for _, content, x, y, _, qr in _all(page, stock, resolution)
        if qr and _PLAIN.fullmatch(content) and _fits_as_bytes(content, qr)
    ]
    return tuple(found) if len(found) == len(page.labels) else ()


def _all(
    page: LabelPage, stock: Stock, resolution: Resolution
) -> Iterator[tuple[str, str, float, float, Symbol, Symbol | None]]:
    laid_out = on_page(page, stock, resolution)
    for placed, (x, y, layout) in zip(page.labels, laid_out, strict=True):
        yield placed.label.code, placed.label.qr, x, y, layout.bars, layout.qr


def _native(
    content: str, x: float, y: float, symbol: Symbol, resolution: Resolution
) -> NativeSymbol:
    dots = resolution.dots
    return NativeSymbol(
        content=content,
        x=dots(x) + dots(symbol.box.x),
        y=dots(y) + dots(symbol.box.y),
        module=dots(symbol.module),
        height=dots(symbol.box.height),
    )


def _fits_as_bytes(content: str, qr: Symbol) -> bool:
    """Whether a printer that packs nothing needs no higher version than ours."""
    version = (len(qr.rows) - 17) // 4
    return version <= len(_BYTES_AT_L) and len(content) <= _BYTES_AT_L[version - 1]
