"""For which level of school the ready devices suffice, by what is known of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from station.case import Case
from station.device import Device
from station.matching import Level, LevelNeed, suggestions
from station.reference import Reference

Needs = Mapping[str, LevelNeed]  # by the id of the level, the least demanding first
ENOUGH = frozenset({Level.ENOUGH, Level.OWN_KIND})


def suited(
    devices: Iterable[Device], needs: Needs, reference: Reference, today: date
) -> tuple[tuple[str, int], ...]:
    """How many suffice for each level; one that suffices for more counts for each of them."""
    known = tuple(devices)
    found = ((level, _enough(level, known, needs, reference, today)) for level in needs)
    return tuple((level, count) for level, count in found if count)


def _enough(
    level: str, devices: tuple[Device, ...], needs: Needs, reference: Reference, today: date
) -> int:
    anybody = Case(code="", level=level)
    return sum(
        one.level in ENOUGH for one in suggestions(anybody, devices, needs, reference, today)
    )


@cache
def needs_of_the_day() -> Needs:
    """What the judging policy asks of a computer for lessons, by level."""
    from diagnostics.judge.policy import load  # noqa: PLC0415 -- not before the first glance

    return {
        level: LevelNeed(rule.memory_least_mib, rule.memory_good_mib, rule.disk_least_gb)
        for level, rule in load().lessons.items()
    }
