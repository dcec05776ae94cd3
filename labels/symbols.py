"""Code128 and QR as patterns of modules; how they are drawn is not decided here."""

import math
import re
from functools import cache, lru_cache
from typing import Any, Final

import zxingcpp
from barcode.codex import Code128

_LEVELS: Final = ("H", "Q", "M", "L")
_BLACK_IS_ONE: Final = bytes([ord("1")]) + bytes([ord("0")]) * 255


@lru_cache(maxsize=1024)
def code128_modules(code: str) -> str:
    """The bars as a string, 1 for black; digits go in pairs (Code128-C)."""
    (modules,) = Code128(code).build()
    return str(modules)


def qr_rows(content: str) -> tuple[str, ...]:
    """The QR symbol without its quiet zone, 1 for black; none for what no QR holds.

    The lowest version that holds the content at level L, then the highest level that costs no
    larger symbol.
    """
    level = _level(re.sub("[0-9]", "0", content))
    return _rows(content, level) if level else ()


@cache
def _level(shape: str) -> str | None:
    """How much may be damaged. Which digits stand in a content changes no symbol's size."""
    try:
        least = len(_rows(shape, "L"))
    except ValueError:  # empty, or longer than any QR
        return None
    return next(level for level in _LEVELS if _side(shape, level) == least)


def _side(content: str, level: str) -> int:
    try:
        return len(_rows(content, level))
    except ValueError:
        return 0


def _rows(content: str, level: str) -> tuple[str, ...]:
    symbol = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image: Any = symbol.to_image(scale=1, add_quiet_zones=False)  # its types lack the buffer
    picture = memoryview(image)
    side = math.isqrt(picture.nbytes)
    modules = picture.tobytes().translate(_BLACK_IS_ONE).decode("ascii")
    return tuple(modules[begin : begin + side] for begin in range(0, side * side, side))
