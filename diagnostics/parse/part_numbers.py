"""What a memory module's part number tells, where its maker numbers modules by a published scheme.

Firmware is often silent about a module's maker or type (and wrong about the type where it is older
than the module), while the part number comes from the module itself.
"""

import re
from typing import NamedTuple


class Module(NamedTuple):
    """What the number says of the module."""

    maker: str
    type: str | None
    speed_mts: int | None


class Scheme(NamedTuple):
    """How one maker numbers modules: a letter stands for the type, two for the speed."""

    maker: str
    pattern: re.Pattern[str]
    types: dict[str, str]
    speeds: dict[str, int]


_SAMSUNG_TYPES = {"B": "DDR3", "A": "DDR4"}
_SAMSUNG_SPEEDS = {
    "F7": 800,
    "F8": 1066,
    "H9": 1333,
    "K0": 1600,
    "MA": 1866,
    "NB": 2133,
    "PB": 2133,
    "RB": 2133,
    "RC": 2400,
    "TC": 2400,
    "TD": 2666,
    "VF": 2933,
    "YF": 2933,
    "WE": 3200,
}
_HYNIX_SPEEDS = {
    "G7": 1066,
    "H9": 1333,
    "PB": 1600,
    "RD": 1866,
    "TE": 2133,
    "TF": 2133,
    "UH": 2400,
    "VK": 2666,
    "VN": 2666,
    "WM": 2933,
    "WR": 2933,
    "XN": 3200,
}
_ELPIDA_SPEEDS = {"8E": 800, "AE": 1066, "DJ": 1333, "GN": 1600, "JS": 1866, "MU": 2133}
_SCHEMES = (
    Scheme(
        "Samsung",
        re.compile(r"M[34][0-9]{2}(?P<type>[A-Z])[0-9A-Z]{7}-[A-Z](?P<speed>[0-9A-Z]{2})[0-9A-Z]?"),
        _SAMSUNG_TYPES,
        _SAMSUNG_SPEEDS,
    ),
    Scheme(
        "Samsung",  # its chips, which are named where they are soldered to the board
        re.compile(
            r"K4(?P<type>[AB])[0-9A-Z]{7}-[0-9A-Z]{2}(?P<speed>[0-9A-Z]{2})(?:[0-9A-Z]{3})?"
        ),
        _SAMSUNG_TYPES,
        _SAMSUNG_SPEEDS,
    ),
    Scheme(
        "SK Hynix",
        re.compile(r"HY?M(?P<type>[ADPT])[0-9A-Z]{8,10}-(?P<speed>[0-9A-Z]{2})[0-9A-Z]?"),
        {"D": "DDR", "P": "DDR2", "T": "DDR3", "A": "DDR4"},
        _HYNIX_SPEEDS,
    ),
    Scheme(
        "Elpida",
        re.compile(r"E[BCD](?P<type>[A-Z])[0-9A-Z]{8,9}-(?P<speed>[0-9A-Z]{2})(?:-[0-9A-Z]{1,2})?"),
        {"M": "DDR", "E": "DDR2", "J": "DDR3"},
        _ELPIDA_SPEEDS,
    ),
    Scheme(
        "Micron",  # its modules with ECC; the numbers of others are copied by other makers
        re.compile(
            r"(?:MTA?)?[0-9]{1,2}(?P<type>[AHJK])[DST][FQS][0-9]{1,3}G?72[AP][DS]?Z"
            r"-(?P<speed>[0-9A-Z]{3})[0-9A-Z]{0,3}"
        ),
        {"H": "DDR2", "J": "DDR3", "K": "DDR3", "A": "DDR4"},
        {"1G4": 1333, "1G6": 1600, "1G9": 1866, "2G1": 2133, "2G3": 2400, "2G6": 2666, "3G2": 3200},
    ),
)


def module_of(part_number: str | None) -> Module | None:
    """The module of this number; None where no known scheme fits."""
    for scheme in _SCHEMES:
        if match := scheme.pattern.fullmatch(part_number or ""):
            type_, speed = scheme.types.get(match["type"]), scheme.speeds.get(match["speed"])
            return Module(scheme.maker, type_, speed)
    return None
