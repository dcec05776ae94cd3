"""A detailed timing of an EDID: 18 bytes, numbers of twelve bits in pieces of eight and four."""

from typing import NamedTuple


class Timing(NamedTuple):
    """What of a timing is a fact about the panel; zero is silence."""

    width_px: int | None = None
    height_px: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None


def timing(data: bytes) -> Timing:
    """Read 18 bytes whose pixel clock is not zero."""
    interlaced = data[17] >> 7  # then the timing describes one of two fields
    width_mm, height_mm = _twelve(data[12], data[14] >> 4), _twelve(data[13], data[14] & 0xF)
    sized = width_mm and height_mm
    return Timing(
        width_px=_twelve(data[2], data[4] >> 4) or None,
        height_px=(_twelve(data[5], data[7] >> 4) << interlaced) or None,
        width_mm=width_mm if sized else None,
        height_mm=height_mm if sized else None,
    )


def _twelve(low: int, high: int) -> int:
    return low | high << 8
