"""A screen's own description: EDID 1.0 to 1.4, a block of 128 bytes and extensions (VESA E-EDID).

EDID 2 was withdrawn by its makers; no kernel hands it out and it is not read here. Blocks that
describe more (CTA-861, DisplayID) are left alone: who made the screen, when, and how large it is
stands in the first, and so does the checksum that is asked for.
"""

import math
from collections.abc import Iterator

from diagnostics.endings import UnreadableReport
from diagnostics.parse.edid_text import descriptor_texts
from diagnostics.parse.edid_timing import Timing, timing
from diagnostics.parse.vendor_ids import pnp_maker
from station.machine import Display, Fact

_BLOCK = 128
_HEADER = bytes.fromhex("00ffffffffffff00")
_DESCRIPTORS = range(54, 126, 18)  # four of 18 bytes each
_NAME, _TEXT, _SERIAL = 0xFC, 0xFE, 0xFF
_UNSET = 0xFF
_FIRST_YEAR = 1990
_LAST_WEEK = 54


def parse_edid(connector: str | None, data: bytes) -> Display:
    """Read the first block; a wrong checksum is common on old screens and is let through."""
    if len(data) < _BLOCK or not data.startswith(_HEADER):
        raise UnreadableReport("no EDID block")
    maker = _maker(data)
    preferred = _preferred_timing(data)
    cm = _size_cm(data)
    year, week, model_year = _date(data)
    return Display(
        connector=connector,
        manufacturer_id=maker,
        manufacturer=pnp_maker(maker),
        product_code=int.from_bytes(data[10:12], "little"),
        model=next(_texts(data, _NAME), None),
        serial_number=next(_texts(data, _SERIAL), None),
        numeric_serial=int.from_bytes(data[12:16], "little") or None,
        alphanumeric=tuple(_texts(data, _TEXT)),
        digital=bool(data[20] & 0x80),
        year=year,
        week=week,
        model_year=model_year,
        width_px=preferred.width_px,
        height_px=preferred.height_px,
        width_cm=cm[0],
        height_cm=cm[1],
        width_mm=preferred.width_mm,
        height_mm=preferred.height_mm,
        diagonal_in_from_cm=_inches(*cm, 2.54),
        diagonal_in_from_mm=_inches(preferred.width_mm, preferred.height_mm, 25.4),
        checksum_ok=sum(data[:_BLOCK]) % 256 == 0,
    )


def _maker(data: bytes) -> str | None:
    """Three letters of five bits each; some makers go beyond the alphabet, as in MS_."""
    packed = int.from_bytes(data[8:10], "big") & 0x7FFF
    letters = (chr(ord("A") - 1 + (packed >> shift & 0x1F)) for shift in (10, 5, 0))
    return "".join(letters) if packed else None


def _date(data: bytes) -> tuple[int | None, int | None, bool | None]:
    """Year, week and whether the year is the model's (week 255, since EDID 1.4)."""
    week, year = data[16], data[17]
    of_model = week == _UNSET
    if (of_model and year == _UNSET) or year == 0:  # nobody wrote into these two bytes
        return None, None, None
    known_week = week if 0 < week <= _LAST_WEEK else None
    return _FIRST_YEAR + year, known_week, True if of_model else None


def _descriptors(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 18] for at in _DESCRIPTORS)


def _texts(data: bytes, kind: int) -> Iterator[str]:
    """The texts of this kind that say something."""
    for descriptor in _descriptors(data):
        if descriptor[:3] == b"\0\0\0" and descriptor[3] == kind:
            yield from descriptor_texts(descriptor[5:])


def _preferred_timing(data: bytes) -> Timing:
    """The panel's own pixels: the first detailed timing, where there is one."""
    first = next((d for d in _descriptors(data) if d[:2] != b"\0\0"), None)
    return Timing() if first is None else timing(first)


def _size_cm(data: bytes) -> tuple[int | None, int | None]:
    """The image; where one of the two is zero, the other is an aspect ratio."""
    width, height = data[21:23]
    return (width, height) if width and height else (None, None)


def _inches(width: int | None, height: int | None, per_inch: float) -> float | None:
    return round(math.hypot(width, height) / per_inch, 1) if width and height else None


class DisplayFacts(Fact, frozen=True):
    """The facts of one EDID alone: a screen without a connector."""

    display: Display


def facts_of(data: bytes) -> DisplayFacts:
    """The facts of a file edid."""
    return DisplayFacts(parse_edid(None, data))
