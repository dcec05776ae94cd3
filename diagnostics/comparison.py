"""What a repair changed: two reports of one machine, component by component.

Only what both reports read is compared: what one of them could not see was not taken out. Sticks
and screens that merely hang on the machine are no part of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct

from diagnostics.finding import Finding, worst_last
from diagnostics.matching import (
    Matched,
    alike_adapter,
    alike_battery,
    alike_disk,
    alike_module,
    match,
    same_adapter,
    same_battery,
    same_disk,
    same_module,
)
from diagnostics.part_words import battery_health
from diagnostics.report import Report
from station.machine import Disk, Display, Fact, Machine, NetworkAdapter, Reading

T = TypeVar("T", bound=Fact)

KERNEL_SHARE_MIB: Final = 256  # what the system sees of the same memory varies by so much
INSIDE: Final = ("eDP", "LVDS", "DSI")  # how connectors of a laptop's own screen begin
WATCHED_OF_DISK: Final = (
    "smart_passed",
    "reallocated",
    "pending",
    "uncorrectable",
    "media_errors",
    "wear_left_percent",
    "percentage_used",
    "firmware",
)


class Part(StrEnum):
    """Which component a change is about."""

    MACHINE = "machine"
    BOARD = "board"
    BIOS = "bios"
    CPU = "cpu"
    MEMORY = "memory"
    MODULE = "module"
    DISK = "disk"
    BATTERY = "battery"
    DISPLAY = "display"
    NETWORK = "network"


class FieldChange(Struct, frozen=True):
    """One figure of a part that stayed; `name` is the field's."""

    name: str
    before: str | int | bool
    after: str | int | bool


class PartChange(Struct, frozen=True):
    """A part that came, went, gave its place to another, or stayed and says something else."""

    part: Part
    before: Fact | None = None  # None: it came
    after: Fact | None = None  # None: it went
    fields: tuple[FieldChange, ...] = ()  # empty: before and after are two different parts


class AmountChange(Struct, frozen=True):
    """The whole memory, in MiB."""

    part: Part
    before: int
    after: int


class VerdictChange(Struct, frozen=True):
    """One verdict; None where that report did not test it."""

    before: Finding | None
    after: Finding | None


Change = PartChange | AmountChange | VerdictChange


def compare(before: Report, after: Report) -> tuple[Change, ...]:
    """Every change, the machine's parts first, then the verdicts."""
    old, new = before.machine, after.machine
    return (
        *_whole(old, new),
        *_cpus(old, new),
        *_memory(old, new),
        *_disks(old, new),
        *_batteries(old, new),
        *_displays(old, new),
        *_network(old, new),
        *_verdicts(before.findings, after.findings),
    )


def _whole(old: Machine, new: Machine) -> Iterator[Change]:
    """What there is one of. A mark that differs is another part; without marks, another model."""
    if _differ(old.system.serial_number, new.system.serial_number):
        yield PartChange(Part.MACHINE, old.system, new.system)
    boards = old.board, new.board
    marks = [board.serial_number for board in boards]
    names = [(board.manufacturer, board.model) for board in boards]
    unmarked = None in marks and all(all(name) for name in names) and names[0] != names[1]
    if _differ(*marks) or unmarked:
        yield PartChange(Part.BOARD, *boards)
    fields = tuple(_fields(old.bios, new.bios, ("version",)))
    if fields:
        yield PartChange(Part.BIOS, old.bios, new.bios, fields)


def _cpus(old: Machine, new: Machine) -> Iterator[Change]:
    for one, other in zip(old.cpus, new.cpus, strict=False):
        if _differ(one.name, other.name):
            yield PartChange(Part.CPU, one, other)


def _memory(old: Machine, new: Machine) -> Iterator[Change]:
    amounts = _amounts(old, new)
    if amounts is not None and abs(amounts[0] - amounts[1]) > KERNEL_SHARE_MIB:
        yield AmountChange(Part.MEMORY, *amounts)
    if old.memory and new.memory:  # who may not ask the firmware sees no modules
        yield from _parts(Part.MODULE, match(old.memory, new.memory, (same_module, alike_module)))


def _amounts(old: Machine, new: Machine) -> tuple[int, int] | None:
    """Both as fitted, else both as their systems see it; never one against the other."""
    if all(module.capacity_mib for module in (*old.memory, *new.memory)):
        fitted = old.memory and old.memory_mib, new.memory and new.memory_mib
        if fitted[0] and fitted[1]:
            return fitted[0], fitted[1]
    if old.mem_total_kib is None or new.mem_total_kib is None:
        return None
    return old.mem_total_kib // 1024, new.mem_total_kib // 1024


def _disks(old: Machine, new: Machine) -> Iterator[Change]:
    if _both_read("storage", old, new):
        found = match(_fixed(old.storage), _fixed(new.storage), (same_disk, alike_disk))
        yield from _parts(Part.DISK, found)
        for one, other in found.same:
            fields = tuple(_fields(one, other, WATCHED_OF_DISK))
            if fields:
                yield PartChange(Part.DISK, one, other, fields)


def _batteries(old: Machine, new: Machine) -> Iterator[Change]:
    if _both_read("batteries", old, new):
        found = match(old.batteries, new.batteries, (same_battery, alike_battery))
        yield from _parts(Part.BATTERY, found)
        for one, other in found.same:
            health = battery_health(one), battery_health(other)
            if health[0] is not None and health[1] is not None and health[0] != health[1]:
                changed = FieldChange("health_percent", health[0], health[1])
                yield PartChange(Part.BATTERY, one, other, (changed,))


def _displays(old: Machine, new: Machine) -> Iterator[Change]:
    if _both_read("displays", old, new):
        inside = [d for d in old.displays if _inside(d)], [d for d in new.displays if _inside(d)]
        yield from _parts(Part.DISPLAY, match(*inside, (_same_display,)))


def _network(old: Machine, new: Machine) -> Iterator[Change]:
    if _both_read("network", old, new):
        fitted = _fitted(old.network), _fitted(new.network)
        yield from _parts(Part.NETWORK, match(*fitted, (same_adapter, alike_adapter)))


def _parts(part: Part, found: Matched[T]) -> Iterator[Change]:
    yield from (PartChange(part, one, other) for one, other in found.swapped)
    yield from (PartChange(part, before=one) for one in found.gone)
    yield from (PartChange(part, after=one) for one in found.come)


def _verdicts(old: Iterable[Finding], new: Iterable[Finding]) -> Iterator[VerdictChange]:
    """By check and subject, the worst of several; for another reason it is another verdict."""
    before = {(finding.check, finding.subject): finding for finding in worst_last(old)}
    after = {(finding.check, finding.subject): finding for finding in worst_last(new)}
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _said(one) != _said(other):
            yield VerdictChange(one, other)


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.reasons


def _fields(one: Fact, other: Fact, names: Iterable[str]) -> Iterator[FieldChange]:
    for name in names:
        before, after = getattr(one, name), getattr(other, name)
        if _differ(before, after):
            yield FieldChange(name, before, after)


def _differ(one: object, other: object) -> bool:
    """Both said something, and not the same."""
    return one is not None and other is not None and one != other


def _both_read(section: str, old: Machine, new: Machine) -> bool:
    return all(machine.reading_of(section) is Reading.OK for machine in (old, new))


def _fixed(disks: Iterable[Disk]) -> Sequence[Disk]:
    return [disk for disk in disks if not disk.removable and disk.bus != "usb"]


def _fitted(adapters: Iterable[NetworkAdapter]) -> Sequence[NetworkAdapter]:
    return [adapter for adapter in adapters if not adapter.usb]


def _inside(display: Display) -> bool:
    return (display.connector or "").startswith(INSIDE)


def _same_display(one: Display, other: Display) -> bool:
    """Panels of a kind carry one EDID: a like panel cannot be told from the same."""
    return _panel(one) == _panel(other)


def _panel(display: Display) -> tuple[object, ...]:
    return display.manufacturer_id, display.product_code, display.serial_number
