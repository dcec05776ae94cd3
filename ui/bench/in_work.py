"""What the bench has in work: each device with its column, its next step and who works at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from station.device import Device, Stage
from station.ledger import Moment
from station.ports import PointStore
from station.reference import Reference, UnknownReference
from station.release import GRADE, gate
from station.words import _
from ui.desk import Question
from ui.gate_words import next_step
from ui.theme import Tone

STAGES = (Stage.RECEIVED, Stage.ON_BENCH, Stage.IN_REPAIR_FOR_PUPIL)
MOST = 1_000  # a bench with more has another problem than this page


class Place(StrEnum):
    """The columns of the board, in the order of the work."""

    WAITING = "waiting"
    IN_WORK = "in_work"
    HELD = "held"
    FOR_PUPIL = "for_pupil"
    NEARLY = "nearly"  # all that is left is the grade, or to make it ready


@dataclass(frozen=True)
class BenchLine:
    """One device as the board and the list tell it."""

    device: Device
    place: Place
    tone: Tone
    step: str
    technician: str = ""  # the name; "" where nobody took it


@dataclass(frozen=True)
class InWork:
    """The devices of the bench at one moment, the longest in their stage first."""

    lines: tuple[BenchLine, ...]
    cut: bool  # there are more


def ask_in_work(when: Moment) -> Question[InWork]:
    """Read every device that waits or is worked at, judged by the rules of that day."""
    return partial(_in_work, when=when)


def _in_work(store: PointStore, *, when: Moment) -> InWork:
    found = store.longest_waiting(STAGES, MOST + 1)
    names = {known.id: known.name for known in store.operators()}
    lines = tuple(line_of(device, store.reference, when, names) for device in found[:MOST])
    return InWork(lines, cut=len(found) > MOST)


def line_of(
    device: Device, reference: Reference, when: Moment, names: Mapping[str, str]
) -> BenchLine:
    """Where a device stands on the board and what is next for it."""
    tone, step = next_step(device, reference, when)
    technician = names.get(device.technician or "", "")
    return BenchLine(device, _place(device, reference, when), tone, step, technician)


def _place(device: Device, reference: Reference, when: Moment) -> Place:
    if device.hold:
        return Place.HELD
    if device.stage is Stage.RECEIVED:
        return Place.WAITING
    if device.stage is Stage.IN_REPAIR_FOR_PUPIL:
        return Place.FOR_PUPIL
    try:
        left = set(gate(device, reference, when).open) - {GRADE}
    except UnknownReference:  # a kind of device that a newer version knows
        return Place.IN_WORK
    return Place.IN_WORK if left else Place.NEARLY


def place_words(place: Place) -> str:
    """The head of a column."""
    return {
        Place.WAITING: _("Waiting for the bench"),
        Place.IN_WORK: _("On the bench"),
        Place.HELD: _("On hold"),
        Place.FOR_PUPIL: _("Pupils' repairs"),
        Place.NEARLY: _("Grade, make ready"),
    }[place]


def empty_words(place: Place) -> str:
    """What an empty column says."""
    return {
        Place.WAITING: _("Devices come here from intake."),
        Place.IN_WORK: _("Take one from the left with the space bar, or scan it."),
        Place.HELD: _("Nothing waits for a part or a call."),
        Place.FOR_PUPIL: _("No pupil's device is here for repair."),
        Place.NEARLY: _("What only lacks its grade comes here."),
    }[place]
