"""Nhãn: labels are noted, codes set aside for printing, chargers and shelves get their own.

A code that is set aside is taken from the point's ordinary numbers, so it is given out once,
however the store is restored; it comes into use when something is received under it.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import BadCode, CodeKind, make, parse
from station.duties import require_duty
from station.fold import POINT
from station.labelled import SHELF, ItemRole
from station.ledger import Moment
from station.notes import kept_note
from station.operators import Operator
from station.ports import Store, Work
from station.reference import Table
from station.text import clean

MOST_AT_ONCE: Final = 5_000  # codes set aside in one go
LONGEST_NAME: Final = 60  # characters on a label
SET_ASIDE: Final = (CodeKind.DEVICE, CodeKind.LOT, CodeKind.PART)


class ReserveCodes(Struct, frozen=True, kw_only=True):
    """Codes for blank labels or forms, printed before what they will stand on comes."""

    of: CodeKind
    count: int
    purpose: str


class LabelItem(Struct, frozen=True, kw_only=True):
    """A label for something smaller than a device, or for a shelf."""

    role: ItemRole
    item: str = SHELF  # a kit item, a part
    device: str | None = None  # whose it is
    name: str = ""
    code: str | None = None  # of a label that was printed before; None: the next one


class PairItem(Struct, frozen=True, kw_only=True):
    """Scan the charger, scan the device; None: it is nobody's."""

    item: str
    device: str | None


class PutOnShelf(Struct, frozen=True, kw_only=True):
    """Scan the shelf, scan the device."""

    device: str
    shelf: str


def reserve_codes(
    command: ReserveCodes, store: Store, by: Operator, when: Moment
) -> tuple[str, ...]:
    """Set codes aside; they are never given out again."""
    require_duty(by, e.CodesReserved)
    guards.guard_count(command.count, least=1, most=MOST_AT_ONCE)
    if command.of not in SET_ASIDE:
        raise refusals.NotSetAside(command.of)
    with store.transaction(by, when) as work:
        purpose = work.reference.entry(Table.CODE_PURPOSES, command.purpose).id
        first = work.free_numbers(command.of, command.count)
        said = e.CodesReserved(of=command.of, first=first, count=command.count, purpose=purpose)
        work.record(f"{POINT}{work.station:03d}", said)
        numbers = range(first, first + command.count)
        return tuple(make(command.of, work.station, number) for number in numbers)


def record_label(
    code: str, store: Store, by: Operator, when: Moment, *, stock: str = "50x30"
) -> e.Event:
    """Record that a label went out or was written; every further one of the same is a reprint."""
    with store.transaction(by, when) as work:
        return _record_label(work, code, stock)


def record_labels(
    codes: Iterable[str], store: Store, by: Operator, when: Moment, *, stock: str = "50x30"
) -> tuple[e.Event, ...]:
    """Record what left the printer together. Of a lot, or a blank label, nothing is noted."""
    with store.transaction(by, when) as work:
        noted: list[e.Event] = []
        for code in codes:
            with suppress(refusals.UnknownDevice, refusals.UnknownItem):
                noted.append(_record_label(work, code, stock))
        return tuple(noted)


def label_item(command: LabelItem, store: Store, by: Operator, when: Moment) -> e.Event:
    """Give something a label of its own, and say whose it is."""
    require_duty(by, e.ItemLabelled)
    with store.transaction(by, when) as work:
        guards.guard_item(work.reference, command.role, command.item)
        name = clean(command.name, LONGEST_NAME)
        if command.role is ItemRole.SHELF:
            _guard_shelf(command, name)
        if command.device is not None:
            work.device(command.device).require(e.ItemLabelled)
        said = e.ItemLabelled(
            item=command.item,
            role=command.role,
            device=command.device,
            name=kept_note(work, name),
            preprinted=command.code is not None,
        )
        return work.record(guards.code_for(work, CodeKind.PART, command.code), said)


def pair_item(command: PairItem, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record whose a labelled thing is from now on."""
    require_duty(by, e.ItemPaired)
    with store.transaction(by, when) as work:
        item = work.labelled(command.item)
        if item.role is ItemRole.SHELF:
            raise refusals.ShelfOfNoDevice(item.code)
        if item.device == command.device:
            raise refusals.PairedAlready(item.code, item.device)
        if command.device is not None:
            work.device(command.device).require(e.ItemPaired)
        return work.record(item.code, e.ItemPaired(device=command.device, before=item.device))


def put_on_shelf(command: PutOnShelf, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record where a device lies."""
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.PutOnShelf)
        shelf = work.labelled(command.shelf)
        if shelf.role is not ItemRole.SHELF:
            raise refusals.NotAShelf(shelf.code)
        return work.record(device.code, e.PutOnShelf(shelf=shelf.code))


def _guard_shelf(command: LabelItem, name: str) -> None:
    if not name:
        raise refusals.ShelfWithoutName
    if command.device is not None:
        raise refusals.ShelfOfNoDevice(command.device)


def _record_label(work: Work, code: str, stock: str) -> e.Event:
    known = work.labelled(code) if _kind(code) is CodeKind.PART else work.device(code)
    return work.record(code, e.LabelPrinted(stock=stock, reprint=known.labels))


def _kind(code: str) -> CodeKind | None:
    try:
        return parse(code).kind
    except BadCode:
        return None
