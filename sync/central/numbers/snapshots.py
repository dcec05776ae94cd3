"""What the public was last shown, as it lies in the database: made by one worker, read by all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t
from sync.central.database import reading, written
from sync.wire import DEPARTMENT

S = TypeVar("S", bound=Struct)

_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True)
class Snapshots(Generic[S]):
    """The states of one thing that is shown; only the last one is kept."""

    name: str
    kind: type[S]
    every_s: int

    def last(self, engine: Engine) -> S | None:
        """The last one; None where none was made yet."""
        with reading(engine) as connection:
            wanted = select(t.shown.c.made_s).where(_of(self.name))
            made_s = connection.execute(wanted).scalar()
        return None if made_s is None else _read(engine, self, made_s)  # type: ignore[return-value]

    def renewed(
        self, engine: Engine, now_s: int, make: Callable[[Connection, S | None], S]
    ) -> bool:
        """Make the next one, unless the last is young or another worker is at it; whether it was.

        Whoever takes the turn says so first: so nobody else begins, and whoever is killed meanwhile
        loses this turn alone.
        """
        if not written(engine, lambda connection: self._taken(connection, now_s)):
            return False
        with reading(engine) as connection:
            made = _encoder.encode(make(connection, self._read(connection)))
        values = {"made_s": now_s, "body": made}
        its = update(t.shown).where(_of(self.name))
        written(engine, lambda connection: connection.execute(its, values))
        return True

    def _taken(self, connection: Connection, now_s: int) -> bool:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        row = {"station": DEPARTMENT, "name": self.name, "made_s": 0, "body": b""}
        connection.execute(dialect.insert(t.shown).on_conflict_do_nothing(), row)
        due = and_(_of(self.name), t.shown.c.made_s <= now_s - self.every_s)
        # one second before: whoever reads meanwhile keeps no old state under the new time
        turn = update(t.shown).where(due).values(made_s=now_s - 1)
        return connection.execute(turn).rowcount > 0

    def _read(self, connection: Connection) -> S | None:
        body = connection.execute(select(t.shown.c.body).where(_of(self.name))).scalar()
        return msgspec.msgpack.decode(body, type=self.kind) if body else None


@lru_cache(maxsize=8)
def _read(
    engine: Engine,
    snapshots: Snapshots[Struct],
    made_s: int,  # noqa: ARG001 -- what is kept is of this time; the database has the last one alone
) -> Struct | None:
    """Read once for each time at which one was made: a list may have a hundred thousand lines."""
    with reading(engine) as connection:
        return snapshots._read(connection)  # noqa: SLF001 -- of this module


def _of(name: str) -> ColumnElement[bool]:
    return and_(t.shown.c.station == DEPARTMENT, t.shown.c.name == name)
