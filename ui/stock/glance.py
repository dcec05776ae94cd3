"""What stands around the table of devices: how many there are, and whose they were."""

from collections.abc import Iterator

from msgspec import Struct, structs

from station.people import Donor
from station.ports import DeviceFilter, FoundPerson, PointStore, StageCount
from station.text import fold

SHORTEST_NAME = 2  # letters; less finds everybody
MOST_DONORS = 4


class DonorHit(Struct, frozen=True):
    """A donor found by name or phone, over all their visits."""

    name: str
    visits: tuple[bytes, ...]  # people rows
    devices: int


class StockGlance(Struct, frozen=True):
    """What depends on the filter."""

    devices: int
    donors: tuple[DonorHit, ...]


def glance(wanted: DeviceFilter, store: PointStore) -> StockGlance:
    """Count what the filter lets through, and find donors by its text."""
    donors = tuple(_donors(wanted.text, store)) if len(wanted.text) >= SHORTEST_NAME else ()
    return StockGlance(store.count_devices(wanted), donors)


def count_stages(store: PointStore) -> tuple[StageCount, ...]:
    """Count the devices of every stage, whatever is searched for."""
    return store.stage_counts()


def _donors(text: str, store: PointStore) -> Iterator[DonorHit]:
    visits: dict[tuple[str, str], list[FoundPerson]] = {}
    for person in store.find_people(text):
        if isinstance(person.content, Donor):
            visits.setdefault(_who(person.content), []).append(person)
    for people in list(visits.values())[:MOST_DONORS]:
        yield _hit(people, store)


def _who(donor: Donor) -> tuple[str, str]:
    """The same name and phone are the same donor on another visit."""
    return fold(donor.name), "".join(filter(str.isdigit, donor.phone))


def _hit(people: list[FoundPerson], store: PointStore) -> DonorHit:
    rows = tuple(person.id for person in people)
    name = people[0].content.name if isinstance(people[0].content, Donor) else ""
    return DonorHit(name, rows, store.count_devices(DeviceFilter(donors=rows)))


def together(donors: tuple[DonorHit, ...]) -> DonorHit:
    """Several donors of one name as if they were one."""
    return DonorHit(
        name=", ".join(donor.name for donor in donors),
        visits=tuple(visit for donor in donors for visit in donor.visits),
        devices=sum(donor.devices for donor in donors),
    )


def of_donor(wanted: DeviceFilter, donor: DonorHit) -> DeviceFilter:
    """The filter that shows this donor's devices instead of what the text matches."""
    return structs.replace(wanted, text="", donors=donor.visits)
