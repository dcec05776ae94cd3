"""What a person adds when a paper is made: no act records it, and an office asks for it."""

from datetime import date, time

from msgspec import Struct, structs

from station.paper_facts import Decision, DeviceLine, ItemLine, MemberLine, PaperFacts
from station.people import Donor
from station.printed import Party


class Extras(Struct, frozen=True, kw_only=True):
    """Each is empty where the person said nothing; what the ledger knows always stands first."""

    copies: int = 0
    place: str = ""
    decision: Decision = Decision()
    value: int | None = None  # of all together, estimated, in đồng
    values: tuple[tuple[str, int], ...] = ()  # the same of single devices, by code
    receiver: Party = Party()
    carrier: Party = Party()
    members: tuple[MemberLine, ...] = ()  # of a committee
    items: tuple[ItemLine, ...] = ()  # what goes along, or was weighed
    licence: str = ""
    packages: int | None = None
    weight: str = ""
    due: date | None = None
    due_hour: time | None = None
    ended: date | None = None  # of a warranty, an authority
    reason: str = ""
    result: str = ""
    note: str = ""
    since: date | None = None  # of a stocktake: what was counted from this day on
    donor: Donor | None = None  # of a pick-up at home: who will be visited


def with_extras(facts: PaperFacts, extras: Extras) -> PaperFacts:
    """The paper with what the person said."""
    devices = _valued(facts.devices, dict(extras.values))
    return structs.replace(
        facts,
        copies=extras.copies or facts.copies,
        place=extras.place or facts.place,
        decision=extras.decision,
        value=_sum(devices) if extras.value is None else extras.value,
        receiver=_filled(facts.receiver, extras.receiver),
        carrier=extras.carrier,
        members=extras.members,
        items=(*facts.items, *extras.items),
        licence=extras.licence,
        packages=extras.packages,
        weight=extras.weight,
        due=extras.due,
        due_hour=extras.due_hour,
        ended=facts.ended or extras.ended,
        reason=facts.reason or extras.reason,
        result=facts.result or extras.result,
        note=" ".join(filter(None, (facts.note, extras.note))),
        devices=devices,
    )


def _valued(devices: tuple[DeviceLine, ...], values: dict[str, int]) -> tuple[DeviceLine, ...]:
    return tuple(
        structs.replace(line, value=values[line.code]) if line.code in values else line
        for line in devices
    )


def _sum(devices: tuple[DeviceLine, ...]) -> int | None:
    """Of all of them, once each has a value: a part of a sum is not the sum."""
    values = [line.value for line in devices if line.value is not None]
    return sum(values) if values and len(values) == len(devices) else None


def _filled(known: Party, said: Party) -> Party:
    """Where nobody was recorded, whom the person named."""
    return Party(
        organisation=known.organisation or said.organisation,
        person=known.person or said.person,
        title=known.title or said.title,
        address=known.address or said.address,
        phone=known.phone or said.phone,
    )
