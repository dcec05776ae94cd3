"""Who announced devices to the invented point, how fetching them stands, and whom to ring."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from station import calling, offers
from station.device import Device
from station.events import CallPlanned, OfferedItem
from station.ledger import Moment
from station.offer import PickUp
from station.operators import Operator
from station.ports import DeviceFilter, PointStore
from ui.demo.calendar import Calendar, Life
from ui.demo.invented import office, person
from ui.demo.people import CLERK, acting

BROUGHT: Final = (0, 0, 1, 2, 4)  # days from now on which somebody comes
FETCHED: Final[tuple[tuple[PickUp, int | None], ...]] = (
    (PickUp.NEW, None),
    (PickUp.NEW, None),
    (PickUp.AGREED, 0),
    (PickUp.AGREED, 1),
    (PickUp.UNREACHABLE, None),
    (PickUp.MOVED, 3),
    (PickUp.COLLECTED, 0),
    (PickUp.ARRIVED, 0),
    (PickUp.CANCELLED, None),
)
KINDS: Final = ("laptop", "laptop", "desktop", "tablet")


class Coming:
    """Lives of what was announced, and the calls that wait."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar, self._by = calendar, acting(CLERK)

    def lives(self) -> Iterator[Life]:
        """Everything that is expected now, and what must be asked."""
        for days in BROUGHT:
            yield self._brought(days)
        for place, (state, ahead) in enumerate(FETCHED):
            yield self._fetched(place, state, ahead)
        yield self._calls()

    def _brought(self, days: int) -> Life:
        command = offers.EnterOffer(
            items=self._items(2),
            donor=person(self._calendar.rng),
            expected_on=self._day(days),
            part=self._calendar.rng.choice(("morning", "afternoon")),
        )
        yield self._past(4), self._by, partial(offers.enter_offer, command)

    def _fetched(self, place: int, state: PickUp, days: int | None) -> Life:
        rng = self._calendar.rng
        donor = office(rng, place) if place % 2 else person(rng)
        command = offers.EnterOffer(items=self._items(12), donor=donor, pick_up=True)
        entered = yield self._past(6), self._by, partial(offers.enter_offer, command)
        if state is not PickUp.NEW:
            day = None if days is None else self._day(days)
            noted = offers.NotePickUp(offer=entered.header.subject, state=state, on=day)
            yield self._past(1), self._by, partial(offers.note_pick_up, noted)

    def _calls(self) -> Life:
        yield self._past(2), self._by, self._plan_calls
        yield self._past(1), self._by, self._ring_one

    def _plan_calls(self, store: PointStore, by: Operator, when: Moment) -> None:
        """Locks first; then a few chargers that did not come along."""
        rows = [row.device for row in store.devices(DeviceFilter(), limit=300)]
        locked = [one for one in rows if one.locks and one.allows(CallPlanned)]
        bare = [one for one in rows if _lacks_charger(one)]
        for device, about in (
            *((one, "lock") for one in locked[:3]),
            *((one, "charger") for one in bare[:3]),
        ):
            command = calling.PlanCall(code=device.code, about=about)
            calling.plan_call(command, store, by, when)

    def _ring_one(self, store: PointStore, by: Operator, when: Moment) -> None:
        called = [one for one in store.calls(when.day) if isinstance(one, Device)]
        for device in called[:2]:
            about = device.calls[0].about
            command = calling.NoteCall(code=device.code, about=about, result="no-answer")
            calling.note_call(command, store, by, when)

    def _items(self, most: int) -> tuple[OfferedItem, ...]:
        rng = self._calendar.rng
        return (OfferedItem(kind=rng.choice(KINDS), count=rng.randrange(1, most + 1)),)

    def _day(self, days: int) -> date:
        return (self._calendar.now + timedelta(days=days)).date()

    def _past(self, days: int) -> datetime:
        """Within the opening hours of a day before."""
        then = self._calendar.now - timedelta(days=days)
        return then.replace(hour=9, minute=self._calendar.rng.randrange(55))


def _lacks_charger(device: Device) -> bool:
    bare = device.kind == "laptop" and "charger" not in device.kit
    return bare and device.donor is not None and device.allows(CallPlanned)
