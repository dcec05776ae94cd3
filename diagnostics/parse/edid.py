"""A screen's own description: EDID, 128 bytes and extensions (VESA E-EDID 1.4)."""

import re
from collections.abc import Iterator

from diagnostics.endings import UnreadableReport
from station.machine import Display, Fact
from station.placeholders import fact

_BLOCK = 128
_HEADER = bytes.fromhex("00ffffffffffff00")
_CONTROL = re.compile(rb"[\x00-\x1f]")
_DESCRIPTORS = range(54, 126, 18)  # four of 18 bytes each
_NO_NUMBER = (0, 0x01010101, 0xFFFFFFFF)
_NAME, _SERIAL = 0xFC, 0xFF


def parse_edid(connector: str | None, data: bytes) -> Display:
    """Read the first block; a wrong checksum is common on old screens and is let through."""
    if len(data) < _BLOCK or not data.startswith(_HEADER):
        raise UnreadableReport("no EDID block")
    width_px, height_px = _preferred_size(data)
    return Display(
        connector=connector,
        manufacturer_id=_maker(data),
        product_code=int.from_bytes(data[10:12], "little"),
        model=_text(data, _NAME),
        serial_number=_text(data, _SERIAL),
        numeric_serial=_numeric_serial(data),
        width_px=width_px,
        height_px=height_px,
        width_cm=data[21] if data[22] else None,  # a zero makes the other an aspect ratio
        height_cm=data[22] if data[21] else None,
    )


def _maker(data: bytes) -> str | None:
    """Three letters of five bits each; some makers go beyond the alphabet, as in MS_."""
    packed = int.from_bytes(data[8:10], "big") & 0x7FFF
    letters = (chr(ord("A") - 1 + (packed >> shift & 0x1F)) for shift in (10, 5, 0))
    return "".join(letters) if packed else None


def _numeric_serial(data: bytes) -> int | None:
    """One screen in six carries 0x01010101, which is filling."""
    number = int.from_bytes(data[12:16], "little")
    return None if number in _NO_NUMBER else number


def _descriptors(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 18] for at in _DESCRIPTORS)


def _text(data: bytes, kind: int) -> str | None:
    """The first text of this kind: up to 13 characters, ended by a line feed or another control."""
    for descriptor in _descriptors(data):
        if descriptor[:3] == b"\0\0\0" and descriptor[3] == kind:
            return fact(_CONTROL.split(descriptor[5:])[0].decode("cp437"))
    return None


def _preferred_size(data: bytes) -> tuple[int | None, int | None]:
    """The panel's own pixels: the first detailed timing, where there is one."""
    timing = next((d for d in _descriptors(data) if d[:2] != b"\0\0"), None)
    if timing is None:
        return None, None
    width = timing[2] | (timing[4] & 0xF0) << 4
    height = timing[5] | (timing[7] & 0xF0) << 4
    interlaced = timing[17] >> 7  # then the timing describes one of two fields
    return width or None, (height << interlaced) or None


class DisplayFacts(Fact, frozen=True):
    """The facts of one EDID alone: a screen without a connector."""

    display: Display


def facts_of(data: bytes) -> DisplayFacts:
    """The facts of a file edid."""
    return DisplayFacts(parse_edid(None, data))
