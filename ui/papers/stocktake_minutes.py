"""Biên bản kiểm kê: what was counted since a day against what the books show."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct, structs

from station import events as e
from station.device import Device, Stage
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import DeviceLine, ItemLine, PaperFacts
from station.parts import Parts
from station.ports import DeviceFilter, Store
from station.reference import Reference, Table
from ui.papers import device_lines
from ui.papers.history import history
from ui.papers.occasion import heading, occasion_now, point_party
from ui.papers.words import fact_words, word

HERE = (Stage.RECEIVED, Stage.ON_BENCH, Stage.READY, Stage.RESERVED, Stage.IN_REPAIR_FOR_PUPIL)
AT_ONCE = 1_000


class _Seen(Struct, frozen=True):
    """A device, whether the books keep it here, and what the stocktake says of it."""

    device: Device
    on_books: bool
    found: bool | None  # None: not counted


def stocktake_minutes(store: Store, since: date, by: Operator, when: Moment) -> PaperFacts:
    """Devices kind by kind and counted parts; what is missing, surplus or not counted by name."""
    occasion, reference = occasion_now(store, by, when), store.reference
    subjects = store.counted_since(since)
    seen = tuple(_devices(store, subjects, f"{POINT}{occasion.station:03d}"))
    return structs.replace(
        heading(store, occasion),
        operator=point_party(store, occasion),
        began=since,
        ended=occasion.day if occasion.day != since else None,
        items=(*_kinds(seen, reference), *_parts(store, subjects)),
        devices=tuple(_doubtful(seen, reference)),
    )


def _devices(store: Store, subjects: Iterable[str], point: str) -> Iterator[_Seen]:
    """The devices that the books keep here, then those that were found besides."""
    counted = {code: _found(store, code) for code in subjects if code.isdigit()}
    for device in _on_books(store, point):
        yield _Seen(device, True, counted.pop(device.code, None))
    for code, found in counted.items():
        besides = store.device(code)
        if besides is not None and found:
            yield _Seen(besides, False, found)


def _on_books(store: Store, point: str) -> Iterator[Device]:
    before: int | None = None
    while rows := store.devices(DeviceFilter(stages=HERE), before=before, limit=AT_ONCE):
        yield from (row.device for row in rows if row.device.place == point)
        before = rows[-1].position


def _found(store: Store, code: str) -> bool | None:
    counted = history(store, code).last(e.Counted)
    return counted.said.found if counted else None


def _kinds(seen: Iterable[_Seen], reference: Reference) -> Iterator[ItemLine]:
    by_kind: dict[str, list[_Seen]] = {kind: [] for kind in reference.tables.kinds}
    for one in seen:
        by_kind.setdefault(one.device.kind, []).append(one)
    for kind, own in by_kind.items():
        if own:
            yield _kind(word(reference, Table.KINDS, kind), own)


def _kind(name: str, seen: list[_Seen]) -> ItemLine:
    words = fact_words()
    uncounted = sum(one.found is None for one in seen)
    return ItemLine(
        name=name,
        unit=words.device_unit,
        on_books=sum(one.on_books for one in seen),
        found=None if uncounted == len(seen) else sum(one.found is True for one in seen),
        missing=None if uncounted == len(seen) else sum(one.found is False for one in seen),
        extra=sum(not one.on_books for one in seen),
        remark=words.uncounted.format(count=uncounted) if uncounted else "",
    )


def _doubtful(seen: Iterable[_Seen], reference: Reference) -> Iterator[DeviceLine]:
    """Each device of which the stocktake and the books do not say the same."""
    words = fact_words()
    for one in seen:
        match one.found, one.on_books:
            case True, True:
                continue
            case True, False:
                said, reason = words.extra, words.not_on_books
            case False, _:
                said, reason = words.missing, words.not_found
            case _:
                said, reason = words.not_counted, ""
        line = device_lines.named_line(one.device, reference)
        serial = one.device.serial or ""
        yield structs.replace(line, serial=serial, condition=said, reason=reason)


def _parts(store: Store, subjects: Iterable[str]) -> Iterator[ItemLine]:
    counted = frozenset(subjects)
    for parts in store.parts():
        if parts.item in counted:
            yield _counted_part(store, parts)
        elif parts.quantity:
            line = _part(store, parts.item, parts.quantity)
            yield structs.replace(line, remark=fact_words().not_counted)


def _counted_part(store: Store, parts: Parts) -> ItemLine:
    """What the books showed the moment before it was counted."""
    told = history(store, parts.item)
    act = told.need(e.Counted)
    before = told.before(act.at)
    on_books = before.quantity if isinstance(before, Parts) else 0
    found = act.said.quantity or 0
    return structs.replace(
        _part(store, parts.item, on_books),
        found=found,
        missing=max(on_books - found, 0),
        extra=max(found - on_books, 0),
    )


def _part(store: Store, item: str, on_books: int) -> ItemLine:
    name = word(store.reference, Table.PARTS, item)
    return ItemLine(name=name, unit=fact_words().part_unit, on_books=on_books)
