"""Giấy xác nhận xóa dữ liệu: what became of each disk, said to whoever's data were on it."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from station import events as e
from station.codes import CodeKind, parse
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import DeviceLine, PaperFacts
from station.ports import Store
from station.printed import Party
from station.reference import Reference
from ui.papers import device_lines, persons
from ui.papers.disks import disk_lines, disks_note, may_have_disks
from ui.papers.history import History, NothingToSay, history
from ui.papers.occasion import heading, occasion_now, operator_names, signatory


def erasure_certificate(store: Store, code: str, by: Operator, when: Moment) -> PaperFacts:
    """Every disk of a device, or of a visit's devices, as the ledger knows it now.

    The not erased and the not verified are told too. Raises NothingToSay.
    """
    told = tuple(history(store, one) for one in _devices(store, code))
    known = tuple((one, one.device()) for one in told)
    occasion, reference = occasion_now(store, by, when), store.reference
    return structs.replace(
        heading(store, occasion, code),
        donor=persons.donor_party(persons.donor(store, known[0][1].donor)),
        giver=signatory(store, occasion),
        operator=Party(person=_technician(store, told)),
        devices=tuple(_lines([device for _told, device in known], reference)),
        disks=tuple(disk for one in known for disk in disk_lines(store, *one)),
    )


def _devices(store: Store, code: str) -> tuple[str, ...]:
    if parse(code).kind is CodeKind.DEVICE:
        return (code,)
    lot = store.lot(code)
    if lot is None or not lot.devices:
        raise NothingToSay(code)
    return lot.devices


def _lines(devices: Sequence[Device], reference: Reference) -> Iterator[DeviceLine]:
    """Those that may hold data, each with what must be said of its disks; a screen alone too."""
    for device in [one for one in devices if may_have_disks(one, reference)] or devices:
        line = device_lines.named_line(device, reference)
        yield structs.replace(line, serial=device.serial or "", data=disks_note(device, reference))


def _technician(store: Store, told: tuple[History, ...]) -> str:
    """Who did it, where one person did all of it."""
    acts = {one.said.by for each in told for one in each.all(e.StorageErased, e.StorageRemoved)}
    return operator_names(store).get(acts.pop(), "") if len(acts) == 1 else ""
