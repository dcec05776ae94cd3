"""Code128 and QR as patterns of modules; how they are drawn is not decided here."""

import segno
from barcode.codex import Code128


def code128_modules(code: str) -> str:
    """The bars as a string, 1 for black; digits go in pairs (Code128-C)."""
    (modules,) = Code128(code).build()
    return str(modules)


def qr_rows(content: str) -> tuple[str, ...]:
    """The QR symbol without its quiet zone, 1 for black.

    The lowest version that holds the content at level L, then the highest level that costs no
    larger symbol.
    """
    symbol = segno.make_qr(content, error="l", boost_error=True)
    return tuple("".join("1" if module else "0" for module in row) for row in symbol.matrix)
