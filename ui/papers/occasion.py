"""Where and when a paper's matter happened and under whose hand: what heads every paper."""

from datetime import date, time

from msgspec import Struct, structs

from station import events as e
from station.ledger import Moment
from station.operators import Operator, Role
from station.paper_facts import PaperFacts
from station.ports import Store
from station.printed import Party
from ui.papers.words import fact_words


class Occasion(Struct, frozen=True):
    """An act that was recorded, or the making of the paper itself."""

    station: int
    day: date
    hour: time | None  # None: not known, as when it is entered later from paper
    by: str  # the operator's opaque id


def occasion_of(event: e.Event) -> Occasion:
    """The act that an event records."""
    header = event.header
    by = event.said.by if event.said else ""
    if header.occurred is None:
        return Occasion(header.chain.station, header.day, _to_the_minute(header.at.time()), by)
    minute = header.occurred.minute
    hour = time(*divmod(minute, 60)) if minute is not None else None
    return Occasion(header.chain.station, header.day, hour, by)


def occasion_now(store: Store, by: Operator, when: Moment) -> Occasion:
    """The making of a paper that is about no single act."""
    hour = None if when.occurred else _to_the_minute(when.at.time())
    return Occasion(store.standing().chain.station, when.day, hour, by.id)


def heading(store: Store, occasion: Occasion, subject: str = "") -> PaperFacts:
    """What every paper begins with."""
    reference, day = store.reference, occasion.day
    point = reference.point(occasion.station, day)
    return PaperFacts(
        letterhead=reference.letterhead(point.organisation, day),
        programme=reference.programme.name(),
        day=day,
        hour=occasion.hour,
        point=point.word(),
        place=fact_words().place.format(point=point.word(), unit=_unit(store, occasion)),
        subject=subject,
    )


def slip_heading(store: Store, occasion: Occasion, subject: str) -> PaperFacts:
    """The same for a slip, which names the point before the place."""
    return structs.replace(heading(store, occasion, subject), place=_unit(store, occasion))


def point_party(store: Store, occasion: Occasion) -> Party:
    """The point's organisation, and who acted there."""
    reference = store.reference
    point = reference.point(occasion.station, occasion.day)
    organisation = reference.organisation(point.organisation, occasion.day).word()
    operator = next((known for known in store.operators() if known.id == occasion.by), None)
    if operator is None:
        return Party(organisation=organisation)
    return Party(organisation, operator.name, fact_words().titles[operator.role])


def signatory(store: Store, occasion: Occasion) -> Party:
    """Who signs for the point: its lead, by name where the lead makes the paper."""
    party, title = point_party(store, occasion), fact_words().titles[Role.LEAD]
    return party if party.title == title else Party(party.organisation, title=title)


def operator_names(store: Store) -> dict[str, str]:
    """Who is meant by each opaque id."""
    return {known.id: known.name for known in store.operators()}


def _unit(store: Store, occasion: Occasion) -> str:
    """Where the point lies."""
    reference, day = store.reference, occasion.day
    return in_a_sentence(reference.unit(reference.point(occasion.station, day).unit, day).full_name)


def in_a_sentence(unit: str) -> str:
    """Thị trấn becomes thị trấn, Phường 3 stays: as the decree's annex on capitals has it."""
    return unit if unit[-1:].isdigit() else unit[:1].lower() + unit[1:]


def _to_the_minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)
