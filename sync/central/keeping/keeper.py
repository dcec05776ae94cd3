"""Keeping the points' ledgers: new events are appended and judged, known ones answered as before.

Locks are taken in one order: the chain, the states of its subjects, the count of answers, feeds.
Whoever stands in another's way all the same is undone by PostgreSQL and goes again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from station import ledger
from station.ledger import ChainId, Entry
from station.signing import head_statement, is_signed
from sync.central import tables as t
from sync.central.database import reading, written
from sync.central.feeds.pages import last_that_fits
from sync.central.keeping import chains, consequences
from sync.central.keeping.batch import Arrived, arrived
from sync.central.keeping.chains import Writer
from sync.central.problems import Refused, refused
from sync.wire import Answered, ChainHead, PushAnswer, PushRequest

__all__ = ["PAGE", "Refused", "entries_of", "head_of", "keep"]

PAGE = 500  # events of a chain handed out at once
NOT_ENROLLED, BAD_SIGNATURE, REVOKED = "not_enrolled", "bad_signature", "revoked"


def keep(engine: Engine, request: PushRequest, by: int | None = None) -> PushAnswer:
    """Append what is new of a batch; raises Refused when any of it does not fit.

    `by` is the chain in whose session it comes: one that is believed no more brings none but its
    own, for a thief may hold the key of a laptop too.
    """
    batch = arrived(request)  # the hashing is done before anything is locked

    def kept(connection: Connection) -> PushAnswer:
        if by not in {None, request.number}:
            _require_believed(connection, ChainId(request.station, by or 0))
        return _keep(connection, request, batch)

    return written(engine, kept)


def head_of(engine: Engine, chain: ChainId) -> ChainHead | None:
    """The last event of a chain; None when nothing of it was kept."""
    wanted = select(t.chain.c.seq, t.chain.c.hash).where(
        t.chain.c.station == chain.station, t.chain.c.chain == chain.number, t.chain.c.seq > 0
    )
    with reading(engine) as connection:
        row = connection.execute(wanted).first()
    return ChainHead(row.seq, row.hash) if row else None


def entries_of(engine: Engine, chain: ChainId, after: int) -> tuple[Entry, ...]:
    """The next events of a chain as they were kept."""
    table = t.event.c
    behind = and_(table.station == chain.station, table.chain == chain.number, table.seq > after)
    places = select(table.seq, func.coalesce(func.length(table.data), 0)).where(behind)
    wanted = select(table.header, table.salt, table.data).where(behind).order_by(table.seq)
    with reading(engine) as connection:
        last = last_that_fits(connection.execute(places.order_by(table.seq).limit(PAGE)))
        rows = connection.execute(wanted.where(table.seq <= last)).all() if last else ()
    return tuple(ledger.from_header_bytes(row.header, row.salt, row.data) for row in rows)


def _keep(connection: Connection, request: PushRequest, batch: Sequence[Arrived]) -> PushAnswer:
    writer = _believed(chains.writer(connection, request.chain, lock=True), request)
    _require_signed(request, batch, writer)
    _require_the_place(connection, request, writer)
    known = _known(connection, request, batch, writer)
    fresh = batch[len(known) :]
    answers = consequences.judged_and_kept(connection, writer, fresh) if fresh else ()
    _keep_heads(connection, request, writer, batch)
    return PushAnswer((*known, *answers))


def _believed(writer: Writer | None, request: PushRequest) -> Writer:
    """The chain's key signed this very head, and is still believed for events at this place."""
    last = request.first_seq + len(request.events) - 1
    if writer is None:
        raise refused(NOT_ENROLLED)
    statement = head_statement(request.chain, last, request.head)
    if not is_signed(statement, request.signature, writer.key):
        raise refused(BAD_SIGNATURE, last)
    if not writer.may_say(last):
        raise refused(REVOKED, writer.revoked_seq)
    return writer


def _require_signed(request: PushRequest, batch: Sequence[Arrived], writer: Writer) -> None:
    """The heads within the batch are of its events, by the same key."""
    for head in request.heads:
        place = head.seq - request.first_seq
        if not 0 <= place < len(batch):
            raise refused("misplaced_event", head.seq)
        statement = head_statement(request.chain, head.seq, batch[place].hash)
        if not is_signed(statement, head.signature, writer.key):
            raise refused(BAD_SIGNATURE, head.seq)


def _require_believed(connection: Connection, chain: ChainId) -> None:
    bringing = chains.writer(connection, chain)
    if bringing is None or bringing.revoked is not None:
        raise refused("wrong_scope")


def _require_the_place(connection: Connection, request: PushRequest, writer: Writer) -> None:
    """The batch must go on from an event we hold, the one it says it goes on from."""
    before = request.first_seq - 1
    if before > writer.seq:
        raise refused(ledger.Gap.code, request.first_seq, writer.seq + 1)
    if request.prev != _hash_at(connection, writer, before):
        raise refused(ledger.Fork.code, max(before, 1))


def _hash_at(connection: Connection, writer: Writer, seq: int) -> bytes:
    if seq == writer.seq:
        return writer.hash
    if seq == 0:
        return ledger.NO_HASH
    return _rows(connection, writer.chain, seq, seq)[0].hash  # type: ignore[no-any-return] # a column


def _known(
    connection: Connection, request: PushRequest, batch: Sequence[Arrived], writer: Writer
) -> tuple[Answered, ...]:
    """First answers to the part of the batch that was kept before."""
    if request.first_seq > writer.seq:
        return ()
    last = request.first_seq + len(batch) - 1
    rows = _rows(connection, request.chain, request.first_seq, last)
    for row, event in zip(rows, batch, strict=False):  # the rest of the batch is new
        if row.hash != event.hash:
            raise refused(ledger.Fork.code, row.seq)
    return tuple(
        Answered(row.seq, row.hash, row.outcome, row.number, row.rule, row.other) for row in rows
    )


def _rows(connection: Connection, chain: ChainId, first: int, last: int) -> Sequence[Row[Any]]:
    table = t.event.c
    answer = (table.seq, table.hash, table.outcome, table.number, table.rule, table.other)
    of_chain = (table.station == chain.station, table.chain == chain.number)
    wanted: Select[Any] = select(*answer).where(*of_chain, table.seq.between(first, last))
    return connection.execute(wanted.order_by(table.seq)).all()


def _keep_heads(
    connection: Connection, request: PushRequest, writer: Writer, batch: Sequence[Arrived]
) -> None:
    """Every head that was ever signed is kept: the proof that the point said this."""
    last = batch[-1]
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    of_chain = {"station": writer.chain.station, "chain": writer.chain.number}
    head = {"seq": last.header.seq, "hash": last.hash, "signature": request.signature}
    hashes = {event.header.seq: event.hash for event in batch}
    inner = [
        of_chain | {"seq": one.seq, "hash": hashes[one.seq], "signature": one.signature}
        for one in request.heads
    ]
    wanted = dialect.insert(t.signed_head).on_conflict_do_nothing()
    connection.execute(wanted, [*inner, of_chain | head])
    if last.header.seq > writer.seq:
        here = (t.chain.c.station == writer.chain.station, t.chain.c.chain == writer.chain.number)
        connection.execute(update(t.chain).where(*here), head)
