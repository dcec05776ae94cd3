"""Files on their way out: only what a person released, and scans, once their event was answered."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, Select, and_, func, select, update

from station import events
from station.ports import FileToSend
from station.store import tables as t
from station.store.appender import lock_head
from station.store.engine import reading, writing
from station.store.people_exchange import own_station
from station.store.sealing import OVERHEAD


class SqlFileExchange:
    """Implements `station.ports.FileExchange`; the part of a store that files leave by."""

    engine: Engine

    def files_to_send(self, limit: int, skip: Collection[bytes] = ()) -> tuple[FileToSend, ...]:
        """Released files and scans whose event was answered and that the service lacks."""
        here = (t.attachment.c.sealed.is_not(None), t.attachment.c.sent.is_(False))
        with reading(self.engine) as connection:
            station = own_station(connection)
            wanted = _released(station).where(*here, t.attachment.c.hash.not_in(skip))
            rows = connection.execute(wanted.limit(limit)).all()
        return tuple(FileToSend(r.hash, r.size, r.use, (r.chain, r.seq)) for r in rows)

    def files_to_purge(self, limit: int) -> tuple[FileToSend, ...]:
        """Files the service has and that were purged here."""
        gone = (t.attachment.c.sealed.is_(None), t.attachment.c.sent.is_(True))
        with reading(self.engine) as connection:
            wanted = _released(own_station(connection)).where(*gone)
            rows = connection.execute(wanted.limit(limit)).all()
        return tuple(FileToSend(r.hash, r.size or 0, r.use, (r.chain, r.seq)) for r in rows)

    def note_file_sent(self, hash_: bytes) -> None:
        """The service has it whole."""
        self._note_file(hash_, {"sent": True})

    def note_file_purged(self, hash_: bytes) -> None:
        """The service has it no more, and so it is emptied here too."""
        self._note_file(hash_, {"sent": False, "sealed": None})

    def _note_file(self, hash_: bytes, columns: dict[str, Any]) -> None:
        with writing(self.engine) as connection:
            lock_head(connection)
            connection.execute(update(t.attachment).where(t.attachment.c.hash == hash_), columns)


def _released(station: int) -> Select[Any]:
    """Files that an own event lets go and that the service knows to be let go, oldest first."""
    table, released, log, verdict = t.attachment.c, t.released.c, t.log.c, t.verdict.c
    answered = and_(
        verdict.station == log.station,
        verdict.chain == log.chain,
        verdict.seq == log.seq,
        verdict.outcome != events.REJECTED,
    )
    # a file that an older version of the program wrote does not tell its size
    size = func.coalesce(table.size, func.length(table.sealed) - OVERHEAD).label("size")
    return (
        select(table.hash, size, released.use, log.chain, log.seq)
        .join(t.released, released.hash == table.hash)
        .join(t.log, log.position == released.position)
        .join(t.verdict, answered)
        .where(log.station == station)
        .order_by(released.position)
    )
