"""The points, as a donor finds them: where each lies, when it is open, how to ring."""

from msgspec import Struct

from station.reference import Point, Reference, UnknownReference
from station.words import language
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere


class Place(Struct, frozen=True):
    """One point in words."""

    name: str
    agency: str
    address: str
    hours: str
    phone: str


@shows("GET", "/diem-tiep-nhan")
def places(visit: Visit[Nowhere]) -> Shown:
    """Show every point of today."""
    points = sorted(visit.reference.points(visit.today), key=lambda point: point.number)
    told = [_told(visit, point) for point in points]
    return Page("places.html", {"places": told})


def _told(visit: Visit[Nowhere], point: Point) -> Place:
    spoken = language()
    name = point.word(spoken)
    try:
        agency = visit.reference.organisation(point.organisation, visit.today).word(spoken)
    except UnknownReference:
        agency = name
    where = (point.address, _commune(visit.reference, visit, point))
    hours = point.hours_vi if spoken == "vi" else point.hours_en or point.hours_vi
    return Place(name, agency, ", ".join(filter(None, where)), hours, point.phone)


def _commune(reference: Reference, visit: Visit[Nowhere], point: Point) -> str:
    try:
        return reference.unit(point.unit, visit.today).full_name
    except UnknownReference:
        return ""


VIEWS = (places,)
