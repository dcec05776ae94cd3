"""What came or went together under one code, as the fold over its events."""

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, structs

from station import events as e


class LotKind(StrEnum):
    """Why these devices stand together."""

    VISIT = "visit"  # a donor's
    SCHOOL = "school"  # a school took them to its pupils
    TRANSFER = "transfer"  # they travel to another place
    WASTE = "waste"  # what is left of them was given to be recycled


class Lot(Struct, frozen=True, omit_defaults=True):
    """What came together, or went out together."""

    code: str
    donor: bytes | None = None  # people row
    form: str = ""
    kind: LotKind = LotKind.VISIT
    school: str | None = None  # of a school's batch
    place: str | None = None  # of a transfer: where to
    receiver: bytes | None = None  # of waste: people row
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
            taken: dict[str, Any] = {"kind": LotKind.SCHOOL, "school": said.school}
            return taken | {"on": event.header.day, "known": True}
        case e.Refused():
            return {"refused": lot.refused + said.count}
        case e.EnteredByMistake() | e.HandoverWithdrawn():
            kept = tuple(code for code in lot.devices if code != event.header.subject)
            return {"devices": kept}
        case e.Received() | e.HandedOver():
            return {"devices": (*lot.devices, event.header.subject)}
        case e.SentTo():
            return _with(lot, event) | {"kind": LotKind.TRANSFER, "place": said.place}
        case e.WasteGiven():
            receiver = said.receiver.id if said.receiver else None
            return _with(lot, event) | {"kind": LotKind.WASTE, "receiver": receiver}
    return {}


def _with(lot: Lot, event: e.Event) -> dict[str, Any]:
    """One more device; nobody but the devices says that they left together."""
    devices = (*lot.devices, event.header.subject)
    return {"devices": devices, "on": event.header.day, "known": True}
