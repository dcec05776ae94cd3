"""Rows of the log to entries, events, verdicts, documents and cursors, and back."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, insert, or_, select

from station import events, ledger
from station.documents import Document
from station.fold import Item
from station.ports import Cursor
from station.store import tables as t


class Origin(StrEnum):
    """How an item came into the local log."""

    OWN = "own"
    FOREIGN = "foreign"
    VERDICT = "verdict"
    DOCUMENT = "document"
    CURSOR = "cursor"


EVENTS = (Origin.OWN, Origin.FOREIGN)

_encoder = msgspec.msgpack.Encoder()
_verdicts = msgspec.msgpack.Decoder(events.Verdict)
_documents = msgspec.msgpack.Decoder(Document)
_cursors = msgspec.msgpack.Decoder(Cursor)

COLUMNS = (t.log.c.position, t.log.c.source, t.log.c.header, t.log.c.salt, t.log.c.data)


def append_entry(connection: Connection, origin: Origin, entry: ledger.Entry) -> int:
    """Write an event to the log; its position."""
    header = entry.header
    row = {
        "source": origin,
        "subject": header.subject,
        "station": header.chain.station,
        "chain": header.chain.number,
        "seq": header.seq,
        "hash": entry.hash,
        "header": entry.header_bytes,
        "salt": entry.salt,
        "data": entry.data,
    }
    return _position(connection, row)


def append_verdict(connection: Connection, subject: str, verdict: events.Verdict) -> int:
    """Write what the service said of one of the subject's events; its position."""
    row = {"source": Origin.VERDICT, "subject": subject, "data": _encoder.encode(verdict)}
    return _position(connection, row)


def append_document(connection: Connection, document: Document) -> int:
    """Write a pulled document; its position."""
    row = {"source": Origin.DOCUMENT, "subject": document.subject}
    return _position(connection, row | {"data": _encoder.encode(document)})


def append_cursor(connection: Connection, cursor: Cursor) -> int:
    """Write how far the feeds were read; its position."""
    row = {"source": Origin.CURSOR, "subject": Origin.CURSOR, "data": _encoder.encode(cursor)}
    return _position(connection, row)


def _position(connection: Connection, row: dict[str, Any]) -> int:
    key = connection.execute(insert(t.log), row).inserted_primary_key
    return int(key[0]) if key else 0


def entry_of(row: Row[*tuple[Any, ...]]) -> ledger.Entry:
    """The entry a row of an event holds."""
    return ledger.from_header_bytes(row.header, row.salt, row.data)


def item_of(row: Row[*tuple[Any, ...]]) -> Item:
    """The event, verdict or document a row holds; raises UnreadableEntry."""
    try:
        match row.source:
            case Origin.VERDICT:
                return _verdicts.decode(row.data)
            case Origin.DOCUMENT:
                return _documents.decode(row.data)
        return events.read(entry_of(row))
    except (msgspec.MsgspecError, TypeError) as error:  # TypeError: no bytes at all
        raise ledger.UnreadableEntry(str(error)) from error


def cursor_of(row: Row[*tuple[Any, ...]]) -> Cursor:
    """How far the feeds were read when this row was written; raises UnreadableEntry."""
    try:
        return _cursors.decode(row.data)
    except (msgspec.MsgspecError, TypeError) as error:
        raise ledger.UnreadableEntry(str(error)) from error


def about(code: str) -> Select[Any]:
    """Select every log row whose subject is the code or that mentions it, oldest first."""
    mentioned = select(t.mention.c.position).where(t.mention.c.code == code)
    return (
        select(*COLUMNS)
        .where(or_(t.log.c.subject == code, t.log.c.position.in_(mentioned)))
        .order_by(t.log.c.position)
    )


def items_about(connection: Connection, code: str) -> Iterator[Item]:
    """Everything the log says about a code."""
    for row in connection.execute(about(code)):
        yield item_of(row)


def placed_items(connection: Connection, code: str, up_to: int) -> Iterator[tuple[int, Item]]:
    """Everything the log says about a code up to and with a position, each with its own."""
    for row in connection.execute(about(code).where(t.log.c.position <= up_to)):
        yield row.position, item_of(row)
