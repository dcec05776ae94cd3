"""Biên bản loại bỏ, biên bản giao chất thải điện tử: devices that will not be given to anybody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from station import events as e
from station.codes import grouped
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import DeviceLine, ItemLine, PaperFacts
from station.ports import Store
from station.printed import Party
from station.reference import Reference, Table
from ui.papers import device_lines, persons
from ui.papers.disks import data_is_gone, disk_lines, disks_in_short
from ui.papers.history import Happened, History, NothingToSay, history
from ui.papers.notes import note
from ui.papers.occasion import Occasion, heading, occasion_now, occasion_of, point_party
from ui.papers.part_lines import part_line
from ui.papers.together import left_together
from ui.papers.words import fact_words, word


def disposal_minutes(
    store: Store, devices: Sequence[str], by: Operator, when: Moment
) -> PaperFacts:
    """Retired devices, why each is written off, and what became of its data.

    Raises NothingToSay for one that was not retired.
    """
    told = _histories(store, devices)
    subject = devices[0] if len(devices) == 1 else ""
    return _minutes(
        store,
        told,
        occasion_now(store, by, when),
        subject,
        items=tuple(line for one in told for line in _kept_parts(one, store.reference)),
        disks=tuple(line for one in told for line in disk_lines(store, one, one.device())),
    )


def e_waste_minutes(store: Store, code: str) -> PaperFacts:
    """What was given together to somebody who handles electronic waste; raises NothingToSay."""
    devices, subject = left_together(store, code, e.WasteGiven)
    told = _histories(store, devices)
    act = told[0].need(e.WasteGiven)
    return _minutes(
        store,
        told,
        occasion_of(act.row.event),
        subject,
        receiver=_recycler(store, act),
        items=_kinds(told, store.reference),
        data_gone=all(data_is_gone(one.device(), store.reference) for one in told),
    )


def _histories(store: Store, devices: Sequence[str]) -> tuple[History, ...]:
    if not devices:
        raise NothingToSay("")
    return tuple(history(store, code) for code in devices)


def _minutes(
    store: Store, told: Sequence[History], occasion: Occasion, subject: str, **more: Any
) -> PaperFacts:
    retired = [(one, one.device(one.need(e.Retired).at)) for one in told]
    return structs.replace(
        heading(store, occasion, subject),
        giver=point_party(store, occasion),
        devices=tuple(_line(store, *one) for one in retired),
        **more,
    )


def _line(store: Store, told: History, device: Device) -> DeviceLine:
    reference = store.reference
    return device_lines.device_line(
        device,
        reference,
        reason=word(reference, Table.REASONS, told.need(e.Retired).said.reason),
        remark=note(store, told.need(e.Retired).said),
        data=disks_in_short(told.device(), reference),
    )


def _kinds(told: Sequence[History], reference: Reference) -> tuple[ItemLine, ...]:
    """How many there are of each kind."""
    numbers = Counter(one.device().kind for one in told)
    unit = fact_words().device_unit
    return tuple(
        ItemLine(name=word(reference, Table.KINDS, kind), unit=unit, quantity=number)
        for kind, number in numbers.items()
    )


def _kept_parts(told: History, reference: Reference) -> Iterator[ItemLine]:
    """What was taken out of it to mend others, before it was retired or since."""
    for one in told.all(e.PartTaken):
        yield part_line(one.said.item, grouped(told.code), reference)


def _recycler(store: Store, act: Happened[e.WasteGiven]) -> Party:
    who = persons.donor(store, act.said.receiver.id if act.said.receiver else None)
    return persons.donor_party(who, with_address=who is not None and who.organisation)
