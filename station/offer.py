"""What a donor announced (mã đăng ký tặng), as the fold over what became of it."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, structs

from station import documents
from station import events as e
from station.device import OpenCall, first_due, made, planned


class PickUp(StrEnum):
    """How fetching it stands."""

    NEW = "new"
    AGREED = "agreed"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    COLLECTED = "collected"  # fetched, and on its way to the point
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


OVER = frozenset({PickUp.ARRIVED, PickUp.CANCELLED})


class Offer(Struct, frozen=True, omit_defaults=True):
    """What is expected of one donor, and how bringing it stands. No personal data."""

    code: str
    items: tuple[e.OfferedItem, ...] = ()
    donor: bytes | None = None  # people row
    lines: bytes | None = None  # people row: an office's list, device by device
    note: bytes | None = None  # people row
    expected_on: date | None = None
    part: str | None = None  # of that day
    pick_up: PickUp | None = None  # None: the donor brings it
    unit: str | None = None
    calls: tuple[OpenCall, ...] = ()
    received: int = 0
    published: bool = False  # the Department announced it, and may take it back
    closed: bool = False
    known: bool = False
    entered_on: date | None = None
    count: int = 0
    last: bytes = b""

    @property
    def wanted(self) -> int:
        """How many devices were announced; at least one."""
        return max(sum(item.count for item in self.items), 1)

    @property
    def is_open(self) -> bool:
        """Something is still expected under it."""
        gone = self.pick_up is PickUp.CANCELLED
        return self.known and not self.closed and not gone and self.received < self.wanted

    @property
    def call_due(self) -> date | None:
        """When its donor must be rung; None where nobody must, or nothing is expected any more."""
        return first_due(self.calls) if self.is_open else None


def fold(offer: Offer, event: e.Event, said: e.Said | None) -> Offer:
    """The offer after one more event that is about it or names it."""
    own = event.header.subject == offer.code
    changes = _changes(offer, event, said)
    if own:
        changes |= {"count": offer.count + 1, "last": event.hash}
    return structs.replace(offer, **changes) if changes else offer


def fold_document(offer: Offer, document: documents.Document) -> Offer:
    """The offer as the Department has it; how fetching it stands is the point's to say."""
    said = documents.read(document)
    if document.body is None:
        return structs.replace(offer, published=True, closed=True)
    if not isinstance(said, documents.Offer):  # a newer version's
        return offer
    fetched = PickUp.NEW if said.pick_up else None
    return structs.replace(
        offer,
        known=True,
        published=True,
        items=said.items,
        donor=said.donor.id if said.donor else None,
        note=said.note.id if said.note else None,
        expected_on=offer.expected_on or said.expected_on,
        pick_up=offer.pick_up or fetched,
        unit=said.unit,
    )


def _changes(offer: Offer, event: e.Event, said: e.Said | None) -> dict[str, Any]:
    changes = _CHANGES.get(type(said))
    return changes(offer, event, said) if changes else {}


def _entered(offer: Offer, event: e.Event, said: e.OfferEntered) -> dict[str, Any]:
    """Entered again, it says what counts from now on; how far fetching it is stays."""
    return {
        "known": True,
        "items": said.items,
        "donor": said.donor.id if said.donor else None,
        "lines": said.lines.id if said.lines else None,
        "note": said.note.id if said.note else None,
        "expected_on": said.expected_on,
        "pick_up": (offer.pick_up or PickUp.NEW) if said.pick_up else None,
        "unit": said.unit,
        "entered_on": offer.entered_on or event.header.day,
    }


def _noted(offer: Offer, said: e.PickUpNoted) -> dict[str, Any]:
    """Without a day the agreed one stands, until somebody must agree on one anew."""
    state = _state(said.state)
    day = said.on if state is PickUp.NEW else said.on or offer.expected_on
    return {"pick_up": state, "expected_on": day, "part": said.part}


def _state(word: str) -> PickUp:
    """A newer version's state stands as new: somebody must look."""
    return PickUp(word) if word in set(PickUp) else PickUp.NEW


def _came(offer: Offer, _event: e.Event, said: e.Received | e.GivenDirectly) -> dict[str, Any]:
    return {"received": offer.received + 1} if said.offer == offer.code else {}


_CHANGES: Final[Mapping[type[Any], Callable[[Offer, e.Event, Any], dict[str, Any]]]] = {
    e.OfferEntered: _entered,
    e.PickUpNoted: lambda offer, _event, said: _noted(offer, said),
    e.AppointmentMade: lambda _offer, _event, said: {"expected_on": said.on, "part": said.part},
    e.OfferClosed: lambda _offer, _event, _said: {"closed": True},
    e.OfferReopened: lambda _offer, _event, _said: {"closed": False},
    e.CallPlanned: lambda offer, event, said: {"calls": planned(offer.calls, event, said)},
    e.CallMade: lambda offer, event, said: {"calls": made(offer.calls, event, said)},
    e.Received: _came,
    e.GivenDirectly: _came,
    e.EnteredByMistake: lambda offer, _event, _said: {"received": max(offer.received - 1, 0)},
}
