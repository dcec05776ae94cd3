"""The disks of a device and what became of their data; nothing is called clean that is not."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from station import events as e
from station.device import Device, DiskState
from station.machine import whole_gb
from station.paper_facts import DiskLine
from station.ports import Store
from station.reference import Reference, Table
from ui.papers.history import History
from ui.papers.occasion import operator_names
from ui.papers.words import fact_words, figure, word

DiskAct = e.StorageErased | e.StorageRemoved


class _Done(Struct, frozen=True):
    """Who did what to a disk, and when."""

    said: DiskAct
    day: date
    by: str


def disk_lines(store: Store, told: History, device: Device) -> tuple[DiskLine, ...]:
    """Every disk the device has or had, as the last act on it left it."""
    names = operator_names(store)
    acts = list(_acts(told, names))
    return tuple(
        _line(device, disk, _last(acts, disk), store.reference) for disk in device.disks or ()
    )


def data_is_gone(device: Device, reference: Reference) -> bool:
    """Whether it is known that no disk in it holds a donor's data."""
    if not may_have_disks(device, reference):
        return True
    return device.disks_read and all(disk.clean for disk in device.disks or ())


def disks_note(device: Device, reference: Reference) -> str:
    """What must be said where nobody listed the disks, or there are none."""
    if not may_have_disks(device, reference):
        return ""
    if not device.disks_read:
        return fact_words().disks_unknown
    return "" if device.disks else fact_words().no_disks


def disks_in_short(device: Device, reference: Reference) -> str:
    """What became of the data, in a table of devices."""
    results = dict.fromkeys(_result(disk, None, reference) for disk in device.disks or ())
    told = ", ".join(results)
    return told if device.disks else disks_note(device, reference)


def may_have_disks(device: Device, reference: Reference) -> bool:
    """Whether devices of this kind keep data on disks."""
    kind = reference.tables.kinds.get(device.kind)
    return kind is None or kind.has_disk


def _acts(told: History, names: dict[str, str]) -> Iterator[_Done]:
    for one in told.all(e.StorageErased, e.StorageRemoved):
        if isinstance(one.said, e.StorageErased | e.StorageRemoved):
            yield _Done(one.said, one.row.event.header.day, names.get(one.said.by, ""))


def _last(acts: list[_Done], disk: DiskState) -> _Done | None:
    """The act that says how the disk stands: the one that took it out, or the last erasure."""
    own = [act for act in acts if disk.is_disk(act.said.disk.serial, act.said.disk.wwn)]
    if disk.removed:
        own = [act for act in own if isinstance(act.said, e.StorageRemoved)] or own
    elif disk.erased_by or disk.failed:
        own = [act for act in own if isinstance(act.said, e.StorageErased)]
    else:  # used again since it was erased
        return None
    return own[-1] if own else None


def _line(device: Device, disk: DiskState, done: _Done | None, reference: Reference) -> DiskLine:
    said = done.said if done else None
    erased = said if isinstance(said, e.StorageErased) else None
    return DiskLine(
        device=device.code,
        disk=_name(disk),
        serial=disk.serial or disk.wwn or "",
        method=word(reference, Table.ERASURES, erased.method if erased else disk.erased_by),
        verified=_verified(erased) if erased and erased.passed else "",
        certified=bool(disk.erased_by and erased and erased.verified_permille),
        result=_result(disk, said, reference),
        day=done.day if done else None,
        by=done.by if done else "",
    )


def _name(disk: DiskState) -> str:
    """Model and size, as far as a report told."""
    words = fact_words()
    if not disk.capacity_bytes:
        return disk.model or ""
    gb = whole_gb(disk.capacity_bytes)
    if disk.model:
        return words.disk_named.format(model=disk.model, gb=gb)
    return words.disk_unnamed.format(gb=gb)


def _verified(said: e.StorageErased) -> str:
    """How much was read again; 0 is not "verified"."""
    words = fact_words()
    if not said.verified_permille:
        return words.not_verified
    return words.verified.format(percent=figure(said.verified_permille / 10))


def _result(disk: DiskState, said: DiskAct | None, reference: Reference) -> str:
    words = fact_words()
    if disk.removed:
        destiny = said.destiny if isinstance(said, e.StorageRemoved) else None
        told = word(reference, Table.DESTINIES, destiny)
        return words.removed_to.format(destiny=told) if told else words.removed
    if disk.erased_by:
        return words.erased
    return words.erasure_failed if disk.failed else words.not_erased
