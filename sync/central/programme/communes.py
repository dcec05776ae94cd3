"""The communes of the programme's province on a day."""

from datetime import date

from station.reference import Reference, Unit

COMMUNES = frozenset({"commune", "ward", "township"})


def communes(reference: Reference, on: date) -> tuple[Unit, ...]:
    """Every commune, right under the province or under one of its districts."""
    found: list[Unit] = []
    for province in reference.children("", on):
        for unit in reference.children(province.code, on):
            if unit.kind in COMMUNES:
                found.append(unit)
            else:
                found.extend(reference.children(unit.code, on))
    return tuple(found)
