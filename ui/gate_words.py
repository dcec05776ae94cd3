"""The release gate in words: what a condition is called, why it is open, what to do next."""

from collections.abc import Callable, Mapping
from typing import Final

from station.codes import grouped
from station.device import Device, Stage
from station.ledger import Moment
from station.reference import Reference, Table, UnknownReference
from station.release import ERASURE, GRADE, KIT, LOCKS, SERIAL, SYSTEM, Condition, State, gate
from station.words import _, _n
from ui.coded_words import coded, listed, stage_tone, stage_word
from ui.theme import Tone


def condition_words(condition: Condition, reference: Reference) -> tuple[str, str]:
    """Name a condition and say how it stands: ("Data erased", "WX71A345 is not erased")."""
    return condition_name(condition.name, reference), _detail(condition, reference)


def condition_name(name: str, reference: Reference) -> str:
    """Name a condition by itself; checks have their own words."""
    own = {
        SERIAL: _("Serial number"),
        LOCKS: _("No locks"),
        ERASURE: _("Data erased"),
        SYSTEM: _("Operating system"),
        KIT: _("Kit"),
        GRADE: _("Grade"),
    }
    return own.get(name) or coded(Table.CHECKS, name, reference)


def next_step(device: Device, reference: Reference, when: Moment) -> tuple[Tone, str]:
    """Say what keeps a device from going on, or where it stands when nothing does."""
    if device.hold:
        return Tone.WARN, coded(Table.REASONS, device.hold, reference)
    if device.stage is Stage.ON_BENCH:
        return _bench_step(device, reference, when)
    if device.stage is Stage.RECEIVED:
        return _received_step(device, reference)
    return standing(device, reference)


def standing(device: Device, reference: Reference) -> tuple[Tone, str]:
    """Where a device stands once nothing keeps it: more than its stage where there is more."""
    if device.unchecked and device.stage is Stage.HANDED_OVER:
        return Tone.WARN, _("Given directly, not checked")
    if device.mistaken:
        return Tone.UNKNOWN, _("Entered by mistake")
    if device.undelivered:
        return Tone.WARN, coded(Table.DELIVERIES, device.undelivered, reference)
    if device.packed:
        return Tone.OK, _("Packed")
    if device.promised and device.stage is Stage.READY:
        return Tone.OK, _("Direct gift for {case}").format(case=grouped(device.promised))
    return stage_tone(device.stage), stage_word(device.stage)


def _received_step(device: Device, reference: Reference) -> tuple[Tone, str]:
    if device.locks:
        return Tone.FAIL, coded(Table.LOCKS, device.locks[0], reference)
    return Tone.UNKNOWN, _("Not examined yet")


def _bench_step(device: Device, reference: Reference, when: Moment) -> tuple[Tone, str]:
    """The worst open condition first: a lock, a failed check, then what is still to be done."""
    try:
        conditions = gate(device, reference, when).conditions
    except UnknownReference:  # a kind of device that a newer version knows
        return stage_tone(device.stage), stage_word(device.stage)
    still_open = [condition for condition in conditions if condition.state is State.OPEN]
    if not still_open:
        return Tone.OK, _("Meets all conditions")
    worst = min(still_open, key=_urgency)
    return _worst_first(worst, len(still_open), device, reference)


def _worst_first(
    worst: Condition, still_open: int, device: Device, reference: Reference
) -> tuple[Tone, str]:
    name, detail = condition_words(worst, reference)
    if worst.name == LOCKS:
        return Tone.FAIL, detail
    if worst.why == "failed":
        return Tone.FAIL, _("{check}: failed").format(check=name)
    if not device.checks:
        return Tone.UNKNOWN, _("Not examined yet")
    left = _n("{count} thing left", "{count} things left", still_open)
    return Tone.WARN, left.format(count=still_open)


def _urgency(condition: Condition) -> int:
    if condition.name == LOCKS:
        return 0
    return 1 if condition.why == "failed" else 2


def _detail(condition: Condition, reference: Reference) -> str:
    if condition.state is State.MET:
        return _("done")
    if condition.state is State.MET_BY_KIT:
        item = coded(Table.KIT_ITEMS, condition.detail[0], reference)
        return _("made up for by {item}").format(item=item)
    return _WHY[condition.why](condition.detail, reference)


Detail = tuple[str, ...]


def _failed(detail: Detail, reference: Reference) -> str:
    if not detail:
        return _("failed: repair it and check again")
    items = listed(coded(Table.KIT_ITEMS, item, reference) for item in detail)
    return _("failed: repair it, or add {items} to the kit").format(items=items)


def _not_erased(detail: Detail, _reference: Reference) -> str:
    named = listed(serial or _("a disk without a serial number") for serial in detail)
    return _("not erased: {disks}").format(disks=named)


def _locked(detail: Detail, reference: Reference) -> str:
    return listed(coded(Table.LOCKS, lock, reference) for lock in detail)


def _kit_incomplete(detail: Detail, reference: Reference) -> str:
    items = listed(coded(Table.KIT_ITEMS, item, reference) for item in detail)
    return _("missing: {items}").format(items=items)


_WHY: Final[Mapping[str, Callable[[Detail, Reference], str]]] = {
    "no_serial": lambda _d, _r: _("not known: read it off the device"),
    "serial_not_confirmed": lambda d, _r: _("{serial} is not confirmed: scan it again").format(
        serial=d[0]
    ),
    "locked": _locked,
    "untested": lambda _d, _r: _("not tried yet"),
    "stale": lambda _d, _r: _("to be repeated after the work done"),
    "failed": _failed,
    "dangerous": lambda _d, _r: _("dangerous: take it out of the device and set it apart"),
    "unknown": lambda _d, _r: _("tried without a result: try again"),
    "not_by_hand": lambda _d, _r: _("only a measurement counts"),
    "disks_unknown": lambda _d, _r: _("the disks are not known yet: run diagnostics"),
    "not_erased": _not_erased,
    "no_system": lambda _d, _r: _("not recorded yet"),
    "erased_after_install": lambda _d, _r: _("erased after it was put on: put it on again"),
    "disks_changed_after_install": lambda _d, _r: _(
        "a disk came or went after it was put on: put it on again"
    ),
    "no_first_boot": lambda _d, _r: _("its first start was not seen yet"),
    "kit_not_checked": lambda _d, _r: _("not compared yet with what lies beside it"),
    "kit_incomplete": _kit_incomplete,
    "not_graded": lambda _d, _r: _("not confirmed yet"),
}
