"""Who made a memory module, out of the JEDEC number that firmware prints instead of a name.

JEP106 numbers makers within banks. The SPD of DDR2 and older counts banks in bytes 7F before the
number and fills up with zeros (`7F7F7F0B00000000`); newer SPD puts a count before it (`830B`). Both
bear odd parity in their highest bit, which some firmware strips. Firmware prints these bytes as
they are, the module's number together with that of its chips (`80AD000080AD`), or the lower byte
first (`2C80`); dmidecode itself says `Bank 4, Hex 0x0B`.
"""

import re

from diagnostics.parse.jedec_makers import MAKERS

_BYTES = re.compile(r"(?:0x|JEDEC ID: ?)?((?:[0-9A-F]{2} ?){2,8})", re.IGNORECASE)
_BANK = re.compile(r"Bank ([0-9]{1,2}), Hex 0x([0-9A-F]{2})")
_NEXT_BANK = 0x7F
_SEVEN_BITS = 0x7F
_MODULE_AND_CHIPS = 6  # bytes: the module's number, two of its own, the chips' number


def is_number(said: str) -> bool:
    """Whether this is bytes in hex, or digits alone, and no name."""
    return _BYTES.fullmatch(said) is not None or said.isdecimal()


def maker_of(said: str | None) -> str | None:
    """The maker's name; None for what is no number of a maker of memory."""
    if said is None:
        return None
    if match := _BANK.fullmatch(said):
        return _maker(int(match[1]), int(match[2], 16))
    if match := _BYTES.fullmatch(said):
        return _maker_of_bytes(bytes.fromhex(match[1]))
    return None


def _maker_of_bytes(data: bytes) -> str | None:
    number = data[:2] if len(data) == _MODULE_AND_CHIPS else data.rstrip(b"\0")
    within = number.lstrip(bytes([_NEXT_BANK]))
    if len(within) == 1:
        return _maker(len(number), within[0])
    if len(number) != 2:
        return None
    first, second = number
    return _maker((first & _SEVEN_BITS) + 1, second) or _maker((second & _SEVEN_BITS) + 1, first)


def _maker(bank: int, number: int) -> str | None:
    """With its parity odd, or stripped; a number of even parity is none."""
    if number > _SEVEN_BITS and number.bit_count() % 2 == 0:
        return None
    return MAKERS.get((bank, number & _SEVEN_BITS))
