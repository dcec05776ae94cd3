"""Keeping the points' ledgers: new events are appended, known ones are answered as before."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from station import ledger
from station.ledger import ChainId, Entry
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.rules import judge
from sync.wire import Answered, ChainHead, Problem, PushAnswer, PushRequest, received

PAGE = 500  # events of a chain handed out at once


class Refused(Exception):
    """Nothing of the batch was kept; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def keep(engine: Engine, request: PushRequest) -> PushAnswer:
    """Append what is new of a batch; raises Refused when any of it does not fit."""
    entries = _checked(request)  # the hashing is done before anything is locked
    with writing(engine) as connection:
        head = _lock_chain(connection, request.chain)
        _require_the_place(connection, request, head)
        known = _known(connection, request, entries)
        fresh = _append(connection, request.chain, entries[len(known) :])
    return PushAnswer((*known, *fresh))


def head_of(engine: Engine, chain: ChainId) -> ChainHead | None:
    """The last event of a chain; None when nothing of it was kept."""
    wanted = select(t.chain.c.seq, t.chain.c.hash).where(
        t.chain.c.station == chain.station, t.chain.c.chain == chain.number
    )
    with reading(engine) as connection:
        row = connection.execute(wanted).first()
    return ChainHead(row.seq, row.hash) if row else None


def entries_of(engine: Engine, chain: ChainId, after: int) -> tuple[Entry, ...]:
    """The next events of a chain as they were kept."""
    columns = (t.event.c.header, t.event.c.salt, t.event.c.data)
    wanted = select(*columns).where(
        t.event.c.station == chain.station, t.event.c.chain == chain.number, t.event.c.seq > after
    )
    with reading(engine) as connection:
        rows = connection.execute(wanted.order_by(t.event.c.seq).limit(PAGE)).all()
    return tuple(ledger.from_header_bytes(row.header, row.salt, row.data) for row in rows)


def _checked(request: PushRequest) -> tuple[Entry, ...]:
    """The entries with their hashes, each at the place its own header names."""
    entries = received(request)
    for seq, entry in enumerate(entries, request.first_seq):
        try:
            header = entry.header
        except ledger.UnreadableEntry as error:
            raise Refused(Problem(error.code, seq)) from error
        if (header.chain, header.seq) != (request.chain, seq):
            raise Refused(Problem("misplaced_event", seq))
    if entries[-1].hash != request.head:
        raise Refused(Problem(ledger.ChangedEvent.code, request.first_seq))
    return entries


def _lock_chain(connection: Connection, chain: ChainId) -> ChainHead:
    """Take the right to append to a chain, beginning it when it is new."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    begun = {"station": chain.station, "chain": chain.number, "seq": 0, "hash": ledger.NO_HASH}
    connection.execute(dialect.insert(t.chain).values(begun).on_conflict_do_nothing())
    row = connection.execute(
        select(t.chain)
        .where(t.chain.c.station == chain.station, t.chain.c.chain == chain.number)
        .with_for_update()
    ).one()
    return ChainHead(row.seq, row.hash)


def _require_the_place(connection: Connection, request: PushRequest, head: ChainHead) -> None:
    """The batch must go on from an event we hold, the one it says it goes on from."""
    before = request.first_seq - 1
    if before > head.seq:
        raise Refused(Problem(ledger.Gap.code, request.first_seq, head.seq + 1))
    if request.prev != _hash_at(connection, request.chain, before, head):
        raise Refused(Problem(ledger.Fork.code, max(before, 1)))


def _hash_at(connection: Connection, chain: ChainId, seq: int, head: ChainHead) -> bytes:
    if seq == head.seq:
        return head.hash
    if seq == 0:
        return ledger.NO_HASH
    return _rows(connection, chain, seq, seq)[0].hash  # type: ignore[no-any-return] # a column


def _known(
    connection: Connection, request: PushRequest, entries: Sequence[Entry]
) -> tuple[Answered, ...]:
    """Earlier verdicts on the part of the batch that was kept before."""
    last = request.first_seq + len(entries) - 1
    rows = _rows(connection, request.chain, request.first_seq, last)
    for row, entry in zip(rows, entries, strict=False):  # the rest of the batch is new
        if row.hash != entry.hash:
            raise Refused(Problem(ledger.Fork.code, row.seq))
    return tuple(
        Answered(row.seq, row.hash, row.outcome, row.number, row.rule, row.other) for row in rows
    )


def _rows(connection: Connection, chain: ChainId, first: int, last: int) -> Sequence[Row[Any]]:
    table = t.event.c
    answer = (table.seq, table.hash, table.outcome, table.number, table.rule, table.other)
    of_chain = (table.station == chain.station, table.chain == chain.number)
    wanted: Select[Any] = select(*answer).where(*of_chain, table.seq.between(first, last))
    return connection.execute(wanted.order_by(table.seq)).all()


def _append(
    connection: Connection, chain: ChainId, entries: Sequence[Entry]
) -> tuple[Answered, ...]:
    if not entries:
        return ()
    answers = tuple(_judged(connection, entries))
    rows = [_row(chain, *pair) for pair in zip(entries, answers, strict=True)]
    connection.execute(insert(t.event), rows)
    last = answers[-1]
    connection.execute(
        update(t.chain).where(t.chain.c.station == chain.station, t.chain.c.chain == chain.number),
        {"seq": last.seq, "hash": last.hash},
    )
    connection.execute(
        update(t.verdict_count).where(t.verdict_count.c.id == t.COUNTED), {"number": last.number}
    )
    return answers


def _judged(connection: Connection, entries: Sequence[Entry]) -> Iterator[Answered]:
    """Verdicts one after another: whoever holds the count is the only one who judges."""
    count = select(t.verdict_count.c.number).where(t.verdict_count.c.id == t.COUNTED)
    given = connection.execute(count.with_for_update()).scalar_one()
    for number, entry in enumerate(entries, given + 1):
        ruling = judge(connection, entry)
        yield Answered(
            entry.header.seq, entry.hash, ruling.outcome, number, ruling.rule, ruling.other
        )


def _row(chain: ChainId, entry: Entry, answer: Answered) -> dict[str, Any]:
    return {
        "station": chain.station,
        "chain": chain.number,
        "seq": answer.seq,
        "hash": answer.hash,
        "header": entry.header_bytes,
        "salt": entry.salt,
        "data": entry.data,
        "outcome": answer.outcome,
        "number": answer.number,
        "rule": answer.rule,
        "other": answer.other,
    }
