"""Files that left a point: in chunks, sealed, whole only when their bytes give their name.

A point announces a file by the event that lets it go; nothing else is taken. Where another point
brought the same released file before, its bytes serve for both. Scans are personal: each point's
are its own. A purged file stays away, unless a later event lets it go once more.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from station import events, ledger
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.problems import refused
from sync.sealing import Cipher, chunk_label
from sync.wire import MAX_CHUNK, AttachmentAnnounced, AttachmentPiece, AttachmentState

MAX_UNFINISHED = 50  # files of one point that were begun and are not whole


class File(Struct, frozen=True):
    """Which file a point speaks of, and on which channel."""

    station: int
    hash: bytes
    personal: bool


def announce(engine: Engine, file: File, said: AttachmentAnnounced) -> AttachmentState:
    """Make ready for a file that an event lets go; how much of it is here. Raises Refused."""
    with writing(engine) as connection:
        subject = _released(connection, file, said)
        by = {"by_chain": said.number, "by_seq": said.seq}
        held = _lock(connection, file, begin={"subject": subject} | by)
        if held.purged:  # let go once more, by a later event
            fresh = True
        elif held.size in {None, said.size}:
            fresh = held.size is None
        elif held.complete:
            raise refused("wrong_size", expected=held.size)
        else:  # announced otherwise before: which was right shows when it is whole
            _drop_chunks(connection, file)
            fresh = True
        if fresh:
            _note(connection, file, size=said.size, held=0, source=None, purged=False, **by)
            _adopt(connection, file, said.size)
            _guard_unfinished(connection, file)
        return _state(connection, file)


def state(engine: Engine, file: File) -> AttachmentState:
    """How much of a point's file is here; raises Refused."""
    with reading(engine) as connection:
        return _state(connection, file)


def put_chunk(
    engine: Engine, seal: Cipher, file: File, offset: int, chunk: bytes
) -> AttachmentState:
    """Keep the next bytes; those that are here already change nothing. Raises Refused."""
    with writing(engine) as connection:
        held = _lock(connection, file)
        reached = offset + len(chunk)
        if held.complete or (reached <= held.held and chunk):
            return _state(connection, file)
        if offset != held.held:
            raise refused("wrong_offset", expected=held.held)
        if not chunk or len(chunk) > MAX_CHUNK or reached > held.size:
            raise refused("wrong_size", expected=held.size)
        row = {"station": file.station, "hash": file.hash, "offset": offset}
        sealed = seal.seal(chunk_label(file.hash, offset), chunk)
        connection.execute(insert(t.attachment_chunk), row | {"sealed": sealed})
        whole = reached == held.size
        intact = not whole or _digest(connection, seal, file) == file.hash
        if not intact:
            _drop_chunks(connection, file)
        _note(connection, file, held=reached if intact else 0, complete=whole and intact)
    if not intact:
        raise refused("wrong_digest", expected=0)
    return AttachmentState(held.size, reached, whole)


def purge(engine: Engine, file: File) -> None:
    """Empty a point's file for good; raises Refused where it never was announced."""
    with writing(engine) as connection:
        held = _lock(connection, file, purged=True)
        _note(connection, file, purged=True, complete=False, held=0, source=None)
        source = held.source if held.source is not None else file.station
        if not _still_needed(connection, file.hash, source):
            _drop_chunks(connection, File(source, file.hash, file.personal))


def read(engine: Engine, seal: Cipher, file: File, offset: int) -> AttachmentPiece:
    """A whole file's bytes from a chunk's beginning to its end; raises Refused.

    A point reads its own files, and released ones about devices whose events it gets.
    """
    table = t.attachment.c
    of_file = and_(table.hash == file.hash, table.complete, table.personal == file.personal)
    allowed: ColumnElement[bool] = table.station == file.station
    if not file.personal:
        follows = select(t.follower.c.code).where(t.follower.c.station == file.station)
        allowed = or_(allowed, table.subject.in_(follows))
    with reading(engine) as connection:
        found = connection.execute(select(t.attachment).where(of_file, allowed).limit(1)).first()
        if found is None:
            raise refused("unknown_file")
        source = found.station if found.source is None else found.source
        wanted = select(t.attachment_chunk.c.sealed).where(
            _chunks(File(source, file.hash, file.personal)), t.attachment_chunk.c.offset == offset
        )
        sealed = connection.execute(wanted).scalar()
    if sealed is None:
        raise refused("wrong_offset")
    return AttachmentPiece(found.size, seal.open(chunk_label(file.hash, offset), sealed))


# ---- what an event lets go ----


def _released(connection: Connection, file: File, said: AttachmentAnnounced) -> str:
    """The subject of the event that lets this very file go; raises Refused."""
    table = t.event.c
    wanted = select(table.subject, table.header, table.salt, table.data).where(
        table.station == file.station, table.chain == said.number, table.seq == said.seq
    )
    row = connection.execute(wanted).first()
    event = events.read(ledger.from_header_bytes(*row[1:])) if row else None
    match event.said if event else None:
        case events.AttachmentReleased(attachment=file.hash, size_bytes=size):
            if size != said.size:
                raise refused("wrong_size", expected=size)
            allowed = not file.personal
        case events.SignedCopyAttached(scan=file.hash):
            allowed = file.personal
        case _:
            allowed = False
    if row is None or not allowed:
        raise refused("not_released")
    return str(row.subject)


# ---- rows ----


def _of(file: File) -> ColumnElement[bool]:
    return and_(t.attachment.c.station == file.station, t.attachment.c.hash == file.hash)


def _chunks(file: File) -> ColumnElement[bool]:
    table = t.attachment_chunk.c
    return and_(table.station == file.station, table.hash == file.hash)


def _lock(
    connection: Connection,
    file: File,
    begin: dict[str, Any] | None = None,
    *,
    purged: bool = False,
) -> Row[Any]:
    """The file's row, made where it is begun; raises Refused."""
    if begin is not None:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        blank = {"held": 0, "complete": False, "purged": False, "personal": file.personal}
        row = {"station": file.station, "hash": file.hash} | blank | begin
        connection.execute(dialect.insert(t.attachment).values(row).on_conflict_do_nothing())
    found = connection.execute(select(t.attachment).where(_of(file)).with_for_update()).first()
    if found is None:
        raise refused("unknown_file")
    if found.purged and not purged and not _is_later(found, begin or {}):
        raise refused("purged")
    if begin is not None and found.personal and not file.personal:
        _note(connection, file, personal=False)  # a person let the scan go: it is one no more
    elif found.personal != file.personal:
        raise refused("unknown_file")
    return found


def _is_later(found: Row[Any], begin: dict[str, Any]) -> bool:
    """Whether the file is let go by another event than before: a purge speaks of what was."""
    by = (begin.get("by_chain"), begin.get("by_seq"))
    return bool(begin) and by != (found.by_chain, found.by_seq)


def _note(connection: Connection, file: File, **columns: Any) -> None:
    connection.execute(update(t.attachment).where(_of(file)), columns)


def _state(connection: Connection, file: File) -> AttachmentState:
    row = connection.execute(select(t.attachment).where(_of(file))).first()
    if row is None or row.personal != file.personal:
        raise refused("unknown_file")
    if row.purged:
        raise refused("purged")
    return AttachmentState(row.size or 0, row.held, row.complete)


def _adopt(connection: Connection, file: File, size: int) -> None:
    """Take the bytes that another point brought, of a file that was let go there too."""
    if file.personal:
        return
    table = t.attachment.c
    same = and_(table.hash == file.hash, table.size == size, table.complete, ~table.personal)
    wanted = select(table.station, table.source).where(same, table.station != file.station)
    first = connection.execute(wanted.limit(1).with_for_update()).first()
    if first is not None:
        source = first.station if first.source is None else first.source
        _note(connection, file, held=size, complete=True, source=source)


def _guard_unfinished(connection: Connection, file: File) -> None:
    table = t.attachment.c
    begun = and_(table.station == file.station, ~table.complete, ~table.purged)
    count = select(func.count()).select_from(t.attachment).where(begun)
    if connection.execute(count).scalar_one() > MAX_UNFINISHED:
        raise refused("too_many_unfinished")


def _still_needed(connection: Connection, hash_: bytes, source: int) -> bool:
    """Whether the bytes that a point brought are a file of this or another one."""
    table = t.attachment.c
    same = and_(table.hash == hash_, ~table.purged, table.complete)
    by = or_(table.source == source, and_(table.station == source, table.source.is_(None)))
    return connection.execute(select(table.hash).where(same, by).limit(1)).first() is not None


def _drop_chunks(connection: Connection, file: File) -> None:
    connection.execute(delete(t.attachment_chunk).where(_chunks(file)))


def _digest(connection: Connection, seal: Cipher, file: File) -> bytes:
    digest = sha256()
    for offset, sealed in _stored(connection, file):
        digest.update(seal.open(chunk_label(file.hash, offset), sealed))
    return digest.digest()


def _stored(connection: Connection, file: File) -> Iterator[tuple[int, bytes]]:
    """The chunks in order, one in memory at a time."""
    table = t.attachment_chunk.c
    wanted = select(table.offset, table.sealed).where(_chunks(file)).order_by(table.offset)
    for row in connection.execute(wanted.execution_options(yield_per=4)):
        yield row.offset, row.sealed
