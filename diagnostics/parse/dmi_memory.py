"""Memory: SMBIOS structures 16 and 17, and 5 and 6 of firmware from before SMBIOS 2.1."""

import re

from diagnostics.parse.dmi_blocks import Block
from diagnostics.parse.jedec import is_number, maker_of
from diagnostics.parse.numbers import amount
from diagnostics.parse.part_numbers import module_of
from station.machine import MemoryModule
from station.placeholders import fact

_BYTES = {"bytes": 1, "kB": 2**10, "Mbyte": 2**20, "MB": 2**20, "GB": 2**30, "TB": 2**40}
_SIZE = re.compile(rf"([0-9]{{1,12}}) ?({'|'.join(_BYTES)})\b")  # dmidecode counts by 1024
_RATE = re.compile(r"([0-9]{1,6}) ?(?:MT/s|MHz)\b")
_ASCII_IN_HEX = re.compile(r"0x((?:[0-9A-Fa-f]{2}){4,})")  # SPD bytes that nobody made text of
_NO_MAKER = re.compile(r"0x[0-9A-Fa-f]+|(?:[0-9A-Fa-f]{2}){6,}|[0-9]{4,}")
_UNFILLED = ("manufacturer", "partnum", "partnumber", "part_number")
_ANY_MODULE = frozenset({"dimm", "sodimm"})
_NO_WORD = frozenset({"Unknown", "<OUT OF SPEC>", "None"})
_ROM = "Flash"  # the firmware's own chip, which some firmware lists among its memory


def modules(devices: list[Block], old_devices: list[Block]) -> tuple[MemoryModule, ...]:
    """Every fitted module, by the newer structure where there is one."""
    told = map(_module, devices) if devices else map(_old_module, old_devices)
    return tuple(module for module in told if module is not None)


def _module(block: Block) -> MemoryModule | None:
    """One fitted module; None for an empty slot and for what is no memory of the system."""
    size, kind = _mib(block.get("Size")), block.get("Type")
    if size is None or kind == _ROM:
        return None
    part_number = _part_number(block.get("Part Number"))
    numbered = module_of(part_number)
    said = _filled(block.get("Manufacturer"))
    return MemoryModule(
        capacity_mib=size,
        type=_word(kind) or (numbered.type if numbered else None),
        speed_mts=_rate(block.get("Speed")) or (numbered.speed_mts if numbered else None),
        manufacturer=numbered.maker if numbered else _word_of_maker(said),
        maker=_maker(said, block) or (numbered.maker if numbered else None),
        part_number=part_number,
        serial_number=fact(block.get("Serial Number")),
        form_factor=_word(block.get("Form Factor")),
        slot=fact(block.get("Locator")),
    )


def _old_module(block: Block) -> MemoryModule | None:
    """One fitted module as structure 6 tells it: little more than its size."""
    size = _mib(block.get("Installed Size"))
    if size is None:
        return None
    return MemoryModule(
        capacity_mib=size,
        type=_word(block.get("Type")),
        slot=fact(block.get("Socket Designation") or block.get("Socket")),
    )


def slots(devices: list[Block], old_devices: list[Block]) -> int | None:
    """How many places for modules there are, full or empty."""
    counted = [block for block in devices if block.get("Type") != _ROM] or old_devices
    return len(counted) or None


def maximum_mib(arrays: list[Block], controllers: list[Block]) -> int | None:
    """What the board takes at most: all arrays of system memory together."""
    told = [_mib(array.get("Maximum Capacity")) for array in arrays if _of_system(array)]
    old = [_mib(controller.get("Maximum Total Memory Size")) for controller in controllers]
    sizes = [size for size in (told or old) if size is not None]
    return sum(sizes) or None


def _of_system(array: Block) -> bool:
    return array.get("Use") in ("", "System Memory")


def _mib(text: str) -> int | None:
    match = _SIZE.match(text)
    number = amount(match[1]) if match else None
    if match is None or number is None:
        return None
    return number * _BYTES[match[2]] // _BYTES["MB"] or None


def _rate(text: str) -> int | None:
    match = _RATE.match(text)
    return amount(match[1]) if match else None


def _word(said: str) -> str | None:
    """A word of the specification's lists."""
    return None if not said or said in _NO_WORD else said


def _maker(said: str | None, block: Block) -> str | None:
    """By name: as said, or who bears the JEDEC number that is said instead."""
    if said is not None and not is_number(said):
        return said
    return maker_of(said) or maker_of(block.get("Module Manufacturer ID"))


def _word_of_maker(said: str | None) -> str | None:
    """As the firmware words it; a number in digits alone and bytes of an SPD are no word."""
    return None if said is None or _NO_MAKER.fullmatch(said) else said


def _part_number(said: str) -> str | None:
    match = _ASCII_IN_HEX.fullmatch(said)
    return _filled(bytes.fromhex(match[1]).decode("ascii", "replace") if match else said)


def _filled(said: str) -> str | None:
    """Firmware's own examples, such as PartNum0 and A1_Manufacturer1, name nothing."""
    named = fact(said)
    if named is None:
        return None
    example = named.rstrip("0123456789_ ").casefold()
    return None if example.endswith(_UNFILLED) or example in _ANY_MODULE else named
