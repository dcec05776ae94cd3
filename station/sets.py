"""Bộ máy: a computer with its monitor and accessories, joined and parted by scan."""

from msgspec import Struct

from station import events as e
from station import refusals
from station.device import Device
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work


class JoinSet(Struct, frozen=True, kw_only=True):
    """Scan the computer, scan what belongs to it."""

    head: str
    member: str


def join_set(command: JoinSet, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a device belongs to a computer from now on."""
    require_duty(by, e.Joined)
    with store.transaction(by, when) as work:
        head, member = work.device(command.head), work.device(command.member)
        for device in (head, member):
            device.require(e.Joined)
        guard_joint(work, head, member)
        return work.record(member.code, e.Joined(head=head.code))


def part_set(member: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a device stands alone again."""
    require_duty(by, e.Parted)
    with store.transaction(by, when) as work:
        device = work.device(member)
        device.require(e.Parted)
        if device.head is None:
            raise refusals.NotInSet(member)
        return work.record(member, e.Parted(head=device.head))


def whole_set(work: Work, code: str) -> tuple[Device, ...]:
    """A device and everything that goes with it; raises PartOfSet for a mere member."""
    device = work.device(code)
    if device.head is not None:
        raise refusals.PartOfSet(code, device.head)
    return (device, *(work.device(member) for member in device.members))


def guard_joint(work: Work, head: Device, member: Device) -> None:
    """Refuse by name what cannot become one set."""
    if head.code == member.code:
        raise refusals.SameDevice(head.code)
    if member.head is not None:
        raise refusals.PartOfSet(member.code, member.head)
    if member.members:
        raise refusals.HeadsSet(member.code)
    if head.head is not None:
        raise refusals.PartOfSet(head.code, head.head)
    if not work.reference.kind(head.kind).is_computer:
        raise refusals.CannotHeadSet(head.code, head.kind)
