"""What carries a label and is no device (a charger, a loose part, a shelf), as a fold over events.

A charger looks like the next one. Its label says whose it is, so that a scan of both finds a pair
that was mixed up before the wrong voltage does.
"""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, structs

from station import events as e
from station.device import Device

SHELF: Final = "shelf"  # the "item" of a shelf


class ItemRole(StrEnum):
    """What a labelled thing is at the point."""

    ACCESSORY = "accessory"  # lies beside a device: a kit item
    PART = "part"  # belongs inside one: a loose part or drive
    SHELF = SHELF


class LabelledItem(Struct, frozen=True, omit_defaults=True):
    """A labelled thing that is no device."""

    code: str
    item: str = ""  # a kit item, a part, or "shelf"
    role: ItemRole = ItemRole.ACCESSORY
    device: str | None = None  # whose it is
    name: bytes | None = None  # people row
    labels: int = 0  # printed
    count: int = 0
    last: bytes = b""
    known: bool = False


class Fit(StrEnum):
    """How a labelled thing and a device that were scanned together belong to each other."""

    MATCHES = "matches"
    OTHERS = "others"
    FREE = "free"


class Pairing(Struct, frozen=True):
    """What two scans found; `owner` is the device that the thing belongs to."""

    fit: Fit
    owner: str | None = None


def pairing(item: LabelledItem, device: Device) -> Pairing:
    """Whether the thing is this device's. A set goes whole, so what is its head's is its own."""
    if item.device is None:
        return Pairing(Fit.FREE)
    own = item.device in {device.code, device.head, *device.members}
    return Pairing(Fit.MATCHES if own else Fit.OTHERS, item.device)


def fold(item: LabelledItem, event: e.Event, said: e.Said | None) -> LabelledItem:
    """The thing after one more event; what merely names it changes nothing."""
    if event.header.subject != item.code:
        return item
    changes = _changes(item, said) | {"count": item.count + 1, "last": event.hash}
    return structs.replace(item, **changes)


def _changes(item: LabelledItem, said: e.Said | None) -> dict[str, Any]:
    match said:
        case e.ItemLabelled():
            name = said.name.id if said.name else None
            known: dict[str, Any] = {"item": said.item, "role": role_of(said.role), "known": True}
            return known | {"device": said.device, "name": name}
        case e.ItemPaired():
            return {"device": said.device}
        case e.LabelPrinted():
            return {"labels": item.labels + 1}
    return {}


def role_of(word: str) -> ItemRole:
    """A newer version's role is shown as an accessory's: it still has an owner."""
    return ItemRole(word) if word in set(ItemRole) else ItemRole.ACCESSORY
