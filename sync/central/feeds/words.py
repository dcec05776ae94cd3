"""The programme's words as they stand now: what came along, and over it what was published."""

from threading import Lock
from time import monotonic

from sqlalchemy import Engine, select

from station.documents import ORGANISATIONS, POLICY, UNITS, Document
from station.programme_words import overlaid
from station.reference import Reference, load
from sync.central import tables as t
from sync.central.database import reading

KINDS = (ORGANISATIONS, UNITS, POLICY)
LOOK_AGAIN_S = 5.0

Versions = tuple[tuple[str, str, int], ...]


class Words:
    """Reference data for one worker; what is published meanwhile holds within seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._looked: float | None = None
        self._versions: Versions | None = None
        self._reference = load()

    def now(self) -> Reference:
        """The reference data in force; raises DatabaseUnavailable."""
        with self._lock:
            if self._looked is None or monotonic() - self._looked > LOOK_AGAIN_S:
                self._look()
                self._looked = monotonic()
            return self._reference

    def _look(self) -> None:
        table = t.document.c
        of_everybody = (table.station == t.EVERY_POINT, table.kind.in_(KINDS))
        named = select(table.kind, table.id, table.version).where(*of_everybody)
        with reading(self._engine) as connection:
            rows = connection.execute(named.order_by(table.kind, table.id)).all()
            versions = tuple((row.kind, row.id, row.version) for row in rows)
            if versions == self._versions:
                return
            bodies = connection.execute(select(t.document).where(*of_everybody)).all()
        documents = (Document(row.kind, row.id, row.version, row.body) for row in bodies)
        self._reference, self._versions = overlaid(load(), documents), versions
