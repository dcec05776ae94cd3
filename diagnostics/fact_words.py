"""Everything that is known of a machine in words: groups of lines, for any screen or paper.

What a source did not say has no line; a group that nothing is known of says how reading it ended.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

from diagnostics.amounts import degrees, memory_amount
from diagnostics.flag_words import error_flags, security_flags, tablet_flags
from diagnostics.part_words import (
    adapter_words,
    battery_words,
    camera_words,
    cpu_words,
    disk_health_words,
    disk_words,
    display_words,
    gpu_words,
    joined,
    module_words,
    sound_words,
)
from diagnostics.wording import reading_word, section_word
from station.machine import Machine, Reading
from station.words import _, _c

NOT_KNOWN: Final = "–"
_COUNTED: Final = frozenset({"storage", "batteries", "displays", "network", "cameras"})


class FactLine(Struct, frozen=True):
    """One fact: what it is about, and what was said."""

    name: str  # "" goes on about what the line above names
    words: str


class FactGroup(Struct, frozen=True):
    """The facts of one section; `section` is its id."""

    section: str
    title: str
    lines: tuple[FactLine, ...]


def fact_groups(machine: Machine) -> tuple[FactGroup, ...]:
    """All groups that say something, in the order in which a technician asks."""
    groups = (_group(section, lines(machine), machine) for section, lines in _LINES.items())
    return tuple(group for group in groups if group.lines)


def machine_name(machine: Machine) -> str:
    """What people call it: the maker's words, else the board's, else nothing."""
    system, board = machine.system, machine.board
    own = joined(system.manufacturer, system.model, system.version)
    return own or joined(board.manufacturer, board.model)


def _group(section: str, lines: Iterable[FactLine], machine: Machine) -> FactGroup:
    known = tuple(line for line in lines if line.words)
    return FactGroup(section, section_word(section), known or _silence(section, machine))


def _silence(section: str, machine: Machine) -> tuple[FactLine, ...]:
    """Of a section that was tried, why it says nothing."""
    if not any(read.name == section for read in machine.sections):
        return ()
    reading = machine.reading_of(section)
    none = _c("part", "none seen") if section in _COUNTED else NOT_KNOWN
    return (FactLine("", none if reading is Reading.OK else reading_word(reading)),)


def _system(machine: Machine) -> Iterator[FactLine]:
    system, board, bios = machine.system, machine.board, machine.bios
    yield FactLine(_("Maker and model"), joined(system.manufacturer, system.model, system.version))
    yield FactLine(_("Serial number (S/N)"), joined(system.serial_number))
    yield FactLine(_("Kind of case"), joined(system.chassis_type))
    yield FactLine(_("Mainboard"), joined(board.manufacturer, board.model, board.version))
    yield FactLine(_("S/N of the mainboard"), joined(board.serial_number))
    yield FactLine(_("Firmware (BIOS)"), joined(bios.vendor, bios.version, bios.date))
    yield FactLine(_("Model number (SKU)"), joined(system.sku))
    yield FactLine(_("Inventory number"), joined(system.asset_tag))
    yield FactLine(_("UUID"), joined(system.uuid))


def _cpus(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(cpu_words, machine.cpus))


def _memory(machine: Machine) -> Iterator[FactLine]:
    total, most, slots = machine.memory_mib, machine.memory_max_mib, machine.memory_slots
    yield FactLine(_("Altogether"), "" if total is None else memory_amount(total))
    used = _("{used} of {slots} used").format(used=len(machine.memory), slots=slots)
    yield FactLine(_("Slots"), "" if slots is None else used)
    yield FactLine(_("At most"), "" if most is None else memory_amount(most))
    yield from _numbered(map(module_words, machine.memory))


def _storage(machine: Machine) -> Iterator[FactLine]:
    for disk in machine.storage:
        yield FactLine(disk.name or _("Disk"), disk_words(disk) or NOT_KNOWN)
        yield FactLine("", disk_health_words(disk))


def _batteries(machine: Machine) -> Iterator[FactLine]:
    for place, battery in enumerate(machine.batteries, 1):
        yield FactLine(battery.name or str(place), battery_words(battery) or NOT_KNOWN)


def _displays(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(display_words, machine.displays))


def _gpus(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(gpu_words, machine.gpus))


def _network(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(adapter_words, machine.network))


def _cameras(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(camera_words, machine.cameras))


def _sound(machine: Machine) -> Iterator[FactLine]:
    return _numbered(map(sound_words, machine.sound_cards))


def _sensors(machine: Machine) -> Iterator[FactLine]:
    for sensor in machine.temperatures:
        tenths = sensor.celsius_tenths
        yield FactLine(sensor.name or "", "" if tenths is None else degrees(tenths))
    for fan in machine.fans:
        yield FactLine(fan.name or _("Fan"), "" if fan.rpm is None else f"{fan.rpm} rpm")


def _security(machine: Machine) -> Iterator[FactLine]:
    version = machine.security.tpm_version
    none = _c("security chip", "none")
    yield FactLine(_("Security chip (TPM)"), "" if version is None else version or none)
    yield from _said(security_flags(machine.security))


def _errors(machine: Machine) -> Iterator[FactLine]:
    return _said(error_flags(machine.kernel_errors))


def _tablet(machine: Machine) -> Iterator[FactLine]:
    return _said(tablet_flags(machine.tablet)) if machine.tablet else iter(())


def _said(pairs: Iterable[tuple[str, str]]) -> Iterator[FactLine]:
    return (FactLine(name, words) for name, words in pairs)


def _numbered(lines: Iterable[str]) -> Iterator[FactLine]:
    """Several alike, one below the other; nothing is written before them."""
    return (FactLine("", line) for line in lines)


_LINES: Final[dict[str, Callable[[Machine], Iterator[FactLine]]]] = {
    "system": _system,
    "cpus": _cpus,
    "memory": _memory,
    "storage": _storage,
    "batteries": _batteries,
    "displays": _displays,
    "network": _network,
    "cameras": _cameras,
    "sound_cards": _sound,
    "gpus": _gpus,
    "security": _security,
    "kernel_errors": _errors,
    "temperatures": _sensors,
    "tablet": _tablet,
}
