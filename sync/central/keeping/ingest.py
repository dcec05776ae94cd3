"""Many events at once: PostgreSQL takes them as one COPY in its binary form, SQLite as rows."""

from collections.abc import Iterator, Sequence
from struct import pack
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, insert

from sync.central import tables as t
from sync.wire import Answered

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_COLUMNS = (
    "station", "chain", "seq", "subject", "hash", "header", "salt", "data",
    "outcome", "number", "rule", "other",
)  # fmt: skip
_COPY = f"COPY event ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT BINARY)"


class Kept(Struct, frozen=True):
    """One event with its answer, as the table holds it."""

    station: int
    chain: int
    subject: str
    header: bytes
    salt: bytes | None
    data: bytes | None
    answered: Answered


def keep(connection: Connection, events: Sequence[Kept]) -> None:
    """Write events that are not there yet."""
    if connection.dialect.name == "sqlite":
        connection.execute(insert(t.event), [_row(event) for event in events])
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(b"".join(_packed(events)))


def _packed(events: Sequence[Kept]) -> Iterator[bytes]:
    """Rows as https://www.postgresql.org/docs/current/sql-copy.html lays them out."""
    yield _SIGNATURE
    for event in events:
        said = event.answered
        yield pack("!hiiiqiq", 12, 4, event.station, 8, event.chain, 8, said.seq)
        yield _field(event.subject.encode())
        yield _field(said.hash)
        yield _field(event.header)
        yield _field(event.salt)
        yield _field(event.data)
        yield _field(said.outcome.encode())
        yield pack("!iq", 8, said.number)
        yield _field(said.rule.encode() if said.rule is not None else None)
        yield _field(said.other)
    yield _END


def _field(value: bytes | None) -> bytes:
    return _NULL if value is None else pack("!i", len(value)) + value


def _row(event: Kept) -> dict[str, Any]:
    said = event.answered
    return {
        "station": event.station,
        "chain": event.chain,
        "seq": said.seq,
        "subject": event.subject,
        "hash": said.hash,
        "header": event.header,
        "salt": event.salt,
        "data": event.data,
        "outcome": said.outcome,
        "number": said.number,
        "rule": said.rule,
        "other": said.other,
    }
