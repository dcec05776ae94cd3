"""What a processor calls itself: its maker, its name, the clock and bits it was sold with."""

import re
from collections.abc import Mapping, Sequence

from diagnostics.parse.arm_cores import IMPLEMENTERS, core_names
from diagnostics.parse.numbers import amount
from diagnostics.parse.rated_clock import rated_mhz
from station.placeholders import fact

Block = Mapping[str, str]

_NAME_KEYS = ("model name", "Model Name", "cpu model", "Processor", "cpu", "uarch", "family")
_VENDORS = {"GenuineIntel": "Intel", "AuthenticAMD": "AMD", "HygonGenuine": "Hygon"}
_CLOCK = re.compile(r"([0-9]{1,5})(\.[0-9]+)?MHz")
_HEX = re.compile(r"0x[0-9a-f]{1,4}", re.IGNORECASE)


def name_of(blocks: Sequence[Block]) -> str | None:
    """The best key that any block gives. ARM kernels name the architecture: the cores say more."""
    said = (fact(block.get(key)) for key in _NAME_KEYS for block in blocks)
    name = next((name for name in said if name is not None), None)
    cores = core_names((_hex(b.get("CPU implementer")), _hex(b.get("CPU part"))) for b in blocks)
    if cores is None or name is None:
        return cores or name
    return f"{cores} ({name})"


def maker_of(blocks: Sequence[Block]) -> str | None:
    """Who made it, under the name people know."""
    for block in blocks:
        vendor = fact(block.get("vendor_id") or block.get("vendor"))
        if vendor is not None:
            return _VENDORS.get(vendor, vendor)
        implementer = _hex(block.get("CPU implementer"))
        if implementer in IMPLEMENTERS:
            return IMPLEMENTERS[implementer]
    return None


def clock_mhz(block: Block, name: str | None) -> int | None:
    """The clock it was sold with. `cpu MHz` is the clock of this moment and says nothing of it."""
    rated = rated_mhz(name)
    if rated is not None:
        return rated
    hertz = amount(block.get("cycle frequency [Hz]"))
    if hertz:
        return hertz // 1_000_000
    clock = _CLOCK.fullmatch(block.get("clock", ""))
    return amount(clock[1]) if clock else None


def bits_of(block: Block) -> int | None:
    """64 for long mode, rv64 and ARM from version 8: a kernel of 32 bits hides it on ARM."""
    if "flags" in block:
        return 64 if "lm" in block["flags"].split() else 32
    if block.get("isa", "").startswith("rv"):
        return amount(block["isa"][2:4])
    return 64 if block.get("CPU architecture") in {"8", "9", "AArch64"} else None


def stepping_of(block: Block) -> str | None:
    """Family, model and stepping in decimal, as 6-60-3."""
    numbers = [block.get(key, "") for key in ("cpu family", "model", "stepping")]
    return "-".join(numbers) if all(number.isdecimal() for number in numbers) else None


def _hex(text: str | None) -> int | None:
    return int(text, 16) if text and _HEX.fullmatch(text) else None
