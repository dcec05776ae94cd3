"""A lot (one donor's visit) or a batch (one school's devices), as the fold over its events."""

from datetime import date
from typing import Any

from msgspec import Struct, structs

from station import events as e


class Lot(Struct, frozen=True, omit_defaults=True):
    """What came together, or went out together."""

    code: str
    donor: bytes | None = None  # people row
    form: str = ""
    school: str | None = None  # of a batch
    devices: tuple[str, ...] = ()
    refused: int = 0
    on: date | None = None
    count: int = 0
    last: bytes = b""
    known: bool = False


def fold(lot: Lot, event: e.Event, said: e.Said | None) -> Lot:
    """The lot after one more event that is about it or names it."""
    own = event.header.subject == lot.code
    changes = _changes(lot, event, said)
    if own:
        changes |= {"count": lot.count + 1, "last": event.hash}
    return structs.replace(lot, **changes) if changes else lot


def _changes(lot: Lot, event: e.Event, said: e.Said | None) -> dict[str, Any]:
    match said:
        case e.LotReceived():
            donor = said.donor.id if said.donor else None
            return {"donor": donor, "form": said.form, "on": event.header.day, "known": True}
        case e.BatchTakenOut():
            return {"school": said.school, "on": event.header.day, "known": True}
        case e.Refused():
            return {"refused": lot.refused + said.count}
        case e.Received() | e.HandedOver():
            return {"devices": (*lot.devices, event.header.subject)}
    return {}
