"""Lists stay instant in a large store: each question is answered out of an index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from station import labelling
from station.codes import CodeKind
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON

RESERVE = labelling.ReserveCodes(of=CodeKind.DEVICE, count=5, purpose="roll")
DEVICE, SHELF, PAPER = "0120000015", "V0120000017", "BB0120000017"

QUESTIONS: dict[str, Callable[[SqlStore], object]] = {
    "labels still to stick": lambda store: store.unlabelled(),
    "how many of them": lambda store: store.count_unlabelled(),
    "shelves": lambda store: store.shelves(),
    "how many devices lie on each": lambda store: store.shelf_counts(),
    "what lies on a shelf": lambda store: store.on_shelf(SHELF),
    "what belongs to a device": lambda store: store.items_of(DEVICE),
    "a labelled thing": lambda store: store.labelled(SHELF),
    "a paper": lambda store: store.paper(PAPER),
    "papers about a device": lambda store: store.papers_about(DEVICE),
    "devices with their events": lambda store: store.device_events(after="0", limit=100),
    "a signed copy": lambda store: store.attachment(bytes(32)),
}


@contextmanager
def asked_of(store: SqlStore) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed, with their values."""
    asked: list[tuple[str, Any]] = []

    def note(_1: Any, _2: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_list_walks_through_no_table(store: SqlStore, question: str) -> None:
    with asked_of(store) as asked:
        QUESTIONS[question](store)

    selects = [(sql, values) for sql, values in asked if sql.startswith("SELECT")]
    assert selects
    with store.engine.connect() as connection:
        for sql, values in selects:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            assert not [row[3] for row in plan if row[3].startswith("SCAN")], sql


def test_ranges_are_counted_in_one_statement_out_of_the_keys(store: SqlStore) -> None:
    for _range in range(3):
        labelling.reserve_codes(RESERVE, store, CLERK, NOON)

    with asked_of(store) as asked:
        ranges = store.reserved(CodeKind.DEVICE)

    assert [known.unused for known in ranges] == [5, 5, 5]
    (ask,) = [(sql, values) for sql, values in asked if "FROM code_range" in sql]
    with store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ask[0]}", ask[1]).fetchall()
    assert not [row[3] for row in plan if row[3] == "SCAN device"]


def test_a_walk_would_be_seen(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN SELECT state FROM labelled")).fetchall()

    assert [row[3] for row in plan] == ["SCAN labelled"]
