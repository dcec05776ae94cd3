"""Finds what a donor gave: by telephone, by name, by the code on a receipt, a label or an offer."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from station.case import Case
from station.codes import BadCode, CodeKind, parse_scan
from station.device import Device
from station.people import Donor
from station.ports import DeviceFilter, PointStore
from station.text import fold

MOST_MACHINES = 200
SHORTEST = 2  # letters; less finds everybody


class Given(Struct, frozen=True):
    """One machine somebody gave, and whom it is for, as far as donors may hear."""

    device: Device
    level: str | None = None  # of the pupil's school; nothing else of a child is said


class Visit(Struct, frozen=True):
    """Everything one donor gave, over all their visits."""

    donor: Donor  # nameless where nobody said, or the row was purged
    machines: tuple[Given, ...] = ()
    refused: int = 0  # things that were not taken in
    expected: int = 0  # announced, and not here yet
    first: date | None = None


def look_up(text: str, store: PointStore) -> tuple[Visit, ...]:
    """The donors these words or this code mean, each with what they gave; the likeliest first."""
    try:
        code = parse_scan(text)
    except BadCode:
        return _by_words(text, store)
    match code.kind:
        case CodeKind.DEVICE:
            return _of_devices((code.text,), store)
        case CodeKind.LOT:
            return _of_lot(code.text, store)
        case CodeKind.OFFER:
            return _of_offer(code.text, store)
        case CodeKind.PAPER:
            paper = store.paper(code.text)
            return _of_codes(paper.about if paper else (), store)
    return ()


def _by_words(text: str, store: PointStore) -> tuple[Visit, ...]:
    if len(text.strip()) < SHORTEST:
        return ()
    rows: dict[tuple[str, str], list[tuple[bytes, Donor]]] = {}
    for person in store.find_people(text):
        if isinstance(person.content, Donor):
            rows.setdefault(_who(person.content), []).append((person.id, person.content))
    return tuple(_visit(found, store) for found in rows.values())


def _who(donor: Donor) -> tuple[str, str]:
    """The same name and telephone are the same donor on another visit."""
    return fold(donor.name), "".join(filter(str.isdecimal, donor.phone))


def _visit(found: list[tuple[bytes, Donor]], store: PointStore) -> Visit:
    rows = tuple(row for row, _donor in found)
    devices = [r.device for r in store.devices(DeviceFilter(donors=rows), limit=MOST_MACHINES)]
    lots = {device.lot for device in devices if device.lot}
    expected = [offer for offer in store.expected_offers() if offer.donor in rows]
    return Visit(
        found[0][1],
        _given(devices, store),
        sum(_refused(lot, store) for lot in lots),
        sum(offer.wanted - offer.received for offer in expected),
        min((d.received_on for d in devices if d.received_on), default=None),
    )


def _of_codes(codes: Iterable[str], store: PointStore) -> tuple[Visit, ...]:
    """A receipt speaks of devices, or of a lot."""
    codes = tuple(codes)
    lot = next((code for code in codes if code[:1] == CodeKind.LOT.letter), None)
    return _of_lot(lot, store) if lot else _of_devices(codes, store)


def _of_lot(code: str, store: PointStore) -> tuple[Visit, ...]:
    lot = store.lot(code)
    if lot is None:
        return ()
    devices = [device for one in lot.devices if (device := store.device(one)) is not None]
    return (Visit(_donor(lot.donor, store), _given(devices, store), lot.refused, 0, lot.on),)


def _of_offer(code: str, store: PointStore) -> tuple[Visit, ...]:
    offer = store.offer(code)
    if offer is None:
        return ()
    brought = (row.event for row in store.timeline(code))
    codes = dict.fromkeys(e.header.subject for e in brought if e.header.subject.isdigit())
    devices = [device for one in codes if (device := store.device(one)) is not None]
    expected = max(offer.wanted - offer.received, 0) if offer.is_open else 0
    return (Visit(_donor(offer.donor, store), _given(devices, store), 0, expected),)


def _of_devices(codes: Iterable[str], store: PointStore) -> tuple[Visit, ...]:
    devices = [device for code in codes if (device := store.device(code)) is not None]
    if not devices:
        return ()
    return (Visit(_donor(devices[0].donor, store), _given(devices, store)),)


def _given(devices: Iterable[Device], store: PointStore) -> tuple[Given, ...]:
    return tuple(Given(device, _level(store, device)) for device in devices)


def _level(store: PointStore, device: Device) -> str | None:
    case: Case | None = store.case(device.case) if device.case else None
    return case.level if case else None


def _refused(lot: str, store: PointStore) -> int:
    known = store.lot(lot)
    return known.refused if known else 0


def _donor(row: bytes | None, store: PointStore) -> Donor:
    content = store.content(row) if row else None
    return content if isinstance(content, Donor) else Donor(name="")
