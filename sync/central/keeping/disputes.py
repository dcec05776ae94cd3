"""Void claims and disputed facts: opened by a ruling, closed by its counterpart or by people.

The other point gets a task for each; nothing is merged by itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, insert, select, tuple_, update

from station import documents, events
from station.documents import TASK, SharedTask
from sync.central import tables as t
from sync.central.database import reading, written
from sync.central.feeds import feed
from sync.central.feeds.documents import Order, put
from sync.central.judging.states import Told
from sync.central.keeping import verdicts
from sync.central.problems import refused
from sync.wire import Answered, Decision, OpenDispute, OpenDisputes

CLEARED, ENDED, DECIDED = "cleared", "ended", "decided"  # ways to be settled without the point
LEAVE = "leave"  # the decision with which nothing remains to be done
DECISIONS = frozenset({LEAVE, "recover", "assign"})
PAGE = 200
NO_TASK_FOR = frozenset({"departure_missing"})  # the departure will come, or the lead will ask


class Opened(Struct, frozen=True):
    """A new dispute, as the ruling on an event opens it."""

    station: int
    event: bytes
    chain: int
    seq: int
    kind: str
    subject: str
    outcome: str
    rule: str
    other: bytes
    other_station: int | None


def note(connection: Connection, opened: Sequence[Opened]) -> None:
    """Keep new disputes."""
    if opened:
        rows = [{field: getattr(one, field) for field in one.__struct_fields__} for one in opened]
        connection.execute(insert(t.dispute), rows)


def tasks(opened: Iterable[Opened]) -> list[Order]:
    """What the other points are told of them."""
    return [
        _task(one, one.other_station)
        for one in opened
        if one.other_station not in {None, one.station} and one.rule not in NO_TASK_FOR
    ]


def end(connection: Connection, told: Sequence[Told], how: str) -> Sequence[Row[Any]]:
    """Settle these where they are open; their rows, also of those that people settled before."""
    if not told:
        return ()
    keys = sorted({(chain.station, event) for chain, event in told})
    table = t.dispute.c
    these = tuple_(table.station, table.event).in_(keys)
    rows = connection.execute(
        select(t.dispute).where(these).order_by(table.station, table.event).with_for_update()
    ).all()
    connection.execute(update(t.dispute).where(these, table.settled.is_(None)), {"settled": how})
    return rows


def accept(connection: Connection, rows: Iterable[Row[Any]], last: int) -> list[feed.Item]:
    """Answer disputed facts anew: accepted, with the numbers behind `last`."""
    items: list[feed.Item] = []
    for number, row in enumerate(rows, last + 1):
        answer = Answered(row.seq, row.event, events.ACCEPTED, number)
        items.append(feed.verdict(row.station, answer))
        connection.execute(update(t.dispute).where(_is(row)), {"outcome": events.ACCEPTED})
    return items


def taken_back(rows: Iterable[Row[Any]]) -> list[Order]:
    """The tasks of the other points are done."""
    return [
        Order(row.other_station, TASK, row.event.hex(), None)
        for row in rows
        if row.other_station not in {None, row.station} and row.rule not in NO_TASK_FOR
    ]


def settle(
    connection: Connection, subject: str, target: bytes, decision: str, by: int
) -> list[Order]:
    """A lead of one of the two points settled it; what the other one is told."""
    table = t.dispute.c
    row = connection.execute(
        select(t.dispute)
        .where(table.subject == subject, table.event == target, table.settled.is_(None))
        .with_for_update()
    ).first()
    if row is None or by not in {row.station, row.other_station}:
        return []
    connection.execute(update(t.dispute).where(_is(row)), {"settled": decision})
    orders = taken_back([row])
    return orders if by == row.station else [*orders, _task(row, row.station, decision)]


def listed(
    engine: Engine, station: int | None = None, after: tuple[int, bytes] = (0, b"")
) -> OpenDisputes:
    """What nobody settled yet, of one point (also where only the other event is its) or of all."""
    table = t.dispute.c
    wanted = (
        select(t.dispute)
        .where(table.settled.is_(None), tuple_(table.station, table.event) > after)
        .order_by(table.station, table.event)
        .limit(PAGE + 1)
    )
    if station is not None:
        wanted = wanted.where((table.station == station) | (table.other_station == station))
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
    return OpenDisputes(tuple(map(_open, rows[:PAGE])), more=len(rows) > PAGE)


def decide(engine: Engine, decision: Decision) -> None:
    """The Department says what is to be done; both points are told. Raises Refused.

    `leave` settles it: both facts stay true, and the disputed one is accepted. With any other
    decision it stays open until one of the points says that it is done.
    """
    written(engine, lambda connection: _decide(connection, decision))


def _decide(connection: Connection, decision: Decision) -> None:
    if decision.decision not in DECISIONS:
        raise refused("bad_decision")
    table = t.dispute.c
    its = (table.station == decision.station, table.event == decision.event)
    row = connection.execute(
        select(t.dispute).where(*its, table.settled.is_(None)).with_for_update()
    ).first()
    if row is None:
        raise refused("unknown_event")
    over = decision.decision == LEAVE
    changes = {"decision": decision.decision} | ({"settled": DECIDED} if over else {})
    connection.execute(update(t.dispute).where(*its), changes)
    accepted = [row] if over and row.outcome == events.DISPUTED else []
    last = verdicts.take(connection, len(accepted)) if accepted else 0
    told = dict.fromkeys(s for s in (row.station, row.other_station) if s)
    feed.lock(connection, told)
    feed.put(connection, accept(connection, accepted, last))
    put(connection, [_task(row, station, decision.decision) for station in told])


def _task(of: Any, to: int | None, decision: str | None = None) -> Order:
    """The task that a point is given for a dispute, a row or a new one."""
    said = SharedTask(
        subject=of.subject,
        event=of.event,
        kind=of.kind,
        outcome=of.outcome,
        rule=of.rule,
        other=of.other,
        station=of.station,
        other_station=of.other_station or 0,
        decision=decision,
    )
    return Order(to or of.station, TASK, of.event.hex(), documents.encode(said))


def _open(row: Row[Any]) -> OpenDispute:
    return OpenDispute(
        station=row.station,
        number=row.chain,
        seq=row.seq,
        event=row.event,
        kind=row.kind,
        subject=row.subject,
        outcome=row.outcome,
        rule=row.rule,
        other=row.other,
        decision=row.decision,
    )


def _is(row: Row[Any]) -> Any:
    return (t.dispute.c.station == row.station) & (t.dispute.c.event == row.event)
