"""A screen's own description: EDID, 128 bytes and extensions (VESA E-EDID 1.4)."""

from collections.abc import Iterator

from diagnostics.endings import UnreadableReport
from diagnostics.placeholders import fact
from station.machine import Display

_BLOCK = 128
_HEADER = bytes.fromhex("00ffffffffffff00")
_DESCRIPTORS = range(54, 126, 18)  # four of 18 bytes each
_NAME, _SERIAL = 0xFC, 0xFF


def parse_edid(connector: str, data: bytes) -> Display:
    """Read the first block; a wrong checksum is common on old screens and is let through."""
    if len(data) < _BLOCK or not data.startswith(_HEADER):
        raise UnreadableReport("no EDID block")
    width_px, height_px = _preferred_size(data)
    numeric = int.from_bytes(data[12:16], "little")
    return Display(
        connector=connector,
        maker=_maker(data),
        product_code=int.from_bytes(data[10:12], "little"),
        model=_text(data, _NAME),
        serial=_text(data, _SERIAL) or fact(str(numeric)),
        width_px=width_px,
        height_px=height_px,
        width_cm=data[21] if data[22] else None,  # a zero makes the other an aspect ratio
        height_cm=data[22] if data[21] else None,
    )


def _maker(data: bytes) -> str | None:
    """Three letters of five bits each."""
    packed = int.from_bytes(data[8:10], "big")
    numbers = [packed >> shift & 0x1F for shift in (10, 5, 0)]
    if not all(1 <= number <= 26 for number in numbers):
        return None
    return "".join(chr(ord("A") - 1 + number) for number in numbers)


def _descriptors(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 18] for at in _DESCRIPTORS)


def _text(data: bytes, kind: int) -> str | None:
    """The first text of this kind: up to 13 characters, ended by a line feed."""
    for descriptor in _descriptors(data):
        if descriptor[:3] == b"\0\0\0" and descriptor[3] == kind:
            return fact(descriptor[5:].split(b"\n")[0].decode("cp437"))
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
