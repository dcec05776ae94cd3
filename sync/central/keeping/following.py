"""Who follows a device: points it was sent to or came to get its events, past and future.

With an event go the people rows that it names.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from station import events as e
from station import ledger
from sync.central import tables as t
from sync.central.feeds import feed, people

Follower = tuple[str, int]  # a device's code and the point


class Copy(Struct, frozen=True):
    """An event on its way to a point that follows its device."""

    number: int  # of its answer: events go in the order in which they were answered
    station: int
    of: tuple[int, int, int]  # station, chain and seq of the event
    refs: tuple[e.Ref, ...]


def note(connection: Connection, joined: Sequence[Follower]) -> None:
    """Keep who follows what, to be found by the point."""
    if joined:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        rows = [{"code": code, "station": station} for code, station in joined]
        connection.execute(dialect.insert(t.follower).on_conflict_do_nothing(), rows)


def past(connection: Connection, joined: Iterable[Follower]) -> Iterator[Copy]:
    """What other points said of these devices so far."""
    for code, station in joined:
        table = t.event
        wanted = select(table).where(table.c.subject == code, table.c.station != station)
        for row in connection.execute(wanted):
            event = e.read(ledger.from_header_bytes(row.header, row.salt, row.data))
            yield Copy(row.number, station, (row.station, row.chain, row.seq), refs_of(event))


def send(connection: Connection, copies: Iterable[Copy]) -> None:
    """Put events into the feeds of those who get them, and give them the rows they name."""
    ordered = sorted(copies, key=lambda copy: copy.number)
    feed.put(connection, [feed.event(copy.station, *copy.of) for copy in ordered])
    named: dict[tuple[int, int], list[e.Ref]] = {}
    for copy in ordered:
        named.setdefault((copy.station, copy.of[0]), []).extend(copy.refs)
    for (station, of_station), refs in named.items():
        people.forward(connection, station, refs, of_station)


def refs_of(event: e.Event) -> tuple[e.Ref, ...]:
    """The people rows that an event names, as far as this version can read it."""
    return e.refs(event.said) if event.said is not None else ()
