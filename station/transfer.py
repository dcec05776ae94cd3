"""Điều chuyển: devices travel between points and organisations."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.duties import require_duty
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store


class Send(Struct, frozen=True, kw_only=True):
    """A device leaves for another place."""

    device: str
    place: str  # point or organisation id


class Arrive(Struct, frozen=True, kw_only=True):
    """A device came here from another place."""

    device: str
    place: str  # where from


def send(command: Send, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a departure; a set travels joined but each device is sent by its own scan."""
    require_duty(by, e.SentTo)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.SentTo)
        guards.guard_destination(work.reference, command.place, when.day)
        if command.place == device.place:
            raise refusals.NotFromHere(device.code, device.place)
        return work.record(device.code, e.SentTo(place=command.place))


def arrive(command: Arrive, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record an arrival at this point."""
    require_duty(by, e.ArrivedFrom)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.ArrivedFrom)
        work.reference.place(command.place, when.day)
        here = f"{POINT}{work.station:03d}"
        return work.record(device.code, e.ArrivedFrom(place=command.place, here=here))
