"""What one key does for a device: the work a verdict asks for, a kit item, a grade, a first start.

Each remedy knows its use case; what needs a person's answer first has none, and opens a dialog.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from station import bench
from station import events as e
from station.device import Device
from station.parts import Parts
from station.reference import Reference, Table, Work
from station.words import _
from ui.coded_words import coded
from ui.desk import Act


@dataclass(frozen=True)
class Fix:
    """Record a work, with the counted part that goes in and the defects it mends."""

    work: str
    parts: tuple[str, ...] = ()
    mends: tuple[e.DefectGone, ...] = ()


@dataclass(frozen=True)
class ChooseWork:
    """Ask which part went in: a person looks which one fits."""

    work: str
    mends: tuple[e.DefectGone, ...] = ()


@dataclass(frozen=True)
class AddItem:
    """Put something beside the device, out of the counted stock where it is there."""

    item: str
    part: str | None = None


@dataclass(frozen=True)
class AcceptGrade:
    """Confirm the grade that was proposed."""

    grade: str


@dataclass(frozen=True)
class SeenStarting:
    """The system that was put on was seen starting to its desktop."""


Remedy = Fix | ChooseWork | AddItem | AcceptGrade | SeenStarting


def act_of(remedy: Remedy, device: Device) -> Act[Any] | None:
    """The use case of a remedy; None where a dialog asks first."""
    match remedy:
        case Fix(work=work, parts=parts, mends=mends):
            done = bench.RecordWork(device=device.code, work=work, parts=parts, mends=mends)
            return partial(bench.record_work, done)
        case AddItem(item=item, part=part) if device.kit_missing is not None:
            present = tuple(dict.fromkeys((*device.kit, item)))
            parts = (part,) if part else ()
            kit = bench.CheckKit(device=device.code, present=present, parts=parts)
            return partial(bench.check_kit, kit)
        case AcceptGrade(grade=grade):
            return partial(bench.confirm_grade, bench.ConfirmGrade(device=device.code, grade=grade))
        case SeenStarting() if device.system is not None:
            put_on = bench.RecordSystem(
                device=device.code,
                system=device.system.system,
                licence=device.system.licence,
                first_boot_seen=True,
            )
            return partial(bench.record_system, put_on)
    return None


def remedy_words(remedy: Remedy, reference: Reference) -> str:
    """What was done, after "Recorded:"."""
    match remedy:
        case Fix(work=work) | ChooseWork(work=work):
            return coded(Table.WORKS, work, reference)
        case AddItem(item=item):
            word = coded(Table.KIT_ITEMS, item, reference)
            return _("{item} added to the kit").format(item=word)
        case AcceptGrade(grade=grade):
            return _("grade {grade}").format(grade=coded(Table.GRADES, grade, reference))
    return _("first start seen")


def left_of(item: str, stock: Sequence[Parts]) -> int:
    """How many of a counted part the books show."""
    return next((parts.quantity for parts in stock if parts.item == item), 0)


def in_stock(work: Work, stock: Sequence[Parts]) -> tuple[str, ...]:
    """The counted parts that may go in with this work and are there, the best first."""
    return tuple(part for part in work.parts if left_of(part, stock) > 0)


def item_from_stock(item: str, stock: Sequence[Parts], reference: Reference) -> str | None:
    """The counted part that is this kit item, if one is there."""
    parts = reference.tables.parts.values()
    return next((p.id for p in parts if p.kit == item and left_of(p.id, stock) > 0), None)
