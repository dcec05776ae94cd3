"""The public ledger as a file: headers, public fields, the points' signatures and the service's."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from station import events, ledger
from station.events import Event
from station.ledger import ChainId, Entry
from station.public import Showing, is_between_device_and_pupil, showing
from station.publication import (
    FORMAT,
    ChainLine,
    FileLine,
    HeadLine,
    Line,
    ToldLine,
    VeiledLine,
    event_line,
    in_order,
    told_line,
)
from station.publication import written as signed_file
from station.signing import SigningKey, granted
from sync.central import tables as t
from sync.central.database import reading


def ledger_file(
    engine: Engine, key: SigningKey, now_s: int, *, station: int | None = None
) -> Iterator[bytes]:
    """Everything of one point, or of all, line by line."""
    with reading(engine) as connection:
        yield from signed_file(_whole(connection, key, now_s, station), key)


def history_file(engine: Engine, key: SigningKey, now_s: int, device: str) -> Iterator[bytes]:
    """Everything that was said about one device, wherever."""
    with reading(engine) as connection:
        yield from signed_file(_history(connection, key, now_s, device), key)


def _whole(
    connection: Connection, key: SigningKey, now_s: int, station: int | None
) -> Iterator[Line]:
    yield FileLine(FORMAT, now_s)
    wanted = select(t.chain).where(t.chain.c.key.is_not(None), t.chain.c.seq > 0)
    if station is not None:
        wanted = wanted.where(t.chain.c.station == station)
    chains = connection.execute(wanted.order_by(t.chain.c.station, t.chain.c.chain)).all()
    for _, of_station in groupby(chains, key=lambda chain: chain.station):
        told: list[ToldLine] = []
        for chain in of_station:
            yield _chain_line(chain, key, now_s)
            yield from _chain_events(connection, chain, told)
        # behind all chains of the point: one of a laptop may have lasted a single day
        yield from in_order(told)


def _chain_line(chain: Row[*tuple[Any, ...]], key: SigningKey, now_s: int) -> ChainLine:
    """The service's word, given anew: a laptop's chain has none of its own."""
    return ChainLine(granted(key, ChainId(chain.station, chain.chain), chain.key, now_s))


def _chain_events(
    connection: Connection, chain: Row[*tuple[Any, ...]], told: list[ToldLine]
) -> Iterator[Line]:
    heads = dict(_heads(connection, chain))
    behind = _Behind(lambda device: _pupils_events(connection, device))
    of_chain = (t.event.c.station == chain.station, t.event.c.chain == chain.chain)
    # what is appended meanwhile belongs to the next file: its head may not be signed in this one
    wanted = select(t.event).where(*of_chain, t.event.c.seq <= chain.seq).order_by(t.event.c.seq)
    for row in connection.execute(wanted.execution_options(yield_per=1000)):
        entry, event = _read(row)
        shown = showing(event, behind_a_pupil=behind.a_pupil(event))
        if shown is Showing.WHOLE:
            yield event_line(event, entry, excerpt=False)
        else:
            yield VeiledLine(entry.hash)
        if shown is Showing.MONTH:
            told.append(told_line(event))
        if row.seq in heads:
            yield HeadLine(row.seq, row.hash, heads[row.seq])


class _Behind:
    """Whether what an event names as the one before it, of its device, is one of a pupil.

    Mostly that was the device's last one in the same chain; for the rest the database is asked.
    """

    def __init__(self, pupils_events: Callable[[str], frozenset[bytes]]) -> None:
        self._ask = pupils_events
        self._last: dict[str, tuple[bytes, bool]] = {}

    def a_pupil(self, event: Event) -> bool:
        """Whether it is; to be asked of each event of a chain in order."""
        device, seen = event.header.subject, event.header.seen
        last, was_a_pupils = self._last.get(device, (b"", False))
        self._last[device] = event.hash, is_between_device_and_pupil(event)
        return was_a_pupils if seen == last else seen in self._ask(device)


def _pupils_events(connection: Connection, device: str) -> frozenset[bytes]:
    rows = connection.execute(select(t.event).where(t.event.c.subject == device)).all()
    read = (event for _, event in map(_read, rows))
    return frozenset(event.hash for event in read if is_between_device_and_pupil(event))


def _heads(connection: Connection, chain: Row[*tuple[Any, ...]]) -> Iterator[tuple[int, bytes]]:
    table = t.signed_head.c
    wanted = select(table.seq, table.signature).where(
        table.station == chain.station, table.chain == chain.chain
    )
    for row in connection.execute(wanted):
        yield row.seq, row.signature


def _history(connection: Connection, key: SigningKey, now_s: int, device: str) -> Iterator[Line]:
    yield FileLine(FORMAT, now_s, excerpt_of=device)
    table = t.event.c
    about = select(t.event).where(table.subject == device)
    rows = connection.execute(about.order_by(table.station, table.chain, table.seq)).all()
    pupils = _pupils_events(connection, device)
    told: list[ToldLine] = []
    for (station, number), of_chain in groupby(rows, key=lambda row: (row.station, row.chain)):
        wanted = select(t.chain).where(t.chain.c.station == station, t.chain.c.chain == number)
        chain = connection.execute(wanted).one()
        if chain.key is None:  # kept before anybody had to be enrolled: nobody answers
            continue
        yield _chain_line(chain, key, now_s)
        for entry, event in map(_read, of_chain):
            shown = showing(event, behind_a_pupil=event.header.seen in pupils)
            if shown is Showing.WHOLE:
                yield event_line(event, entry, excerpt=True)
            elif shown is Showing.MONTH:
                told.append(told_line(event))
    yield from in_order(told)


def _read(row: Row[*tuple[Any, ...]]) -> tuple[Entry, Event]:
    entry = ledger.from_header_bytes(row.header, row.salt, row.data)
    return entry, events.read(entry)
