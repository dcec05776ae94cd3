"""A pupil, a case and a school in one line."""

from datetime import date

from station.codes import grouped
from station.people import Pupil
from station.reference import OrganisationKind, Reference, UnknownReference
from station.words import _
from ui.giving.handover_lists import CaseLine, GivenLine, Origin
from ui.theme import Tone


def school_word(school: str | None, reference: Reference, on: date) -> str:
    """A school's short name, as it fits a table."""
    if school is None:
        return ""
    try:
        return reference.organisation(school, on).short
    except UnknownReference:
        return school


def schools(reference: Reference, on: date, level: str | None = None) -> list[tuple[str, str]]:
    """The schools of that day with their short names; of one level, when it is known."""
    known = reference.organisations(OrganisationKind.SCHOOL, on)
    return [(o.id, o.short) for o in known if level is None or o.level in (level, None)]


def pupil_word(pupil: Pupil) -> str:
    """The pupil's name, or that it is no longer kept."""
    return pupil.name or _("name no longer kept")


def named_pupil(line: CaseLine | GivenLine) -> str:
    """The same, also where a case came without the pupil's name."""
    return _("name not here") if line.case.pupil is None else pupil_word(line.pupil)


def pupil_line(line: CaseLine | GivenLine, reference: Reference, on: date) -> str:
    """Name, class and school: "Trần Văn An · 4A2 · TH Gò Dầu"."""
    school = school_word(line.case.school, reference, on)
    named = (named_pupil(line), line.pupil.school_class, school)
    return " · ".join(part for part in named if part)


def case_word(line: CaseLine | GivenLine) -> str:
    """The case's code as people read it."""
    return grouped(line.case.code)


def origin_word(line: CaseLine) -> str:
    """Where a waiting case comes from."""
    return _("the Department") if line.origin is Origin.DEPARTMENT else _("by hand")


def origin_tone(line: CaseLine) -> Tone:
    """What the Department gave was approved."""
    return Tone.OK if line.origin is Origin.DEPARTMENT else Tone.UNKNOWN
