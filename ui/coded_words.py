"""What people read for coded things: stages, roles, outcomes and the entries of the tables."""

from collections.abc import Iterable
from datetime import date

from station import words
from station.checks import Outcome
from station.device import Stage
from station.operators import Role
from station.reference import Reference, Table, UnknownReference
from station.words import _, _c
from ui.theme import Tone


def coded(table: Table, id_: str, reference: Reference) -> str:
    """Word an entry of a coded table; an id that a newer version wrote stands for itself."""
    try:
        return reference.word(table, id_, words.language())
    except UnknownReference:
        return id_


def listed(named: Iterable[str]) -> str:
    """Join words as a list in a sentence."""
    return ", ".join(named)


def place_word(place: str, reference: Reference, on: date) -> str:
    """Name where a device is kept; "" is on the way."""
    if not place:
        return _("on the way")
    try:
        return reference.place(place, on).word(words.language())
    except UnknownReference:
        return place


def stage_word(stage: Stage) -> str:
    """Name where a device stands on its way."""
    return {
        Stage.RECEIVED: _c("stage", "Received"),
        Stage.ON_BENCH: _c("stage", "On the bench"),
        Stage.READY: _c("stage", "Ready to give"),
        Stage.RESERVED: _c("stage", "Kept for a pupil"),
        Stage.WITH_SCHOOL: _c("stage", "With the school"),
        Stage.HANDED_OVER: _c("stage", "Handed over"),
        Stage.IN_REPAIR_FOR_PUPIL: _c("stage", "In repair for its pupil"),
        Stage.IN_TRANSIT: _c("stage", "On the way"),
        Stage.RETIRED: _c("stage", "Retired"),
    }[stage]


def stage_tone(stage: Stage) -> Tone:
    """How a stage looks in a list: green is given or ready, amber waits for somebody."""
    if stage in {Stage.READY, Stage.RESERVED, Stage.HANDED_OVER}:
        return Tone.OK
    if stage in {Stage.ON_BENCH, Stage.IN_REPAIR_FOR_PUPIL, Stage.WITH_SCHOOL}:
        return Tone.WARN
    return Tone.UNKNOWN


def role_word(role: Role) -> str:
    """Name what a person answers for."""
    return {
        Role.INTAKE: _c("role", "Intake clerk"),
        Role.BENCH: _c("role", "Technician"),
        Role.HANDOVER: _c("role", "Handover clerk"),
        Role.LEAD: _c("role", "Head of the point"),
    }[role]


def outcome_word(outcome: Outcome) -> str:
    """Name a verdict, as it stands in a chip."""
    return {
        Outcome.PASS: _c("outcome", "Passed"),
        Outcome.WARN: _c("outcome", "Take note"),
        Outcome.FAIL: _c("outcome", "Failed"),
        Outcome.UNKNOWN: _c("outcome", "No answer"),
        Outcome.NOT_APPLICABLE: _c("outcome", "Does not apply"),
    }[outcome]


def outcome_tone(outcome: Outcome) -> Tone:
    """How a verdict looks."""
    return {
        Outcome.PASS: Tone.OK,
        Outcome.WARN: Tone.WARN,
        Outcome.FAIL: Tone.FAIL,
        Outcome.UNKNOWN: Tone.UNKNOWN,
        Outcome.NOT_APPLICABLE: Tone.UNKNOWN,
    }[outcome]
