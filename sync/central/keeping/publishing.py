"""The public ledger as a file: headers, public fields, the points' signatures and the service's."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from station import events, ledger
from station.ledger import ChainId
from station.publication import FORMAT, ChainLine, EventLine, FileLine, HeadLine, Line, event_line
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
    for chain in connection.execute(wanted.order_by(t.chain.c.station, t.chain.c.chain)).all():
        yield _chain_line(chain, key, now_s)
        yield from _chain_events(connection, chain)


def _chain_line(chain: Row[*tuple[Any, ...]], key: SigningKey, now_s: int) -> ChainLine:
    """The service's word, given anew: a laptop's chain has none of its own."""
    return ChainLine(granted(key, ChainId(chain.station, chain.chain), chain.key, now_s))


def _chain_events(connection: Connection, chain: Row[*tuple[Any, ...]]) -> Iterator[Line]:
    heads = dict(_heads(connection, chain))
    of_chain = (t.event.c.station == chain.station, t.event.c.chain == chain.chain)
    # what is appended meanwhile belongs to the next file: its head may not be signed in this one
    wanted = select(t.event).where(*of_chain, t.event.c.seq <= chain.seq).order_by(t.event.c.seq)
    for row in connection.execute(wanted.execution_options(yield_per=1000)):
        yield _event(row, excerpt=False)
        if row.seq in heads:
            yield HeadLine(row.seq, row.hash, heads[row.seq])


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
    for (station, number), of_chain in groupby(rows, key=lambda row: (row.station, row.chain)):
        wanted = select(t.chain).where(t.chain.c.station == station, t.chain.c.chain == number)
        chain = connection.execute(wanted).one()
        if chain.key is not None:  # else kept before anybody had to be enrolled: nobody answers
            yield _chain_line(chain, key, now_s)
            yield from (_event(row, excerpt=True) for row in of_chain)


def _event(row: Row[*tuple[Any, ...]], *, excerpt: bool) -> EventLine:
    entry = ledger.from_header_bytes(row.header, row.salt, row.data)
    return event_line(events.read(entry), entry, excerpt=excerpt)
