"""Điều chuyển: devices travel between points and organisations."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind, parse
from station.device import Device, Stage
from station.duties import require_duty
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work
from station.sets import whole_set


class Send(Struct, frozen=True, kw_only=True):
    """A device leaves for another place."""

    device: str
    place: str  # point or organisation id


class SendTogether(Struct, frozen=True, kw_only=True):
    """Several devices leave for one place, on one paper."""

    devices: tuple[str, ...]
    place: str


class SentTogether(Struct, frozen=True):
    """What became of it: its code and every device, sets included."""

    batch: str
    devices: tuple[str, ...]


class Arrive(Struct, frozen=True, kw_only=True):
    """A device came here from another place."""

    device: str
    place: str  # where from
    kind: str | None = None  # of one whose history did not come here yet


def send(command: Send, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record a departure; a set leaves whole."""
    require_duty(by, e.SentTo)
    with store.transaction(by, when) as work:
        together = _bound_for(work, command.place, (command.device,), when)
        said = e.SentTo(place=command.place)
        return tuple(work.record(device.code, said) for device in together)


def send_together(command: SendTogether, store: Store, by: Operator, when: Moment) -> SentTogether:
    """Record that several devices left under one code; all or none."""
    require_duty(by, e.SentTo)
    if not command.devices:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        together = _bound_for(work, command.place, command.devices, when)
        batch = work.next_code(CodeKind.LOT)
        for device in together:
            work.record(device.code, e.SentTo(place=command.place, batch=batch))
        return SentTogether(batch, tuple(device.code for device in together))


def arrive(command: Arrive, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record an arrival at this point; of a set, everything that was on the way.

    Of another point's device nothing may be known here yet: its kind is said, its history follows.
    """
    require_duty(by, e.ArrivedFrom)
    with store.transaction(by, when) as work:
        if _is_stranger(work, command):
            return (_arrive_unknown(command, work, when),)
        head, *members = whole_set(work, command.device)
        head.require(e.ArrivedFrom)
        together = (head, *(m for m in members if m.stage is Stage.IN_TRANSIT))
        work.reference.place(command.place, when.day)
        here = f"{POINT}{work.station:03d}"
        said = e.ArrivedFrom(place=command.place, here=here)
        return tuple(work.record(device.code, said) for device in together)


def _is_stranger(work: Work, command: Arrive) -> bool:
    """Whether this is another point's device that nobody here heard of, and its kind is said."""
    if command.kind is None or work.find_device(command.device) is not None:
        return False
    code = parse(command.device)
    return code.kind is CodeKind.DEVICE and code.point != work.station


def _arrive_unknown(command: Arrive, work: Work, when: Moment) -> e.Event:
    work.reference.place(command.place, when.day)
    here = f"{POINT}{work.station:03d}"
    if command.place == here:
        raise refusals.NotFromHere(command.device, command.place)
    kind = work.reference.kind(command.kind or "").id
    return work.record(command.device, e.ArrivedFrom(place=command.place, here=here, kind=kind))


def _bound_for(work: Work, place: str, heads: tuple[str, ...], when: Moment) -> tuple[Device, ...]:
    """These devices and their sets, each of which may leave for that place now."""
    together = tuple(one for head in dict.fromkeys(heads) for one in whole_set(work, head))
    for device in together:
        device.require(e.SentTo)
    guards.guard_destination(work.reference, place, when.day)
    for device in together:
        if place == device.place:
            raise refusals.NotFromHere(device.code, place)
    return together
