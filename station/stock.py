"""Kho: counted parts, stocktake, and devices that will not be given."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note
from station.operators import Operator
from station.people import Donor
from station.ports import Store
from station.reference import ReasonUse
from station.text import fold
from station.told_secrets import forget_all_told

RETURNED = "returned-to-donor"  # the reason of a device that its donor has again


class Retire(Struct, frozen=True, kw_only=True):
    """A device will not be given."""

    device: str
    reason: str
    note: str = ""


class GiveWaste(Struct, frozen=True, kw_only=True):
    """What is left of retired devices goes to somebody who handles electronic waste."""

    devices: tuple[str, ...]
    receiver: Donor  # an organisation or a person


class WasteOut(Struct, frozen=True):
    """What became of it: its code and the devices."""

    batch: str
    devices: tuple[str, ...]
    acts: tuple[bytes, ...] = ()  # their hashes, should it be taken back


def receive_parts(item: str, count: int, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that counted parts came in."""
    require_duty(by, e.PartsReceived)
    guards.guard_count(count, least=1)
    with store.transaction(by, when) as work:
        return work.record(work.reference.part(item).id, e.PartsReceived(count=count))


def count_parts(item: str, quantity: int, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record how many of an item a stocktake found; from here on the books show that."""
    require_duty(by, e.Counted)
    guards.guard_count(quantity, least=0)
    with store.transaction(by, when) as work:
        return work.record(work.reference.part(item).id, e.Counted(quantity=quantity))


def count_device(device: str, store: Store, by: Operator, when: Moment, *, found: bool) -> e.Event:
    """Record that a stocktake saw a device, or did not find it."""
    with store.transaction(by, when) as work:
        work.device(device).require(e.Counted)
        return work.record(device, e.Counted(found=found))


def retire(command: Retire, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a device will not be given; its parts may still be taken."""
    require_duty(by, e.Retired)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.Retired)
        if device.head is not None:
            raise refusals.PartOfSet(device.code, device.head)
        if device.members:
            raise refusals.HeadsSet(device.code)
        work.reference.reason(ReasonUse.RETIRE, command.reason)
        note = kept_note(work, command.note)
        if command.reason == RETURNED:
            forget_all_told(work, device)
        return work.record(device.code, e.Retired(reason=command.reason, note=note))


def give_waste(command: GiveWaste, store: Store, by: Operator, when: Moment) -> WasteOut:
    """Record that retired devices left as waste, on one paper; all or none."""
    require_duty(by, e.WasteGiven)
    devices = tuple(dict.fromkeys(command.devices))
    if not devices:
        raise refusals.NothingToRecord
    if not fold(command.receiver.name):
        raise refusals.ReceiverWithoutName
    with store.transaction(by, when) as work:
        for device in devices:
            work.device(device).require(e.WasteGiven)
        batch, receiver = work.next_code(CodeKind.LOT), work.keep(command.receiver)
        said = e.WasteGiven(batch=batch, receiver=receiver)
        acts = []
        for device in devices:
            forget_all_told(work, work.device(device))
            acts.append(work.record(device, said).hash)
        return WasteOut(batch, devices, tuple(acts))
