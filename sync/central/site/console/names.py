"""What coded things are called on a page, as of today; what nobody knows keeps its code."""

from functools import cached_property
from typing import Any

from station.reference import (
    Organisation,
    OrganisationKind,
    Point,
    Reference,
    Table,
    Unit,
    UnknownReference,
)
from station.text import fold
from station.words import _, _n, language
from sync.central.programme.communes import communes
from sync.central.site.visiting import Visit

DAY_S = 86_400


class Names:
    """The programme's words for one page."""

    def __init__(self, visit: Visit[Any]) -> None:
        self._reference: Reference = visit.reference
        self._today, self._now_s = visit.today, visit.now_s

    # ---- places and bodies ----

    @cached_property
    def points(self) -> dict[int, Point]:
        """Every point there is today."""
        return {point.number: point for point in self._reference.points(self._today)}

    @cached_property
    def schools(self) -> dict[str, Organisation]:
        """Every school there is today."""
        found = self._reference.organisations(OrganisationKind.SCHOOL, self._today)
        return {school.id: school for school in found}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Every commune that there is today."""
        return {unit.code: unit for unit in communes(self._reference, self._today)}

    def point(self, number: int | None) -> str:
        """A point with its number."""
        if number is None:
            return ""
        point = self.points.get(number)
        return f"{number:03d}" if point is None else f"{number:03d} · {point.word(language())}"

    def school(self, id_: str | None) -> str:
        """A school."""
        if not id_:
            return _("not one of the list")
        school = self.schools.get(id_)
        return id_ if school is None else school.word(language())

    def unit(self, code: str | None) -> str:
        """A commune."""
        if not code:
            return ""
        unit = self.units.get(code)
        return code if unit is None else unit.full_name

    # ---- coded words ----

    def level(self, id_: str | None) -> str:
        """A level of schools."""
        return self._word(Table.LEVELS, id_)

    def kind(self, id_: str | None) -> str:
        """A kind of device."""
        return self._word(Table.KINDS, id_)

    def reason(self, id_: str | None) -> str:
        """Why something was decided."""
        return self._word(Table.REASONS, id_)

    def relation(self, id_: str | None) -> str:
        """What somebody is to a pupil."""
        return self._word(Table.RELATIONS, id_)

    def part(self, id_: str | None) -> str:
        """A part of the day."""
        return self._word(Table.DAY_PARTS, id_)

    def decision(self, id_: str | None) -> str:
        """What was decided about records that cannot both be."""
        return self._word(Table.DECISIONS, id_)

    # ---- time ----

    def age(self, since_s: int | None) -> str:
        """How long something waits, in days."""
        if since_s is None:
            return ""
        days = max(0, (self._now_s - since_s) // DAY_S)
        if not days:
            return _("today")
        return _n("{count} day", "{count} days", days).format(count=days)

    def day(self, seconds: int | None) -> str:
        """The local day of a moment."""
        if seconds is None:
            return ""
        return f"{self._reference.programme.day(seconds):%d/%m/%Y}"

    def _word(self, table: Table, id_: str | None) -> str:
        if not id_:
            return ""
        try:
            return self._reference.word(table, id_, language())
        except UnknownReference:
            return id_

    # ---- choices ----

    @property
    def point_choice(self) -> list[tuple[str, str]]:
        """Points to choose from."""
        return [(str(number), self.point(number)) for number in sorted(self.points)]

    @property
    def school_choice(self) -> list[tuple[str, str]]:
        """Schools to choose from."""
        return _sorted({id_: self.school(id_) for id_ in self.schools})

    @property
    def unit_choice(self) -> list[tuple[str, str]]:
        """Communes to choose from."""
        return _sorted({code: self.unit(code) for code in self.units})


def _sorted(words: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(words.items(), key=lambda one: fold(one[1]))
