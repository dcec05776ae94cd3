"""What the rules remember, folded anew from the events that are kept and the answers they got."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from station import events, ledger
from sync.central import tables as t
from sync.central.judging import rules, subjects
from sync.central.judging.states import Docket, Ruling
from sync.central.keeping import following
from sync.central.keeping.following import Follower

PAGE = 2_000


def refold(connection: Connection) -> None:
    """Fold every event in the order of the answers; who follows a device gets its events now."""
    followed: list[Follower] = []
    for rows in _pages(connection):
        read = [_event(row) for row in rows]
        docket = Docket(subjects.held(connection, subjects.codes_of(read)))
        for row, event in zip(rows, read, strict=True):
            rules.fold(docket, event, Ruling(row.outcome, row.rule, row.other))
        subjects.write(connection, docket.changes())
        followed += docket.followed
    following.note(connection, followed)
    following.send(connection, following.past(connection, followed))


def _pages(connection: Connection) -> Iterator[list[Row[Any]]]:
    last = 0
    table = t.event
    while True:
        wanted = select(table).where(table.c.number > last).order_by(table.c.number).limit(PAGE)
        rows = list(connection.execute(wanted))
        if not rows:
            return
        yield rows
        last = rows[-1].number


def _event(row: Row[Any]) -> events.Event:
    return events.read(ledger.from_header_bytes(row.header, row.salt, row.data))
