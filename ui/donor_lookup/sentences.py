"""One plain sentence a machine, to be read aloud. Of a child nothing but the school level."""

from collections.abc import Callable, Mapping
from typing import Final

from station.device import Device, Stage
from station.reference import Reference, Table
from station.stock import RETURNED
from station.words import _, _n
from ui.coded_words import coded
from ui.day_words import day_words
from ui.donor_lookup.found import Given, Visit

HARVESTED = "harvested"


def machine_sentence(given: Given, reasons: tuple[str, ...], reference: Reference) -> str:
    """What became of one machine; `reasons` are those of its end, where it was retired."""
    device = given.device
    name = device.name or coded(Table.KINDS, device.kind, reference)
    day = day_words(device.received_on) if device.received_on else ""
    begins = _("{machine}, given on {day}").format(machine=name, day=day) if day else name
    gone = RETURNED in reasons or device.given_as_waste
    told = (_STAGES[device.stage](given, reasons, reference), _data(device, reference, gone=gone))
    return f"{begins}: {' '.join(filter(None, told))}"


def visit_sentence(visit: Visit) -> str:
    """What of the visit is no machine here: announced, or not taken in."""
    told = []
    if visit.expected:
        announced = _n(
            "{count} announced device has not come yet.",
            "{count} announced devices have not come yet.",
            visit.expected,
        )
        told.append(announced.format(count=visit.expected))
    if visit.refused:
        refused = _n(
            "{count} thing was not taken in and went back with the donor.",
            "{count} things were not taken in and went back with the donor.",
            visit.refused,
        )
        told.append(refused.format(count=visit.refused))
    return " ".join(told)


def _received(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("it is here and waits to be checked.")


def _on_bench(given: Given, _reasons: tuple[str, ...], reference: Reference) -> str:
    if given.device.hold:
        why = coded(Table.REASONS, given.device.hold, reference)
        return _("it is being repaired, and rests for now: {reason}.").format(reason=why)
    return _("it is being checked and repaired.")


def _ready(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("it is ready, and waits for a pupil.")


def _reserved(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("it is ready, and kept for a pupil who gets it soon.")


def _with_school(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("a school has it and hands it to its pupil.")


def _handed_over(given: Given, _reasons: tuple[str, ...], reference: Reference) -> str:
    day = day_words(given.device.since) if given.device.since else ""
    if given.level is None:
        return _("it was given to a pupil on {day}.").format(day=day)
    level = coded(Table.LEVELS, given.level, reference)
    return _("it was given on {day} to a pupil ({level}).").format(day=day, level=level)


def _in_repair(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("it was given to a pupil, and is here for a repair that the pupil waits for.")


def _in_transit(_given: Given, _reasons: tuple[str, ...], _reference: Reference) -> str:
    return _("it is on its way to another point that goes on with it.")


def _retired(_given: Given, reasons: tuple[str, ...], _reference: Reference) -> str:
    if HARVESTED in reasons:
        return _("it could not be repaired; its good parts help other machines.")
    if RETURNED in reasons:
        return _("it was given back to the donor.")
    return _("it could not be made fit for lessons and is not given.")


_STAGES: Final[Mapping[Stage, Callable[[Given, tuple[str, ...], Reference], str]]] = {
    Stage.RECEIVED: _received,
    Stage.ON_BENCH: _on_bench,
    Stage.READY: _ready,
    Stage.RESERVED: _reserved,
    Stage.WITH_SCHOOL: _with_school,
    Stage.HANDED_OVER: _handed_over,
    Stage.IN_REPAIR_FOR_PUPIL: _in_repair,
    Stage.IN_TRANSIT: _in_transit,
    Stage.RETIRED: _retired,
}


def _data(device: Device, reference: Reference, *, gone: bool) -> str:
    """What became of the donor's data; nothing where there never was a disk."""
    if device.unchecked:
        return _("The point did not check it: it went straight to the pupil.")
    kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
    if kind is None or not kind.has_disk:
        return ""
    disks = device.disks or ()
    if not disks or not all(disk.clean for disk in disks):
        return "" if gone else _kept_words(device)
    if all(disk.removed for disk in disks):
        return _("Its disk was taken out.")
    return _("Its data was erased.")


def _kept_words(device: Device) -> str:
    """Where data lies that nobody erased yet."""
    if device.stage is Stage.IN_TRANSIT:
        return _("Its data has not been erased yet: the other point does it.")
    if not device.disks:
        return _("Its data has not been looked at yet; the machine is kept here, closed.")
    return _("Its data has not been erased yet; the machine is kept here, closed.")
