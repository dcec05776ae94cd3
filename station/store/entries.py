"""Rows of the log to entries, events and verdicts, and back."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, insert, or_, select

from station import events, ledger
from station.fold import Item
from station.store import tables as t


class Origin(StrEnum):
    """How an item came into the local log."""

    OWN = "own"
    FOREIGN = "foreign"
    VERDICT = "verdict"


_verdict_encoder = msgspec.msgpack.Encoder()
_verdict_decoder = msgspec.msgpack.Decoder(events.Verdict)

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
    row = {"source": Origin.VERDICT, "subject": subject, "data": _verdict_encoder.encode(verdict)}
    return _position(connection, row)


def _position(connection: Connection, row: dict[str, Any]) -> int:
    key = connection.execute(insert(t.log), row).inserted_primary_key
    return int(key[0]) if key else 0


def entry_of(row: Row[*tuple[Any, ...]]) -> ledger.Entry:
    """The entry a row of an event holds."""
    return ledger.from_header_bytes(row.header, row.salt, row.data)


def item_of(row: Row[*tuple[Any, ...]]) -> Item:
    """The event or verdict a row holds; raises UnreadableEntry."""
    try:
        if row.source == Origin.VERDICT:
            return _verdict_decoder.decode(row.data)
        return events.read(entry_of(row))
    except (msgspec.MsgspecError, TypeError) as error:  # TypeError: no bytes at all
        raise ledger.UnreadableEntry(str(error)) from error


def about(code: str) -> Select[Any]:
    """Select every log row whose subject is the code or that mentions it, oldest first."""
    mentioned = select(t.mention.c.position).where(t.mention.c.code == code)
    return (
        select(*COLUMNS)
        .where(or_(t.log.c.subject == code, t.log.c.position.in_(mentioned)))
        .order_by(t.log.c.position)
    )


def items_about(connection: Connection, code: str, up_to: int | None = None) -> Iterator[Item]:
    """Everything the log says about a code, up to and with a position."""
    wanted = about(code)
    if up_to is not None:
        wanted = wanted.where(t.log.c.position <= up_to)
    for row in connection.execute(wanted):
        yield item_of(row)
