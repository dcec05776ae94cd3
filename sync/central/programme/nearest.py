"""Which point is nearest to a commune: what an official said, else what lies in the same place."""

from collections.abc import Mapping
from datetime import date

from station.reference import Organisation, OrganisationKind, Point, Reference, UnknownReference
from station.report import old_district


def nearest(
    reference: Reference, rules: Mapping[str, int], unit: str | None, day: date
) -> int | None:
    """The point's number; None where an official must say.

    `rules` are those of `point_rules.rules`: point by commune. Without one: a point in the commune,
    else one in the district that the commune, or one of the same code, lay in until 2025.
    """
    if unit is None:
        return None
    points = sorted(reference.points(day), key=lambda point: point.number)
    if unit in rules and any(point.number == rules[unit] for point in points):
        return rules[unit]
    here = [point for point in points if point.unit == unit]
    district = old_district(unit, day, reference)
    around = [p for p in points if district and old_district(p.unit, day, reference) == district]
    found = next(iter((*here, *around)), None)
    return found.number if found else None


def of_department(reference: Reference, day: date) -> int | None:
    """The point that the Department itself keeps."""
    found = (p.number for p in reference.points(day) if _is_departments(reference, p, day))
    return min(found, default=None)


def _is_departments(reference: Reference, point: Point, day: date) -> bool:
    try:
        found: Organisation = reference.organisation(point.organisation, day)
    except UnknownReference:
        return False
    return found.kind is OrganisationKind.DEPARTMENT
