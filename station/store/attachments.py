"""Scans of signed papers: sealed like the people rows, each bound to the hash of its bytes."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update

from station.store import tables as t
from station.store.sealing import Sealer


class Attachments:
    """Keeps and reads whole files; the same bytes are kept once."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def put(self, connection: Connection, data: bytes) -> bytes:
        """Write a file, or write it again where it was purged; its hash."""
        digest, table = sha256(data).digest(), t.attachment
        found = connection.execute(select(table.c.sealed).where(table.c.hash == digest)).first()
        if found is not None and found.sealed is not None:
            return digest
        sealed = self._sealer.seal(digest, data)
        row: dict[str, Any] = {"hash": digest, "sealed": sealed, "size": len(data)}
        row |= {"sealed_hash": sha256(sealed).digest()}
        if found is None:
            connection.execute(insert(table), row | {"sent": False})
        else:
            connection.execute(update(table).where(table.c.hash == digest), row)
        return digest

    def purge(self, connection: Connection, digest: bytes) -> None:
        """Empty a file for good. Some of it may be with the service, which is told as well."""
        emptied = {"sealed": None, "sent": True}
        connection.execute(update(t.attachment).where(t.attachment.c.hash == digest), emptied)

    def get(self, connection: Connection, digest: bytes) -> bytes | None:
        """A file; None when it is not here or was purged. Raises WrongKey."""
        wanted = select(t.attachment.c.sealed).where(t.attachment.c.hash == digest)
        sealed = connection.execute(wanted).scalar()
        return self._sealer.open(digest, sealed) if sealed else None


def damaged(connection: Connection) -> Iterator[bytes]:
    """The hashes of files whose sealed bytes are not what was written; needs no key."""
    wanted = select(t.attachment).where(t.attachment.c.sealed.is_not(None))
    for row in connection.execute(wanted.execution_options(yield_per=1)):
        if sha256(row.sealed).digest() != row.sealed_hash:
            yield row.hash
