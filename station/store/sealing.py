"""People rows: encrypted at rest, bound to their id, read back and searched in memory."""

import logging
import secrets
import threading
from collections.abc import Collection
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import MsgspecError
from sqlalchemy import Connection, insert, select, update

from station import events, people
from station.ports import FoundPerson, WrongKey
from station.store import tables as t
from station.store.keys import wrap
from station.text import search_words

logger = logging.getLogger(__name__)

NONCE_BYTES = 12
OVERHEAD = NONCE_BYTES + 16  # what sealing adds to a content
SALT_BYTES = 16  # sealed with the content: in clear, a list of names would find the digest's
AT_ONCE = 500  # rows in one question
CHANGES = "people_changes"  # the note that tells whether rows changed that a PC remembers


class Sealer:
    """Encrypts the content of a people row; a row moved under another id does not open."""

    def __init__(self, key: bytes) -> None:
        self._key, self._cipher = key, AESGCM(key)

    def wrapped_key(self, password: str) -> bytes:
        """Its key, encrypted under a password."""
        return wrap(self._key, password)

    def seal(self, row_id: bytes, content: bytes) -> bytes:
        """Nonce and ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, row_id)

    def open(self, row_id: bytes, sealed: bytes) -> bytes:
        """The content; raises WrongKey when the key or the row is not what it was."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row_id)
        except (InvalidTag, ValueError) as error:  # ValueError: shorter than a nonce
            raise WrongKey(row_id.hex()) from error


class PeopleRows:
    """Keeps, reads and searches people rows. The search index lives in memory only."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._lock = threading.Lock()
        self._read_up_to = 0
        self._changes = b""  # the note, when what is known was read
        self._known: list[tuple[str, FoundPerson]] = []

    def keep(self, connection: Connection, content: people.Content) -> events.Ref:
        """Write one row, its text cleaned, and name it by id and salted hash; raises BadText."""
        row_id, salt = secrets.token_bytes(16), secrets.token_bytes(SALT_BYTES)
        salted = salt + people.encode(people.cleaned(content))
        row = {"id": row_id, "kind": content.__struct_config__.tag, "version": 1, "sent": 0}
        connection.execute(insert(t.people), row | {"sealed": self._sealer.seal(row_id, salted)})
        return events.Ref(row_id, sha256(salted).digest())

    def purge(self, connection: Connection, row_id: bytes) -> events.Ref | None:
        """Empty a row for good, an own one or a copy; how events name it. None: nothing is here."""
        table = t.people
        full = (table.c.id == row_id, table.c.sealed.is_not(None))
        found = connection.execute(select(table.c.sealed).where(*full)).scalar()
        if found is None:
            return None
        salted = self._sealer.open(row_id, found)
        emptied = {"sealed": None, "version": table.c.version + 1}
        connection.execute(update(table).where(table.c.id == row_id).values(emptied))
        self.note_change(connection)
        return events.Ref(row_id, sha256(salted).digest())

    def salted(self, row_id: bytes, sealed: bytes) -> bytes:
        """Salt and content of a row: what its `Ref` digest covers."""
        return self._sealer.open(row_id, sealed)

    def sealed(self, row_id: bytes, salted: bytes) -> bytes:
        """A row as it is kept."""
        return self._sealer.seal(row_id, salted)

    def content(self, connection: Connection, row_id: bytes) -> people.Content | None:
        """One row; None when it is not here or was purged."""
        found = connection.execute(
            select(t.people.c.sealed).where(t.people.c.id == row_id)
        ).scalar()
        return self._read(row_id, found) if found else None

    def contents(
        self, connection: Connection, row_ids: Collection[bytes]
    ) -> dict[bytes, people.Content]:
        """Several rows by id, without those that are not here or were purged."""
        table, asked = t.people.c, sorted(set(row_ids))
        found: dict[bytes, people.Content] = {}
        for first in range(0, len(asked), AT_ONCE):
            wanted = select(table.id, table.sealed).where(
                table.id.in_(asked[first : first + AT_ONCE]), table.sealed.is_not(None)
            )
            found |= {row.id: self._read(row.id, row.sealed) for row in connection.execute(wanted)}
        return found

    def operators(self, connection: Connection) -> tuple[people.OperatorName, ...]:
        """Everybody who can sign in, the newest row of each id."""
        rows = self._rows(connection, ("operator",), 0)
        latest = {c.id: c for _, _, c in rows if isinstance(c, people.OperatorName)}
        return tuple(latest.values())

    def find(self, connection: Connection, text: str, limit: int) -> tuple[FoundPerson, ...]:
        """Donors and pupils whose folded words contain the folded text."""
        wanted = search_words(text)
        with self._lock:
            self._catch_up(connection)
            hits = (p for key, p in reversed(self._known) if all(word in key for word in wanted))
            return tuple(person for person, _ in zip(hits, range(limit), strict=False))

    def note_change(self, connection: Connection) -> None:
        """Rows were emptied, replaced or taken away: nobody's memory of them counts any more."""
        mark = {"value": secrets.token_bytes(8)}
        found = connection.execute(update(t.meta).where(t.meta.c.name == CHANGES), mark)
        if found.rowcount == 0:
            connection.execute(insert(t.meta), {"name": CHANGES} | mark)

    def _catch_up(self, connection: Connection) -> None:
        """Read the rows that were added since, all where some changed, here or on another PC."""
        noted = connection.execute(select(t.meta.c.value).where(t.meta.c.name == CHANGES)).scalar()
        if (noted or b"") != self._changes:
            self._changes, self._read_up_to = noted or b"", 0
            self._known.clear()
        for number, row_id, content in self._rows(connection, ("donor", "pupil"), self._read_up_to):
            self._known.append((people.search_key(content), FoundPerson(row_id, content)))
            self._read_up_to = number

    def _rows(
        self, connection: Connection, kinds: tuple[str, ...], after: int
    ) -> list[tuple[int, bytes, people.Content]]:
        table = t.people.c
        wanted = (
            select(table.number, table.id, table.sealed)
            .where(table.kind.in_(kinds), table.number > after, table.sealed.is_not(None))
            .order_by(table.number)
        )
        opened = (
            (number, row_id, self._opened(row_id, sealed))
            for number, row_id, sealed in connection.execute(wanted)
        )
        return [(number, row_id, content) for number, row_id, content in opened if content]

    def _opened(self, row_id: bytes, sealed: bytes) -> people.Content | None:
        """One row of many; a damaged one is logged and does not hide the others."""
        try:
            return self._read(row_id, sealed)
        except (WrongKey, MsgspecError):
            logger.warning("unreadable_person id=%s", row_id.hex())
            return None

    def _read(self, row_id: bytes, sealed: bytes) -> people.Content:
        return people.decode(self._sealer.open(row_id, sealed)[SALT_BYTES:])
