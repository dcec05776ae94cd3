"""Documents as points pull them: published, replaced, allotted to another point, taken back."""

from collections.abc import Sequence
from time import time
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, case, select
from sqlalchemy.dialects import postgresql, sqlite

from station import documents
from station.documents import CASE, OFFER, REVOCATION, TASK, AllottedCase, Document
from sync.central import tables as t
from sync.central.database import written
from sync.central.feeds import feed, people
from sync.central.feeds.recounting import case_changed
from sync.central.judging import rules, subjects
from sync.central.judging.states import Case, is_case
from sync.central.problems import refused
from sync.wire import DocumentRequest

OF_ONE_POINT = (OFFER, CASE)  # given to another point, they leave the one that had them
OF_THE_SERVICE = (TASK, REVOCATION)  # it says them itself


class Order(Struct, frozen=True):
    """What to publish where; without a body it is taken back."""

    station: int
    kind: str
    id: str
    body: bytes | None


def publish(engine: Engine, request: DocumentRequest) -> int:
    """Publish the next version of a document; raises Refused."""
    order = Order(request.station, request.kind, request.id, request.body)
    return written(engine, lambda connection: give(connection, order))


def put(connection: Connection, orders: Sequence[Order]) -> tuple[Document, ...]:
    """Give each its next version and put it into its feed."""
    feed.lock(connection, {order.station for order in orders})
    published = tuple(_next_version(connection, order) for order in orders)
    pairs = zip(orders, published, strict=True)
    feed.put(connection, [feed.document(order.station, made) for order, made in pairs])
    return published


def _require_sound(order: Order) -> None:
    if order.kind in OF_THE_SERVICE or (order.kind == CASE and not is_case(order.id)):
        raise refused("bad_document")
    known = order.kind in documents.KINDS and order.body is not None
    if known and documents.read(Document(order.kind, order.id, 1, order.body)) is None:
        raise refused("bad_document")


def give(connection: Connection, order: Order) -> int:
    """Publish within a transaction that also writes what it follows from; raises Refused."""
    _require_sound(order)
    case = _case(connection, order)
    if order.kind in OF_ONE_POINT:  # two programs give none away at the same time
        feed.lock(connection, {t.EVERY_POINT})
    feed.lock(connection, {order.station, *(row.station for row in _held(connection, order))})
    before = _held(connection, order)
    taken_back = [
        Order(row.station, order.kind, order.id, None)
        for row in before
        if row.station != order.station and row.body is not None and order.body is not None
    ]
    *_, made = put(connection, [*taken_back, order])
    if case is not None:
        approved = any(map(_approves, _held(connection, order)))
        subjects.write(connection, [(order.id, rules.with_document(case, approved=approved))])
        case_changed(connection, order.id)
    if order.kind in OF_ONE_POINT:
        _move_people(connection, before, Document(order.kind, order.id, 1, order.body), order)
    return made.version


def _case(connection: Connection, order: Order) -> Case | None:
    """The state of the case that a document is about, taken before any feed."""
    if order.kind != CASE:
        return None
    state = subjects.held(connection, {order.id})[order.id]
    return state if isinstance(state, Case) else None


def _held(connection: Connection, order: Order) -> Sequence[Row[Any]]:
    """Every version of an offer or case that any point has; of other kinds the point's own."""
    table = t.document.c
    wanted = select(t.document).where(table.kind == order.kind, table.id == order.id)
    if order.kind not in OF_ONE_POINT:
        wanted = wanted.where(table.station == order.station)
    return connection.execute(wanted.order_by(table.station)).all()


def _approves(row: Row[Any]) -> bool:
    said = documents.read(Document(row.kind, row.id, row.version, row.body))
    return isinstance(said, AllottedCase) and said.approved


def _move_people(
    connection: Connection, before: Sequence[Row[Any]], made: Document, order: Order
) -> None:
    """The rows that a document names go where it goes, and leave with it."""
    if order.station != t.EVERY_POINT:
        people.forward_document(connection, order.station, people.refs_of(made))
    for row in before:
        old = people.refs_of(Document(row.kind, row.id, row.version, row.body))
        people.withdraw(connection, row.station, old)


def _next_version(connection: Connection, order: Order) -> Document:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    key = {"station": order.station, "kind": order.kind, "id": order.id}
    # by the clock, so that an old copy of the database gives no version for a second time
    now_s, last = int(time()), t.document.c.version
    made = dialect.insert(t.document).values(key | {"version": now_s, "body": order.body})
    behind = case((last >= now_s, last + 1), else_=now_s)
    replaced = made.on_conflict_do_update(
        index_elements=list(key), set_={"version": behind, "body": order.body}
    )
    version = connection.execute(replaced.returning(t.document.c.version)).scalar_one()
    return Document(order.kind, order.id, version, order.body)
