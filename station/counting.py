"""What a device adds to the programme's figures: the day, the point, and one count a move.

Every figure is a sum of counts: of a period, the counts of its days; what there is at the end of a
day, all counts up to it. So a report never asks how a device stands now, and what is entered late
or corrected moves the days it is about. Points and service count with these functions alone.

Always, over any set of devices, at each point, over any stretch of days that begins with the
programme:

    received + arrived + returned = given + retired + sent + in_work + ready + at_school

A direct gift is received and given on one day. Each device of a set counts. What is here for
repair stays given: it is the pupil's. What a clerk brought back from a school is in work again. A
device that another point works at, though nobody told of a journey, was sent and arrived that day.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from msgspec import Struct, structs

from station import events as e
from station.device import Stage
from station.moves import History, Move
from station.reference import Reference, UnknownReference


class Measure(StrEnum):
    """What is counted. Flows are counted once; of what there is, one comes and one goes."""

    RECEIVED = "received"  # taken in from a donor
    GIVEN = "given"  # the pupil's line is signed, or a donor gave it directly
    RETURNED = "returned"  # taken back from the pupil for good
    RETIRED = "retired"  # will not be given
    SENT = "sent"  # left for another point
    ARRIVED = "arrived"  # came from another point
    IN_WORK = "in_work"  # at the point, not ready yet
    READY = "ready"  # may be given, or is kept for somebody
    AT_SCHOOL = "at_school"  # a school has it, the pupil's line is not signed yet


FLOWS = (
    Measure.RECEIVED, Measure.GIVEN, Measure.RETURNED, Measure.RETIRED, Measure.SENT,
    Measure.ARRIVED,
)  # fmt: skip
STOCK = (Measure.IN_WORK, Measure.READY, Measure.AT_SCHOOL)


class Count(Struct, frozen=True, order=True, array_like=True):
    """So many devices, in one cell of the figures; `devices` is -1 where one goes away."""

    station: int
    day: date
    measure: Measure
    devices: int
    kind: str = ""  # of device
    donor_kind: str = ""  # organisation, person; "" = nobody said
    unit: str = ""  # commune: of the pupil where it was given, else of the point
    school: str = ""  # the pupil's
    level: str = ""  # the pupil's


class CaseFacts(Struct, frozen=True, omit_defaults=True):
    """What figures say of the pupil of a case; "" where nobody said."""

    level: str = ""
    school: str = ""
    unit: str = ""


CaseOf = Callable[[str], CaseFacts | None]
UnitOf = Callable[[int, date], str]
"""The commune in which the point of that number lies on a day; "" where nobody knows."""

NOBODY = CaseFacts()


def communes(reference: Reference) -> UnitOf:
    """Where each point lies."""

    @cache
    def commune(station: int, day: date) -> str:
        try:
            return reference.point(station, day).unit
        except UnknownReference:
            return ""

    return commune


def counted(history: History, case_of: CaseOf, unit_of: UnitOf) -> tuple[Count, ...]:
    """The counts of one device, each cell once, in order; see `station.moves.as_it_happened`."""
    sums: dict[Count, int] = {}
    of_device = _of_device(history)
    for count in _counts(history.moves, case_of, unit_of):
        cell = structs.replace(count, devices=0, **of_device)
        sums[cell] = sums.get(cell, 0) + count.devices
    return tuple(sorted(structs.replace(cell, devices=sums[cell]) for cell in sums if sums[cell]))


def _of_device(history: History) -> dict[str, str]:
    """Its kind, and who gave it, as they were last told: they were so from the beginning."""
    kind = donor_kind = ""
    for _, said in history.steps:
        match said:
            case e.Received() | e.GivenDirectly():
                kind, donor_kind = said.kind, said.donor_kind or ""
            case e.Described():
                kind = said.kind or kind
            case e.ArrivedFrom():
                kind = kind or said.kind or ""
    return {"kind": kind, "donor_kind": donor_kind}


MEASURES: Final = {
    Stage.RECEIVED: Measure.IN_WORK,
    Stage.ON_BENCH: Measure.IN_WORK,
    Stage.READY: Measure.READY,
    Stage.RESERVED: Measure.READY,
    Stage.WITH_SCHOOL: Measure.AT_SCHOOL,
    Stage.HANDED_OVER: Measure.GIVEN,
    Stage.IN_REPAIR_FOR_PUPIL: Measure.GIVEN,
    Stage.IN_TRANSIT: Measure.SENT,
    Stage.RETIRED: Measure.RETIRED,
}
"""What a device counts as in each stage; a stage that is none of STOCK is counted as it begins."""


class _Place(Struct, frozen=True):
    """What a device counts as now, and under which names it goes away from there."""

    measure: Measure
    station: int
    unit: str
    facts: CaseFacts = NOBODY  # of the pupil it was given to


def _counts(made: Sequence[Move], case_of: CaseOf, unit_of: UnitOf) -> Iterator[Count]:
    here: _Place | None = None
    for move in made:
        measure = MEASURES[move.stage]
        if here is not None and here.measure is measure and _stays(here, move):
            continue
        yield from _to_hand(here, move, unit_of)
        if measure is Measure.GIVEN:
            facts = case_of(move.case) or NOBODY if move.case else NOBODY
            here = _Place(measure, move.station, facts.unit, facts)
        else:
            here = _Place(measure, move.station, unit_of(move.station, move.day))
        yield _one(here, measure, move.day)


def _stays(here: _Place, move: Move) -> bool:
    """Whether nothing is counted anew: what is given or gone is nobody's stock."""
    return here.measure not in STOCK or here.station == move.station


def _to_hand(here: _Place | None, move: Move, unit_of: UnitOf) -> Iterator[Count]:
    """How it came to the point where it moves now, as one that is here and counts as nothing."""
    there = _Place(Measure.RECEIVED, move.station, unit_of(move.station, move.day))
    if here is None:
        came = Measure.ARRIVED if move.kind is e.ArrivedFrom else Measure.RECEIVED
        yield _one(there, came, move.day)
    elif here.measure is Measure.SENT:
        yield _one(there, Measure.ARRIVED, move.day)
    elif here.measure is Measure.GIVEN:
        yield _one(structs.replace(here, station=move.station), Measure.RETURNED, move.day)
    else:
        yield _one(here, here.measure, move.day, -1)
        if here.station != move.station:
            left = structs.replace(here, unit=unit_of(here.station, move.day))
            yield _one(left, Measure.SENT, move.day)
            yield _one(there, Measure.ARRIVED, move.day)


def _one(place: _Place, measure: Measure, day: date, devices: int = 1) -> Count:
    facts = place.facts
    return Count(
        station=place.station,
        day=day,
        measure=measure,
        devices=devices,
        unit=place.unit,
        school=facts.school,
        level=facts.level,
    )
