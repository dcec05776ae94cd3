"""Everything the device page shows, asked for in one question."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from station import events as e
from station import refusals
from station.device import Device
from station.labelled import LabelledItem
from station.parts import Parts
from station.people import Donor, Text
from station.ports import Store, TimelineRow
from ui.item_words import item_name


@dataclass(frozen=True)
class OpenedDevice:
    """One device as the store knew it at one moment."""

    device: Device
    timeline: tuple[TimelineRow, ...]  # oldest first
    donor: str  # "" = unknown, or purged
    names: Mapping[str, str]  # of operators, by id
    stock: tuple[Parts, ...]  # counted parts that may be fitted
    notes: Mapping[bytes, str]  # what people typed beside an event, by its hash
    items: tuple[LabelledItem, ...] = ()  # what has a label of its own and belongs to it
    shelf: str = ""  # the name of the shelf it lies on
    station: int = 0  # of this point: what others recorded is told from it
    photos: tuple[bytes, ...] = ()  # hashes, the newest first
    told: tuple[str, ...] = ()  # what passwords open that the donor told, none of them purged


def ask_device(code: str, store: Store) -> OpenedDevice:
    """Read one device with its timeline and the names behind the ids; raises UnknownDevice."""
    device = store.device(code)
    if device is None:
        raise refusals.UnknownDevice(code)
    timeline = store.timeline(code)
    return OpenedDevice(
        device=device,
        timeline=timeline,
        donor=_donor(device, store),
        names={known.id: known.name for known in store.operators()},
        stock=store.parts(),
        notes=dict(_notes(timeline, store)),
        items=store.items_of(code),
        shelf=_shelf(device, store),
        station=store.standing().chain.station,
        photos=tuple(_photos(timeline)),
        told=tuple(of for of, row in device.secrets if store.content(row) is not None),
    )


def _shelf(device: Device, store: Store) -> str:
    shelf = store.labelled(device.shelf) if device.shelf else None
    return item_name(shelf, store) if shelf else ""


def _notes(timeline: Iterable[TimelineRow], store: Store) -> Iterator[tuple[bytes, str]]:
    """A purged note is no note."""
    for row in timeline:
        ref = row.event.said.note if row.event.said else None
        content = store.content(ref.id) if ref else None
        if isinstance(content, Text):
            yield row.event.hash, content.text


def _photos(timeline: Iterable[TimelineRow]) -> Iterator[bytes]:
    said = (row.event.said for row in reversed(tuple(timeline)) if not row.withdrawn)
    return (one.photo for one in said if isinstance(one, e.PhotoTaken))


def _donor(device: Device, store: Store) -> str:
    content = store.content(device.donor) if device.donor else None
    return content.name if isinstance(content, Donor) else ""
