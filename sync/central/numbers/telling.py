"""What a device's events come to: its journey, its counts, and whom it concerns."""

from collections.abc import Collection, Iterator

from msgspec import Struct
from sqlalchemy import Connection

from station import events as e
from station.counting import Count, UnitOf, counted
from station.journey import Journey, told
from station.moves import History, Move, as_it_happened
from sync.central.numbers.facts import case_facts, events_of


class Told(Struct, frozen=True):
    """One device, as its events have it; `journey` is None where it was never taken in."""

    code: str
    journey: Journey | None
    counts: tuple[Count, ...]
    cases: tuple[str, ...]  # whose facts the counts hold
    moves: tuple[Move, ...]
    offer: str | None = None
    donor: bytes | None = None
    donor_of: int | None = None  # the point whose event names the donor


def devices_told(
    connection: Connection, codes: Collection[str], unit_of: UnitOf
) -> tuple[Told, ...]:
    """What these devices come to now."""
    events = events_of(connection, codes)
    histories = {code: as_it_happened(code, events.get(code, ())) for code in sorted(codes)}
    cases = {code: _cases(history.moves) for code, history in histories.items()}
    facts = case_facts(connection, {case for of_device in cases.values() for case in of_device})

    def _told() -> Iterator[Told]:
        for code, history in histories.items():
            counts = counted(history, facts.get, unit_of)
            came = _came(history)
            journey = told(code, history)
            yield Told(code, journey, counts, cases[code], tuple(history.moves), *came)

    return tuple(_told())


def _cases(made: Collection[Move]) -> tuple[str, ...]:
    return tuple(sorted({move.case for move in made if move.case}))


def _came(history: History) -> tuple[str | None, bytes | None, int | None]:
    """Under which offer it came and from whom, as its last intake says."""
    for event, said in reversed(history.steps):
        if isinstance(said, e.EnteredByMistake | e.DirectGiftWithdrawn):
            break
        if isinstance(said, e.Received | e.GivenDirectly):
            donor = said.donor.id if said.donor else None
            return said.offer, donor, event.header.chain.station if donor else None
    return None, None, None
