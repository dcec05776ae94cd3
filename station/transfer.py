"""Điều chuyển: devices travel between points and organisations."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.device import Stage
from station.duties import require_duty
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.sets import whole_set


class Send(Struct, frozen=True, kw_only=True):
    """A device leaves for another place."""

    device: str
    place: str  # point or organisation id


class Arrive(Struct, frozen=True, kw_only=True):
    """A device came here from another place."""

    device: str
    place: str  # where from


def send(command: Send, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record a departure; a set leaves whole."""
    require_duty(by, e.SentTo)
    with store.transaction(by, when) as work:
        together = whole_set(work, command.device)
        for device in together:
            device.require(e.SentTo)
        guards.guard_destination(work.reference, command.place, when.day)
        if command.place == together[0].place:
            raise refusals.NotFromHere(command.device, command.place)
        said = e.SentTo(place=command.place)
        return tuple(work.record(device.code, said) for device in together)


def arrive(command: Arrive, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record an arrival at this point; of a set, everything that was on the way."""
    require_duty(by, e.ArrivedFrom)
    with store.transaction(by, when) as work:
        head, *members = whole_set(work, command.device)
        head.require(e.ArrivedFrom)
        together = (head, *(m for m in members if m.stage is Stage.IN_TRANSIT))
        work.reference.place(command.place, when.day)
        here = f"{POINT}{work.station:03d}"
        said = e.ArrivedFrom(place=command.place, here=here)
        return tuple(work.record(device.code, said) for device in together)
