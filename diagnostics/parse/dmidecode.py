"""A machine out of what dmidecode prints: SMBIOS in words, of any version since 2.2."""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse import dmi_batteries, dmi_memory, dmi_processors, dmi_system
from diagnostics.parse.dates import iso_date
from diagnostics.parse.dmi_blocks import Block, blocks_of
from station.machine import Bios, Machine
from station.placeholders import fact

BIOS = "BIOS Information"
SYSTEM = "System Information"
BOARD = "Base Board Information"
CHASSIS = "Chassis Information"
PROCESSOR = "Processor Information"
MEMORY = "Memory Device"
MEMORY_ARRAY = "Physical Memory Array"
OLD_MEMORY = "Memory Module Information"
OLD_CONTROLLER = "Memory Controller Information"
BATTERY = "Portable Battery"
_BEFORE_2_0 = {
    "BIOS Information Block": BIOS,
    "System Information Block": SYSTEM,
    "Board Information Block": BOARD,
    "Chassis Information Block": CHASSIS,
    "Processor": PROCESSOR,
    "Memory Controller": OLD_CONTROLLER,
    "Memory Bank": OLD_MEMORY,
}
TITLES = _BEFORE_2_0 | {
    title: title
    for title in (
        *(BIOS, SYSTEM, BOARD, CHASSIS, PROCESSOR, BATTERY),
        *(MEMORY, MEMORY_ARRAY, OLD_MEMORY, OLD_CONTROLLER),
    )
}
LONGEST = 8 * 1024 * 1024  # letters; the largest servers print a tenth of it
_UNDECODED = "Header and Data:"  # what `-u` prints of every structure
_STRUCTURE = re.compile(r"^[ \t]*+(?:Handle 0x|DMI type )[0-9A-F]", re.MULTILINE)


def parse_dmidecode(text: str) -> Machine:
    """Read dmidecode's text, whole, quiet (`-q`), of single types (`-t`) or cut short.

    Raises UnreadableReport where there is no structure in it, or, as `-u` prints them, none that
    was decoded.
    """
    if len(text) > LONGEST:
        raise UnreadableReport("longer than any firmware's tables in dmidecode's words")
    found = blocks_of(text, TITLES)
    if not any(found.values()) and (_UNDECODED in text or not _STRUCTURE.search(text)):
        raise UnreadableReport("no decoded structure in dmidecode's text")
    return Machine(
        system=dmi_system.system(found[SYSTEM], found[CHASSIS]),
        board=dmi_system.board(found[BOARD]),
        bios=_bios(found[BIOS]),
        cpus=dmi_processors.processors(found[PROCESSOR]),
        memory=dmi_memory.modules(found[MEMORY], found[OLD_MEMORY]),
        memory_slots=dmi_memory.slots(found[MEMORY], found[OLD_MEMORY]),
        memory_max_mib=dmi_memory.maximum_mib(found[MEMORY_ARRAY], found[OLD_CONTROLLER]),
        batteries=dmi_batteries.batteries(found[BATTERY]),
    )


def _bios(blocks: list[Block]) -> Bios:
    said = blocks[0] if blocks else Block()
    return Bios(
        vendor=fact(said.get("Vendor")),
        version=fact(said.get("Version")),
        date=iso_date(said.get("Release Date") or said.get("Release")),
    )


def facts_of(data: bytes) -> Machine:
    """The facts of what dmidecode printed; letters that are no UTF-8 say nothing."""
    return parse_dmidecode(data.decode("utf-8", "replace"))
