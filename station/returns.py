"""A device comes back: for repair (it stays the pupil's), or to stock (it is nobody's again)."""

from msgspec import Struct

from station import events as e
from station.device import Device
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note
from station.operators import Operator
from station.people import Person
from station.ports import Store
from station.reference import ReasonUse


class TakeBackForRepair(Struct, frozen=True, kw_only=True):
    """A pupil's device is broken."""

    device: str
    reason: str
    erasure_consent_by: Person | None = None  # the guardian who allows an erasure
    note: str = ""


class GiveBack(Struct, frozen=True, kw_only=True):
    """The repaired device goes back to the same pupil."""

    device: str
    receiver: Person | None = None


class ReturnToStock(Struct, frozen=True, kw_only=True):
    """The device is free again and passes the whole gate anew."""

    device: str
    reason: str
    note: str = ""


def take_back_for_repair(
    command: TakeBackForRepair, store: Store, by: Operator, when: Moment
) -> e.Event:
    """Record that a pupil's device is here for repair."""
    require_duty(by, e.TakenBackForRepair)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.TakenBackForRepair)
        work.reference.reason(ReasonUse.TAKE_BACK, command.reason)
        guardian = command.erasure_consent_by
        said = e.TakenBackForRepair(
            case=device.case_code(),
            reason=command.reason,
            erasure_consent=work.keep(guardian) if guardian else None,
            note=kept_note(work, command.note),
        )
        return work.record(device.code, said)


def give_back(command: GiveBack, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that the pupil has the device again."""
    require_duty(by, e.GivenBack)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.GivenBack)
        receiver = work.keep(command.receiver) if command.receiver else None
        return work.record(device.code, e.GivenBack(case=device.case_code(), receiver=receiver))


def return_to_stock(command: ReturnToStock, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that the device belongs to nobody any more."""
    require_duty(by, e.ReturnedToStock)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.ReturnedToStock)
        work.reference.reason(ReasonUse.RETURN_TO_STOCK, command.reason)
        note = kept_note(work, command.note)
        said = e.ReturnedToStock(reason=command.reason, case=device.case, note=note)
        returned = work.record(device.code, said)
        for member, head in _joints(device):  # what stays behind is no longer one set with it
            work.record(member, e.Parted(head=head))
        return returned


def _joints(device: Device) -> tuple[tuple[str, str], ...]:
    own = ((device.code, device.head),) if device.head else ()
    return own + tuple((member, device.code) for member in device.members)
