"""A device as a row of a paper's table."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs

from station import events as e
from station.codes import grouped
from station.device import Device
from station.machine import tenths_of_gb, whole_gb
from station.paper_facts import DeviceLine
from station.reference import Reference, Table
from ui.papers.words import fact_words, figure, word


def device_line(device: Device, reference: Reference, **more: Any) -> DeviceLine:
    """What it is and how it looks; `more` says what this paper needs besides."""
    known: dict[str, Any] = {
        "serial": device.serial or "",
        "configuration": joined(configuration(device)),
        "condition": condition(device, reference),
    }
    return structs.replace(named_line(device, reference), **known | more)


def named_line(device: Device, reference: Reference) -> DeviceLine:
    """Its code and what it is, nothing else."""
    kind = word(reference, Table.KINDS, device.kind)
    return DeviceLine(code=device.code, kind=kind, name=device.name)


def configuration(device: Device) -> Iterable[str]:
    """Processor, memory and the disks that are still inside, as a report measured them."""
    words, machine = fact_words(), device.machine or e.MachineFact()
    yield machine.processor or ""
    if machine.memory_mib:
        yield words.memory.format(gib=figure(tenths_of_gb(machine.memory_mib)))
    for disk in machine.disks or ():
        if disk.capacity_bytes and not _was_removed(device, disk):
            yield disk_words(disk)


def disk_words(disk: e.DiskFact) -> str:
    """A disk by its technology, where a report told it, and its size."""
    words = fact_words()
    text = words.disk if disk.rotational is None else words.hdd if disk.rotational else words.ssd
    return text.format(gb=whole_gb(disk.capacity_bytes or 0))


def condition(device: Device, reference: Reference) -> str:
    """How it looks, and its grade."""
    grade = word(reference, Table.GRADES, device.grade)
    looks = word(reference, Table.CONDITIONS, device.condition)
    return sentence(joined((looks, fact_words().grade.format(grade=grade) if grade else "")))


def kit_words(kit: Sequence[str], reference: Reference) -> str:
    """What lies beside it."""
    return joined(word(reference, Table.KIT_ITEMS, item) for item in kit)


def of_set(device: Device) -> str:
    """Which computer it belongs to."""
    if device.head is None:
        return ""
    return fact_words().head_of_set.format(code=grouped(device.head))


def joined(parts: Iterable[str]) -> str:
    """One line of what is known."""
    return ", ".join(part for part in parts if part)


def sentence(text: str) -> str:
    """The same with a capital in front."""
    return text[:1].upper() + text[1:]


def _was_removed(device: Device, disk: e.DiskFact) -> bool:
    return any(
        known.removed and known.is_disk(disk.serial, disk.wwn) for known in device.disks or ()
    )
